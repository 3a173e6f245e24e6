package infrarust.wasm.component.wasi;

/** Unsigned numbers of a guest, made safe. */
final class Bounds {

    private Bounds() {}

    /** The unsigned length, or the most that is allowed. */
    static int length(long unsigned, int most) {
        return Long.compareUnsigned(unsigned, most) > 0 ? most : (int) unsigned;
    }
}
