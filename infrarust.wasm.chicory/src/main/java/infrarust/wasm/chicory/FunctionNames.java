package infrarust.wasm.chicory;

import infrarust.wasm.spi.CoreModuleException;
import java.util.HashMap;
import java.util.Map;

/** Names of functions as the custom section {@code name} has them (core specification, appendix 7.4), for messages. */
final class FunctionNames {

    private static final int HEADER = 8;
    private static final int CUSTOM = 0;
    private static final int FUNCTIONS = 1;

    private FunctionNames() {}

    /** By index, imports counted; empty where there is no such section, or one that cannot be read. */
    static Map<Integer, String> of(byte[] wasm) {
        Map<Integer, String> names = new HashMap<>();
        try {
            BinaryReader in = new BinaryReader(wasm, 0, wasm.length);
            in.skip(HEADER);
            while (in.hasMore()) {
                int id = in.u8();
                BinaryReader section = in.part(in.u32());
                if (id == CUSTOM && section.name().equals("name")) {
                    read(section, names);
                }
            }
        } catch (CoreModuleException e) {
            // The section has no meaning, so a bad one makes no module bad (7.4.1).
            return names;
        }
        return names;
    }

    private static void read(BinaryReader section, Map<Integer, String> names) {
        while (section.hasMore()) {
            int id = section.u8();
            BinaryReader part = section.part(section.u32());
            if (id == FUNCTIONS) {
                for (int left = part.count(); left > 0; left--) {
                    names.put(part.u32(), part.name());
                }
            }
        }
    }
}
