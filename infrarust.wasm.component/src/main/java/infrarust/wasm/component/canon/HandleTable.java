package infrarust.wasm.component.canon;

import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.spi.CoreTrap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The handles that one component instance holds (CanonicalABI.md, "Table State"). Index 0 is never used; freed indices are used
 * again, last freed first. One per component instance, for its owner thread.
 */
public final class HandleTable {

    /** Far more than any plugin holds; a guest that leaks handles ends here and not in our heap. */
    static final int MAX_HANDLES = 1 << 20;

    private @Nullable ResourceHandle[] entries = new ResourceHandle[16];
    private int[] free = new int[16];
    private int freeCount;
    private int next = 1;

    int add(ResourceHandle handle) {
        int index;
        if (freeCount > 0) {
            index = free[--freeCount];
        } else {
            if (next > MAX_HANDLES) {
                throw new CoreTrap.Contract("the guest holds more than " + MAX_HANDLES + " resource handles");
            }
            index = next++;
            if (index == entries.length) {
                entries = Arrays.copyOf(entries, entries.length * 2);
            }
        }
        entries[index] = handle;
        return index;
    }

    ResourceHandle get(int index, ResourceType type) {
        ResourceHandle handle = Integer.compareUnsigned(index, next) < 0 ? entries[index] : null;
        if (handle == null) {
            throw new CoreTrap.Contract("the guest used handle " + Integer.toUnsignedString(index)
                    + ", which it does not hold, as a " + type);
        }
        if (handle.type != type) {
            throw new CoreTrap.Contract(
                    "the guest used handle " + index + ", which is a " + handle.type + ", as a " + type);
        }
        return handle;
    }

    ResourceHandle remove(int index, ResourceType type) {
        ResourceHandle handle = get(index, type);
        if (handle.lends != 0) {
            throw new CoreTrap.Contract("the guest gave up handle " + index + " (" + type + ") while it was lent");
        }
        forget(index);
        return handle;
    }

    /** Frees an index that is in use. */
    void forget(int index) {
        entries[index] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, free.length * 2);
        }
        free[freeCount++] = index;
    }

    /** How many handles the guest holds. */
    public int size() {
        return next - 1 - freeCount;
    }
}
