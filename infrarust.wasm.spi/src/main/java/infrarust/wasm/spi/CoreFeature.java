package infrarust.wasm.spi;

/** Proposals beyond WebAssembly 1.0 that an engine may offer. */
public enum CoreFeature {
    MUTABLE_GLOBALS,
    SIGN_EXTENSION,
    SATURATING_FLOAT_TO_INT,
    MULTI_VALUE,
    BULK_MEMORY,
    REFERENCE_TYPES,
    EXTENDED_CONST,
    TAIL_CALLS,
    MULTI_MEMORY,
    EXCEPTIONS,
    SIMD,
    RELAXED_SIMD,
    THREADS,
    MEMORY64,
    GC
}
