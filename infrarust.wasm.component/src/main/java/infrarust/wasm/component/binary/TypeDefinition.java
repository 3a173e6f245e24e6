package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.WitType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A type as it stands in the file, with references to other types by index. */
public sealed interface TypeDefinition {

    /** A primitive or the index of a type. */
    sealed interface Reference {
        /** A primitive type. */
        record Primitive(WitType.Primitive type) implements Reference {}

        /** A type of the index space. */
        record Index(int index) implements Reference {}
    }

    /** A name with a type, or with none where a variant's case has no payload. */
    record Labelled(String name, Optional<Reference> type) {}

    /** Another name for a primitive type. */
    record Alias(WitType.Primitive type) implements TypeDefinition {}

    record RecordOf(List<Labelled> fields) implements TypeDefinition {}

    record Variant(List<Labelled> cases) implements TypeDefinition {}

    record ListOf(Reference element) implements TypeDefinition {}

    /** A list of fixed length; the length is not negative. */
    record FixedListOf(Reference element, int length) implements TypeDefinition {}

    record MapOf(Reference key, Reference value) implements TypeDefinition {}

    record Tuple(List<Reference> elements) implements TypeDefinition {}

    record Flags(List<String> labels) implements TypeDefinition {}

    record Enumeration(List<String> labels) implements TypeDefinition {}

    record Option(Reference some) implements TypeDefinition {}

    record Result(Optional<Reference> ok, Optional<Reference> error) implements TypeDefinition {}

    record Own(int resource) implements TypeDefinition {}

    record Borrow(int resource) implements TypeDefinition {}

    record Function(List<Labelled> parameters, Optional<Reference> result) implements TypeDefinition {}

    /** Called like any other function where it cannot wait, else refused by name once all is checked, as the two that follow. */
    record AsyncFunction(List<Labelled> parameters, Optional<Reference> result) implements TypeDefinition {}

    record Stream(Optional<Reference> element) implements TypeDefinition {}

    record Future(Optional<Reference> value) implements TypeDefinition {}

    /** A resource that this component defines; the representation is an {@code i32}. */
    record Resource(OptionalInt destructor) implements TypeDefinition {}

    record Instance(List<Declaration> declarations) implements TypeDefinition {}

    record Component(List<Declaration> declarations) implements TypeDefinition {}

    /** One line of an instance or component type. */
    sealed interface Declaration {
        /** Where it stands, in bytes from the start of the file. */
        int offset();

        /** A type, an alias or a core type: the same as in a component. */
        record Local(Definition definition) implements Declaration {
            @Override
            public int offset() {
                return definition.offset();
            }
        }

        record Import(int offset, String name, ExternDescription type) implements Declaration {}

        record Export(int offset, String name, ExternDescription type) implements Declaration {}
    }
}
