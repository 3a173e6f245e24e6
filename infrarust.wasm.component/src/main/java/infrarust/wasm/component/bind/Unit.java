package infrarust.wasm.component.bind;

/** The value of a side of a {@link Result} for which WIT declares none. */
public enum Unit {
    /** The only value. */
    UNIT
}
