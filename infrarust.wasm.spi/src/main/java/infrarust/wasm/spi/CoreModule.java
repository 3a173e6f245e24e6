package infrarust.wasm.spi;

import java.util.List;

/** A compiled core module. Immutable; any thread and any number of stores of its engine may use it. */
public interface CoreModule {

    /** What instantiation needs, in the module's order. */
    List<CoreImport> imports();

    /** What an instance offers. */
    List<CoreExport> exports();

    /**
     * An import.
     *
     * @param module first level of the name
     * @param name second level of the name
     */
    record CoreImport(String module, String name, CoreExternType type) {}

    /** An export. */
    record CoreExport(String name, CoreExternType type) {}
}
