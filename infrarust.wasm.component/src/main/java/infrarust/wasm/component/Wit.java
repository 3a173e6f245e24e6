package infrarust.wasm.component;

import infrarust.wasm.component.binary.ComponentDecoder;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.validate.Validator;
import infrarust.wasm.component.wit.WitPrinter;

/** Components as WIT text, for people and tools. Needs no engine: core code is not looked at. */
public final class Wit {

    private Wit() {}

    /**
     * Writes what a component imports and exports: the world {@code root} of the package {@code root:component}, then every
     * interface with all its types, by package. The text is what {@code wasm-tools component wit} reads (WIT.md); a component
     * that imports or exports core modules or components has comments for them, since WIT has no words for them.
     *
     * @param component a component in the binary format; it may use what {@link Component#compile} refuses as not supported
     * @throws ComponentException if this is no valid component, or its types are too large to be written
     */
    public static String of(byte[] component) {
        return WitPrinter.print(Validator.validate(component, ComponentDecoder.decode(component)));
    }
}
