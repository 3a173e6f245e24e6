package infrarust.wasm.component.binary;

/** The declared type of an import or export; indices count in the index spaces of where it stands. */
public sealed interface ExternDescription {

    /** A core module. */
    record CoreModule(int coreType) implements ExternDescription {}

    /** A function of a function type. */
    record Function(int type) implements ExternDescription {}

    /** A type equal to another. */
    record TypeEqual(int type) implements ExternDescription {}

    /** A resource type, new and unequal to all others. */
    record SubResource() implements ExternDescription {}

    /** A component of a component type. */
    record Component(int type) implements ExternDescription {}

    /** An instance of an instance type. */
    record Instance(int type) implements ExternDescription {}
}
