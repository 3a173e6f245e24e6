package infrarust.wasm.component.binary;

import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunctionType;
import java.util.List;

/** A core type as it stands in the file (Binary.md, "Type Definitions", {@code core:deftype}). */
public sealed interface CoreTypeDefinition {

    /**
     * A core function type.
     *
     * @param references the types that its parameters and results refer to by index
     */
    record Function(CoreFunctionType type, List<Integer> references) implements CoreTypeDefinition {}

    /** A type of the garbage collection proposal, which is refused by name once all else is found valid. */
    record Unsupported() implements CoreTypeDefinition {}

    /** The type of a core module. */
    record Module(List<Declaration> declarations) implements CoreTypeDefinition {}

    /** One line of a module type; its index space of types starts empty. */
    sealed interface Declaration {
        /** Where it stands, in bytes from the start of the file. */
        int offset();

        /** An import under two names. */
        record Import(int offset, String module, String name, Extern type) implements Declaration {}

        /** A type. */
        record Type(int offset, CoreTypeDefinition type) implements Declaration {}

        /** A core type of an enclosing scope; 0 counts the module type itself. */
        record OuterAlias(int offset, int scopes, int index) implements Declaration {}

        /** An export. */
        record Export(int offset, String name, Extern type) implements Declaration {}
    }

    /** The type of an import or export of a module type. */
    sealed interface Extern {
        /** A function of a type of the module type's index space. */
        record Function(int type) implements Extern {}

        /** An exception tag of a type of the module type's index space. */
        record Tag(int type) implements Extern {}

        /** A table, memory or global. */
        record Other(CoreExternType type) implements Extern {}
    }
}
