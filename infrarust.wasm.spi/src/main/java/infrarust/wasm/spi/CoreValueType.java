package infrarust.wasm.spi;

/** The value types of core WebAssembly. Only the four numbers cross into Java; the others pass through opaquely. */
public enum CoreValueType {
    I32(int.class),
    I64(long.class),
    F32(float.class),
    F64(double.class),
    V128(null),
    FUNCREF(null),
    EXTERNREF(null),
    OTHER_REF(null);

    private final @org.jspecify.annotations.Nullable Class<?> carrier;

    CoreValueType(@org.jspecify.annotations.Nullable Class<?> carrier) {
        this.carrier = carrier;
    }

    /**
     * The Java type that carries this value in exact handles.
     *
     * @throws IllegalStateException for a type that cannot cross into Java
     */
    public Class<?> carrier() {
        if (carrier == null) {
            throw new IllegalStateException(this + " values do not cross into Java");
        }
        return carrier;
    }
}
