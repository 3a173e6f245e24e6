package infrarust.wasm.component.binary;

import infrarust.wasm.spi.CoreExternType;

/** The kinds of things that a component defines; each has an index space of its own. */
public enum Sort {
    CORE_FUNCTION("core function"),
    CORE_TABLE("core table"),
    CORE_MEMORY("core memory"),
    CORE_GLOBAL("core global"),
    CORE_TAG("core tag"),
    CORE_TYPE("core type"),
    CORE_MODULE("core module"),
    CORE_INSTANCE("core instance"),
    FUNCTION("function"),
    TYPE("type"),
    COMPONENT("component"),
    INSTANCE("instance");

    private final String words;

    Sort(String words) {
        this.words = words;
    }

    /** The sort of what has such a type. */
    // A switch over types costs its first user tens of milliseconds.
    @SuppressWarnings("IfChainToSwitch")
    public static Sort of(CoreExternType type) {
        if (type instanceof CoreExternType.Function) {
            return CORE_FUNCTION;
        }
        if (type instanceof CoreExternType.Table) {
            return CORE_TABLE;
        }
        if (type instanceof CoreExternType.Memory) {
            return CORE_MEMORY;
        }
        return type instanceof CoreExternType.Global ? CORE_GLOBAL : CORE_TAG;
    }

    /** Whether core modules know it too. */
    public boolean isCore() {
        return words.startsWith("core ");
    }

    /** As it reads in a sentence. */
    @Override
    public String toString() {
        return words;
    }
}
