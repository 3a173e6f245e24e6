package infrarust.wasm.component.binary;

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
