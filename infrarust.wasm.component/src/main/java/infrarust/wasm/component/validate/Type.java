package infrarust.wasm.component.validate;

/**
 * An entry of the type index space. Types are structural, and still objects with an identity: a record, variant, enum or flags
 * type and a resource are visible from outside under the name of the import or export that introduced this very object
 * (Explainer.md, "External Visibility of Types").
 */
public sealed interface Type permits ValueType, FunctionShape, InstanceShape, ComponentShape, ResourceReference {

    /** What the type is, for messages. */
    String words();

    /** Whether a resource occurs in it, bound within it or not. */
    boolean mentionsResources();

    /** Whether a resource occurs in it or a value type that has to have a name. */
    boolean mentionsNames();
}
