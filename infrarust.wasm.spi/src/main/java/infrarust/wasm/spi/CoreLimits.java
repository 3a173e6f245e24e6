package infrarust.wasm.spi;

/**
 * What one store may use. The limits hold on every engine.
 *
 * @param maxMemoryPages pages of 64 KiB that each memory may have, 0 to 32,767; {@code memory.grow} beyond answers -1, a
 *     larger minimum is refused at instantiation
 * @param maxTableElements elements that each table may have; {@code table.grow} beyond answers -1, a larger minimum is
 *     refused at instantiation
 */
public record CoreLimits(int maxMemoryPages, int maxTableElements) {

    /** Bytes in a WebAssembly page. */
    public static final int PAGE_BYTES = 65_536;

    public CoreLimits {
        if (maxMemoryPages < 0 || maxMemoryPages > 32_767) {
            throw new IllegalArgumentException("maxMemoryPages " + maxMemoryPages + " is not within 0 to 32767");
        }
        if (maxTableElements < 0) {
            throw new IllegalArgumentException("maxTableElements " + maxTableElements + " is negative");
        }
    }

    /** 64 MiB of memory and 20,000 table elements: the plugin contract's defaults. */
    public static CoreLimits defaults() {
        return new CoreLimits(1_024, 20_000);
    }
}
