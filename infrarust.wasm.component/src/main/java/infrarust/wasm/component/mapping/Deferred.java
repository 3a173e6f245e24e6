package infrarust.wasm.component.mapping;

/** A constant of generated code that is made when the code needs it first. Any thread. */
public sealed interface Deferred permits DeferredHandle, DeferredValue {

    /** The constant; always the same object. */
    Object get();
}
