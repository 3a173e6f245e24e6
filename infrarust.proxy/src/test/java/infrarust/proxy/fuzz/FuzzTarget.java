package infrarust.proxy.fuzz;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Something that takes any bytes and must not throw. Not for several threads. */
public interface FuzzTarget {

    /** Inputs to start from. */
    List<byte[]> seeds();

    /** Tries one input. Whatever leaves this method is a finding, and so is an input that takes seconds. */
    void accept(byte[] input);

    /** How each target is made, by its name. */
    static Map<String, Supplier<FuzzTarget>> all() {
        return Map.of(
                "frames", infrarust.proxy.protocol.FramesTarget::new,
                "nbt", infrarust.proxy.protocol.nbt.NbtTarget::new,
                "text", infrarust.proxy.protocol.text.TextTarget::new,
                "opening", infrarust.proxy.gate.OpeningTarget::new,
                "packets", infrarust.proxy.protocol.packet.PacketsTarget::new);
    }

    /** Makes a target. */
    static FuzzTarget named(String name) {
        Supplier<FuzzTarget> target = all().get(name);
        if (target == null) {
            throw new IllegalArgumentException("there is no fuzz target '" + name + "'; there are " + all().keySet());
        }
        return target.get();
    }
}
