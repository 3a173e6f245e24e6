package infrarust.wasm.component.binary;

import infrarust.wasm.spi.CoreFunctionType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One definition of a component, as it stands in the file: indices are not resolved and types not checked. Most definitions add
 * an entry to the index space of their sort. Rules: Component Model, Binary.md; the names are its names.
 */
public sealed interface Definition {

    /** Where it stands, in bytes from the start of the file. */
    int offset();

    /** A core module: the bytes from {@code start} to before {@code end} of the file. */
    record CoreModule(int offset, int start, int end) implements Definition {}

    /** A core module with its imports, each a core instance under a name. */
    record CoreInstantiate(int offset, int module, List<CoreArgument> arguments) implements Definition {}

    /** The core instance that serves all imports from one module name. */
    record CoreArgument(String name, int instance) {}

    /** A core instance put together from core definitions. */
    record CoreInline(int offset, List<InlineExport> exports) implements Definition {}

    /** Something under a name, within an inline instance or as argument of an instantiation. */
    record InlineExport(String name, Sort sort, int index) {}

    /** A core type. */
    record CoreType(int offset, CoreTypeDefinition type) implements Definition {}

    /** A component within the component. */
    record Nested(int offset, ComponentDefinition component) implements Definition {}

    /** A nested component with its imports. */
    record Instantiate(int offset, int component, List<InlineExport> arguments) implements Definition {}

    /** An instance put together from definitions. */
    record Inline(int offset, List<InlineExport> exports) implements Definition {}

    /** An export of an instance. */
    record ExportAlias(int offset, Sort sort, int instance, String name) implements Definition {}

    /** An export of a core instance. */
    record CoreExportAlias(int offset, Sort sort, int instance, String name) implements Definition {}

    /** A definition of an enclosing scope; 0 counts this scope. */
    record OuterAlias(int offset, Sort sort, int scopes, int index) implements Definition {}

    /** A type. */
    record Type(int offset, TypeDefinition type) implements Definition {}

    /** {@code canon lift}: a component function made of a core function. */
    record Lift(int offset, int coreFunction, CanonicalOptions options, int type) implements Definition {}

    /** {@code canon lower}: a core function made of a component function. */
    record Lower(int offset, int function, CanonicalOptions options) implements Definition {}

    /** {@code canon resource.new}, {@code drop} or {@code rep}. */
    record ResourceBuiltin(int offset, ResourceOperation operation, int resource) implements Definition {}

    /**
     * Something that is refused by name once the component is known to be valid. It adds an entry to the index space of a sort.
     *
     * @param type the index of the function's type, for a lift
     */
    record Unsupported(int offset, Sort adds, OptionalInt type) implements Definition {}

    /**
     * A built-in of asynchronous tasks in a component that may have none: context slots and back pressure work, any other is refused
     * when it is called.
     *
     * @param name as the text format writes it, without {@code canon}
     * @param operand the slot of {@code context.get} and {@code context.set}
     * @param type of the core function that it makes
     */
    record AsyncBuiltin(int offset, String name, int operand, CoreFunctionType type) implements Definition {}

    /**
     * {@code canon task.return}: the core function by which an async function gives its result.
     *
     * @param result its type
     */
    record TaskReturn(int offset, Optional<TypeDefinition.Reference> result, CanonicalOptions options)
            implements Definition {}

    /** What a resource built-in does. */
    enum ResourceOperation {
        NEW,
        DROP,
        REP
    }

    /** A call, at this point of the instantiation, of a component function without parameters and result. */
    record Start(int offset, int function) implements Definition {}

    /** An import. */
    record Import(int offset, String name, ExternDescription type) implements Definition {}

    /** An export, which also adds an entry to the index space of its sort. */
    record Export(int offset, String name, Sort sort, int index, Optional<ExternDescription> type)
            implements Definition {}
}
