package infrarust.wasm.component.link;

import infrarust.wasm.component.binary.Definition.ResourceOperation;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.spi.CoreFunctionType;

/** Where a core function, memory, table, global or tag comes from when the component is instantiated. */
public sealed interface CoreReference {

    /** An export of a core instance, which is named by its place in the order of instantiation. */
    record Export(int instance, String name) implements CoreReference {

        // Written out, since the generated methods are linked at their first use, which costs a cold start
        // milliseconds.

        @Override
        public boolean equals(Object other) {
            return other instanceof Export export && instance == export.instance && name.equals(export.name);
        }

        @Override
        public int hashCode() {
            return 31 * instance + name.hashCode();
        }
    }

    /** A lowered function, by its place among them. */
    record Lowered(int index) implements CoreReference {}

    /** A resource built-in of one component instance. */
    record Builtin(int scope, ResourceOperation operation, ResourceType resource) implements CoreReference {}

    /**
     * A built-in of asynchronous tasks, of which there are none.
     *
     * @param operand the slot of a context built-in
     */
    record AsyncBuiltin(int scope, String name, int operand, CoreFunctionType type) implements CoreReference {}
}
