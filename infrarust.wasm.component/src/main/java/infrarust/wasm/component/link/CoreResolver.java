package infrarust.wasm.component.link;

import infrarust.wasm.component.binary.CanonicalOptions;
import infrarust.wasm.component.binary.Definition;
import infrarust.wasm.component.binary.Sort;
import infrarust.wasm.component.canon.Options;
import infrarust.wasm.component.canon.Signature;
import infrarust.wasm.component.link.LinkPlan.CoreInstantiation;
import infrarust.wasm.component.link.LinkPlan.LoweredFunction;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.StringEncoding;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreModule;
import infrarust.wasm.spi.CoreValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The core half of resolving: modules, core instances, and what lifts and lowers use of them. */
final class CoreResolver {

    /** The type of a destructor, and of {@code resource.drop}. */
    static final CoreFunctionType DESTRUCTOR = new CoreFunctionType(List.of(CoreValueType.I32), List.of());

    /** The type of {@code resource.new} and {@code resource.rep}. */
    static final CoreFunctionType RESOURCE =
            new CoreFunctionType(List.of(CoreValueType.I32), List.of(CoreValueType.I32));

    private static final CoreFunctionType REALLOC = new CoreFunctionType(
            List.of(CoreValueType.I32, CoreValueType.I32, CoreValueType.I32, CoreValueType.I32),
            List.of(CoreValueType.I32));

    private static final int MAX_INSTANCES = 1_000;

    private static final int MAX_STARTS = 1_000;

    private final CoreEngine engine;
    private final List<CoreInstantiation> instances = new ArrayList<>();
    private final List<LinkPlan.Start> starts = new ArrayList<>();
    private final List<LoweredFunction> lowered = new ArrayList<>();
    private final List<CoreReference> memories = new ArrayList<>();
    private final List<CoreReference> functions = new ArrayList<>();

    CoreResolver(CoreEngine engine) {
        this.engine = engine;
    }

    List<CoreInstantiation> instances() {
        return instances;
    }

    List<LinkPlan.Start> starts() {
        return starts;
    }

    List<LoweredFunction> lowered() {
        return lowered;
    }

    List<CoreReference> memories() {
        return memories;
    }

    List<CoreReference> functions() {
        return functions;
    }

    Item.Module module(Definition.CoreModule module, Scope scope) {
        return new Item.Module(scope.modules().compile(module, engine));
    }

    Item.CoreInstance instantiate(Definition.CoreInstantiate instantiate, Scope scope) {
        int offset = instantiate.offset();
        if (instances.size() >= MAX_INSTANCES) {
            throw new ComponentException("the component makes more than " + MAX_INSTANCES + " core instances", offset);
        }
        CoreModule module = scope.get(
                        Sort.CORE_MODULE, instantiate.module(), Item.Module.class, "a core module", offset)
                .module();
        Map<String, Item.CoreInstance> arguments = new HashMap<>();
        for (Definition.CoreArgument argument : instantiate.arguments()) {
            Item.CoreInstance instance = scope.get(
                    Sort.CORE_INSTANCE, argument.instance(), Item.CoreInstance.class, "a core instance", offset);
            if (arguments.put(argument.name(), instance) != null) {
                throw new ComponentException("a core module is given '" + argument.name() + "' twice", offset);
            }
        }
        List<CoreReference> imports = new ArrayList<>();
        for (CoreModule.CoreImport wanted : module.imports()) {
            imports.add(satisfy(wanted, arguments, offset));
        }
        int number = instances.size();
        instances.add(new CoreInstantiation(module, List.copyOf(imports)));
        Map<String, Item.Core> exports = new LinkedHashMap<>();
        for (CoreModule.CoreExport export : module.exports()) {
            exports.put(export.name(), new Item.Core(new CoreReference.Export(number, export.name()), export.type()));
        }
        return new Item.CoreInstance(exports);
    }

    private static CoreReference satisfy(
            CoreModule.CoreImport wanted, Map<String, Item.CoreInstance> arguments, int offset) {
        String name = "'" + wanted.module() + "' '" + wanted.name() + "'";
        Item.CoreInstance instance = arguments.get(wanted.module());
        Item.Core item = instance == null ? null : instance.exports().get(wanted.name());
        if (item == null) {
            throw new ComponentException("a core module imports " + name + ", which it is not given", offset);
        }
        boolean fits = wanted.type() instanceof CoreExternType.Function
                ? wanted.type().equals(item.type())
                : wanted.type().getClass() == item.type().getClass();
        if (!fits) {
            throw new ComponentException(
                    "a core module imports " + name + " as " + wanted.type() + " and is given " + item.type(), offset);
        }
        return item.reference();
    }

    Item.CoreInstance inline(Definition.CoreInline inline, Scope scope) {
        Map<String, Item.Core> exports = new LinkedHashMap<>();
        for (Definition.InlineExport export : inline.exports()) {
            Item.Core item = scope.get(
                    export.sort(), export.index(), Item.Core.class, "something to be exported", inline.offset());
            if (exports.put(export.name(), item) != null) {
                throw new ComponentException("a core instance exports '" + export.name() + "' twice", inline.offset());
            }
        }
        return new Item.CoreInstance(exports);
    }

    Item.Core export(Definition.CoreExportAlias alias, Scope scope) {
        Item.Core item = scope.get(
                        Sort.CORE_INSTANCE,
                        alias.instance(),
                        Item.CoreInstance.class,
                        "a core instance",
                        alias.offset())
                .exports()
                .get(alias.name());
        if (item == null || Sort.of(item.type()) != alias.sort()) {
            throw new ComponentException(
                    "core instance " + alias.instance() + " exports no " + alias.sort() + " called '" + alias.name()
                            + "'",
                    alias.offset());
        }
        return item;
    }

    Item.Core lower(Definition.Lower lower, Scope scope) {
        Item.Function function =
                scope.get(Sort.FUNCTION, lower.function(), Item.Function.class, "a function", lower.offset());
        Signature signature = Signature.of(function.type(), lower.options().async());
        Options options = options(
                lower.options(),
                lower.options().async() || Signature.needsMemory(function.type()),
                Signature.lowerAllocates(function.type()),
                signature,
                scope,
                lower.offset());
        lowered.add(new LoweredFunction(scope.number(), function, options));
        return new Item.Core(
                new CoreReference.Lowered(lowered.size() - 1), new CoreExternType.Function(signature.lowered()));
    }

    /** A {@code task.return}: as a function that takes the result. */
    Item.Core taskReturn(FunctionType type, Definition.TaskReturn builtin, Scope scope) {
        Signature signature = Signature.of(type);
        Options options =
                options(builtin.options(), Signature.needsMemory(type), false, signature, scope, builtin.offset());
        lowered.add(new LoweredFunction(scope.number(), new Item.TaskReturn(type), options));
        return new Item.Core(
                new CoreReference.Lowered(lowered.size() - 1), new CoreExternType.Function(signature.lowered()));
    }

    /** A start definition: the component itself calls, as one of its core instances would that imports the function. */
    void start(Definition.Start start, Scope scope) {
        if (starts.size() >= MAX_STARTS) {
            throw new ComponentException(
                    "the component has more than " + MAX_STARTS + " start definitions, those of nested ones included",
                    start.offset());
        }
        Item.Function function =
                scope.get(Sort.FUNCTION, start.function(), Item.Function.class, "a function", start.offset());
        starts.add(new LinkPlan.Start(instances.size(), lowered.size()));
        lowered.add(new LoweredFunction(
                scope.number(), function, new Options(StringEncoding.UTF8, Options.NONE, Options.NONE, Options.NONE)));
    }

    Options options(
            CanonicalOptions given,
            boolean needsMemory,
            boolean allocates,
            Signature signature,
            Scope scope,
            int offset) {
        if (needsMemory && given.memory().isEmpty()) {
            throw new ComponentException("a function passes values through memory and lacks the option memory", offset);
        }
        if (allocates && given.realloc().isEmpty()) {
            throw new ComponentException("a function passes strings or lists and lacks the option realloc", offset);
        }
        int memory = Options.NONE;
        if (given.memory().isPresent()) {
            Item.Core item =
                    scope.get(Sort.CORE_MEMORY, given.memory().getAsInt(), Item.Core.class, "a memory", offset);
            if (!(item.type() instanceof CoreExternType.Memory type) || type.memory64()) {
                throw new ComponentException("only 32-bit memories are supported", offset);
            }
            memory = slot(memories, item.reference());
        }
        int realloc = given.realloc().isPresent()
                ? functionSlot(given.realloc().getAsInt(), REALLOC, "the realloc function", scope, offset)
                : Options.NONE;
        CoreFunctionType postReturn = new CoreFunctionType(signature.lifted().results(), List.of());
        int post = given.postReturn().isPresent()
                ? functionSlot(given.postReturn().getAsInt(), postReturn, "the post-return function", scope, offset)
                : Options.NONE;
        return new Options(given.encoding(), memory, realloc, post, given.async());
    }

    /** The slot of a core function that has to be of that type. */
    int functionSlot(int index, CoreFunctionType type, String what, Scope scope, int offset) {
        Item.Core item = scope.get(Sort.CORE_FUNCTION, index, Item.Core.class, "a core function", offset);
        if (!item.type().equals(new CoreExternType.Function(type))) {
            throw new ComponentException(what + " has to be " + type + " and is " + item.type(), offset);
        }
        return slot(functions, item.reference());
    }

    private static int slot(List<CoreReference> slots, CoreReference reference) {
        int known = slots.indexOf(reference);
        if (known >= 0) {
            return known;
        }
        slots.add(reference);
        return slots.size() - 1;
    }
}
