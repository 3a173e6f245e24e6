package infrarust.wasm.spi;

/**
 * What one store may use. The limits hold on every engine, on every way: minimum sizes at instantiation, growth by instructions,
 * several memories or tables, imported ones.
 *
 * @param maxMemoryPages pages of 64 KiB that all memories of the store have together, 0 to 32,767; {@code memory.grow} beyond
 *     answers -1, a larger minimum is refused at instantiation
 * @param maxTableElements elements that all tables of the store have together; {@code table.grow} beyond answers -1, a larger
 *     minimum is refused at instantiation
 * @param maxInstances core instances that the store may hold; one more is refused
 * @param maxStackBytes how deep calls may nest within one outermost call, host functions and what they call again included: in
 *     bytes of stack as far as the engine can tell, beyond which the call ends with {@link CoreTrap.StackExhausted}. A thread that
 *     calls guests needs at least twice as much
 */
public record CoreLimits(int maxMemoryPages, int maxTableElements, int maxInstances, int maxStackBytes) {

    /** Bytes in a WebAssembly page. */
    public static final int PAGE_BYTES = 65_536;

    private static final int DEFAULT_INSTANCES = 1_000;
    private static final int DEFAULT_STACK_BYTES = 512 * 1024;

    /** Refuses what is out of range. */
    public CoreLimits {
        if (maxMemoryPages < 0 || maxMemoryPages > 32_767) {
            throw new IllegalArgumentException("maxMemoryPages " + maxMemoryPages + " is not within 0 to 32767");
        }
        if (maxTableElements < 0) {
            throw new IllegalArgumentException("maxTableElements " + maxTableElements + " is negative");
        }
        if (maxInstances < 1) {
            throw new IllegalArgumentException("maxInstances " + maxInstances + " is not positive");
        }
        if (maxStackBytes < 16_384) {
            throw new IllegalArgumentException("maxStackBytes " + maxStackBytes + " is below 16384");
        }
    }

    /** Memory and tables as given, 1,000 instances, 512 KiB of stack. */
    public CoreLimits(int maxMemoryPages, int maxTableElements) {
        this(maxMemoryPages, maxTableElements, DEFAULT_INSTANCES, DEFAULT_STACK_BYTES);
    }

    /** 64 MiB of memory and 20,000 table elements: the plugin contract's defaults. */
    public static CoreLimits defaults() {
        return new CoreLimits(1_024, 20_000);
    }
}
