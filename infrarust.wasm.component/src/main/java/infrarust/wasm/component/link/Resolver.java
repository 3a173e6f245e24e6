package infrarust.wasm.component.link;

import infrarust.wasm.component.binary.ComponentDefinition;
import infrarust.wasm.component.binary.Definition;
import infrarust.wasm.component.binary.ExternDescription;
import infrarust.wasm.component.binary.Sort;
import infrarust.wasm.component.binary.TypeDefinition;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.canon.ExportPlan.ResourceDefinition;
import infrarust.wasm.component.canon.Options;
import infrarust.wasm.component.canon.Signature;
import infrarust.wasm.component.link.LinkPlan.LiftedFunction;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.ComponentType;
import infrarust.wasm.component.type.ExternType;
import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.InstanceType;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunctionType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Resolves a component: walks through its definitions as an instantiation would, nested components included, with references in
 * place of running things. The component was validated before. Of components that nobody instantiates only the core modules are
 * compiled.
 */
public final class Resolver {

    /** Instances of nested components; a small file could otherwise ask for two to the power of its nesting. */
    private static final int MAX_SCOPES = 1_000;

    private final CoreResolver core;
    private final TypeResolver types = new TypeResolver();
    private final List<LiftedFunction> lifted = new ArrayList<>();
    private final Map<ResourceType, ResourceDefinition> resources = new HashMap<>();
    private final Map<ResourceType, Item.Origin> importedResources = new HashMap<>();
    private final List<Integer> parents = new ArrayList<>();
    private final Externals externals;

    private Resolver(CoreEngine engine, Externals externals) {
        this.core = new CoreResolver(engine);
        this.externals = externals;
    }

    /**
     * Resolves a component and compiles its core modules.
     *
     * @param modules of the component's file, which the definition's offsets count in
     * @throws ComponentException if something in it does not fit together or is not supported
     * @throws Externals.Missing if it imports modules or components and these are not known yet
     */
    public static LinkPlan resolve(
            CoreEngine engine, ComponentDefinition definition, CoreModules modules, Externals externals) {
        return new Resolver(engine, externals).root(definition, modules);
    }

    /** Compiles the core modules of a component that cannot be resolved yet. */
    public static void compile(CoreEngine engine, ComponentDefinition definition, CoreModules modules) {
        new Resolver(engine, Externals.UNKNOWN).compileRest(definition, new Scope(modules, 0));
    }

    /** A component of a file, to be offered to others. */
    public static Item.Component component(ComponentDefinition definition, CoreModules modules) {
        return new Item.Component(definition, new Scope(modules, 0));
    }

    private LinkPlan root(ComponentDefinition definition, CoreModules modules) {
        parents.add(-1);
        Scope scope = new Scope(modules, 0);
        TypeResolver.Exports offered =
                new TypeResolver.Imported(WitInterface.ROOT, List.of(), externals, importedResources);
        Map<String, Item> imports = new LinkedHashMap<>();
        Map<String, Item> exports = new LinkedHashMap<>();
        for (Definition line : definition.definitions()) {
            if (line instanceof Definition.Import(int offset, String name, ExternDescription type)) {
                Item item = types.describe(name, type, scope, offered, offset);
                scope.add(TypeResolver.sort(type), item);
                if (imports.put(name, item) != null) {
                    throw new ComponentException("'" + name + "' is imported twice", offset);
                }
            } else {
                define(line, scope, exports);
            }
        }
        compileRest(definition, scope);
        ComponentType type = new ComponentType(Described.externTypes(imports), Described.externTypes(exports));
        return new LinkPlan(
                type,
                List.copyOf(parents),
                List.copyOf(core.instances()),
                List.copyOf(core.starts()),
                List.copyOf(core.lowered()),
                List.copyOf(lifted),
                List.copyOf(core.memories()),
                List.copyOf(core.functions()),
                Map.copyOf(resources),
                Map.copyOf(importedResources),
                Collections.unmodifiableMap(imports),
                Collections.unmodifiableMap(exports),
                Described.exportedInstances(exports));
    }

    /** Core modules of components that nobody instantiates: whether they are valid is for the engine to say. */
    private void compileRest(ComponentDefinition definition, Scope scope) {
        for (Definition line : definition.definitions()) {
            if (line instanceof Definition.CoreModule module) {
                core.module(module, scope);
            } else if (line instanceof Definition.Nested nested) {
                compileRest(nested.component(), scope);
            }
        }
    }

    private Item.Instance nested(Item.Component component, Map<String, Item> arguments, Scope outer, int offset) {
        if (parents.size() >= MAX_SCOPES) {
            throw new ComponentException(
                    "the component makes more than " + MAX_SCOPES + " instances of nested ones", offset);
        }
        Scope scope = new Scope(component.scope(), parents.size());
        parents.add(outer.number());
        Map<String, Item> exports = new LinkedHashMap<>();
        for (Definition line : component.definition().definitions()) {
            if (line instanceof Definition.Import(int at, String name, ExternDescription type)) {
                scope.add(TypeResolver.sort(type), argument(name, type, scope, arguments, at));
            } else {
                define(line, scope, exports);
            }
        }
        return new Item.Instance(exports);
    }

    private Item argument(String name, ExternDescription type, Scope scope, Map<String, Item> arguments, int offset) {
        Item item = arguments.get(name);
        if (item == null || !TypeResolver.isOf(item, TypeResolver.sort(type))) {
            throw new ComponentException(
                    "a nested component imports the " + TypeResolver.sort(type) + " '" + name
                            + "', which it is not given",
                    offset);
        }
        return ascribe(name, item, type, scope, offset);
    }

    /** An item as its declared type shows it, which it is known to fit. */
    private Item ascribe(String name, Item item, ExternDescription type, Scope scope, int offset) {
        return types.describe(name, type, scope, new Matched(Map.of(name, item), offset), offset);
    }

    private void define(Definition definition, Scope scope, Map<String, Item> exports) {
        switch (definition) {
            case Definition.CoreModule module -> scope.add(Sort.CORE_MODULE, core.module(module, scope));
            case Definition.CoreInstantiate instantiate ->
                scope.add(Sort.CORE_INSTANCE, core.instantiate(instantiate, scope));
            case Definition.CoreInline inline -> scope.add(Sort.CORE_INSTANCE, core.inline(inline, scope));
            case Definition.CoreType type -> scope.add(Sort.CORE_TYPE, new Item.CoreType(type.type(), scope));
            case Definition.CoreExportAlias alias -> scope.add(alias.sort(), core.export(alias, scope));
            case Definition.Nested nested -> scope.add(Sort.COMPONENT, new Item.Component(nested.component(), scope));
            case Definition.Instantiate(int offset, int index, List<Definition.InlineExport> arguments) -> {
                Item.Component component =
                        scope.get(Sort.COMPONENT, index, Item.Component.class, "a component", offset);
                scope.add(Sort.INSTANCE, nested(component, items(arguments, scope, offset), scope, offset));
            }
            case Definition.Inline(int offset, List<Definition.InlineExport> members) ->
                scope.add(Sort.INSTANCE, new Item.Instance(items(members, scope, offset)));
            case Definition.ExportAlias alias -> scope.add(alias.sort(), TypeResolver.export(alias, scope));
            case Definition.OuterAlias alias -> scope.add(alias.sort(), TypeResolver.outer(alias, scope));
            case Definition.Type(int offset, TypeDefinition type) -> scope.add(Sort.TYPE, type(type, scope, offset));
            case Definition.Lift lift -> scope.add(Sort.FUNCTION, lift(lift, scope));
            case Definition.Lower lower -> scope.add(Sort.CORE_FUNCTION, core.lower(lower, scope));
            case Definition.ResourceBuiltin builtin -> scope.add(Sort.CORE_FUNCTION, builtin(builtin, scope));
            case Definition.Export export -> export(export, scope, exports);
            case Definition.Start start -> core.start(start, scope);
            case Definition.AsyncBuiltin(int _, String name, int operand, CoreFunctionType type) ->
                scope.add(
                        Sort.CORE_FUNCTION,
                        new Item.Core(
                                new CoreReference.AsyncBuiltin(scope.number(), name, operand, type),
                                new CoreExternType.Function(type)));
            case Definition.TaskReturn builtin ->
                scope.add(
                        Sort.CORE_FUNCTION,
                        core.taskReturn(types.taskReturn(builtin.result(), scope, builtin.offset()), builtin, scope));
            case Definition.Unsupported unexpected ->
                throw new ComponentException("this is not supported", unexpected.offset());
            case Definition.Import unexpected ->
                throw new ComponentException("an import stands where none may", unexpected.offset());
        }
    }

    private static Map<String, Item> items(List<Definition.InlineExport> members, Scope scope, int offset) {
        Map<String, Item> items = new LinkedHashMap<>();
        for (Definition.InlineExport member : members) {
            Item item = scope.get(member.sort(), member.index(), offset);
            if (items.put(member.name(), item) != null) {
                throw new ComponentException("'" + member.name() + "' is given twice", offset);
            }
            named(item, member.name());
        }
        return items;
    }

    private static void named(Item item, String name) {
        if (item instanceof Item.Resource(ResourceType resource)) {
            resource.exportedAs(name.startsWith("import-type-") ? name.substring("import-type-".length()) : name);
        }
    }

    private Item type(TypeDefinition type, Scope scope, int offset) {
        if (type instanceof TypeDefinition.Resource(OptionalInt destructor)) {
            ResourceType resource = new ResourceType("resource", false);
            int slot = destructor.isPresent()
                    ? core.functionSlot(destructor.getAsInt(), CoreResolver.DESTRUCTOR, "a destructor", scope, offset)
                    : Options.NONE;
            resources.put(resource, new ResourceDefinition(scope.number(), slot));
            return new Item.Resource(resource);
        }
        return types.resolve(type, scope, offset);
    }

    private Item lift(Definition.Lift lift, Scope scope) {
        Item.FunctionDeclaration declaration =
                scope.get(Sort.TYPE, lift.type(), Item.FunctionDeclaration.class, "a function type", lift.offset());
        Signature signature = Signature.of(declaration.type(), lift.options().async());
        int function = core.functionSlot(
                lift.coreFunction(),
                signature.lifted(),
                "the core function of " + declaration.type(),
                scope,
                lift.offset());
        lifted.add(new LiftedFunction(
                scope.number(),
                function,
                declaration.type(),
                core.options(
                        lift.options(),
                        Signature.liftNeedsMemory(
                                declaration.type(), lift.options().async()),
                        Signature.liftAllocates(declaration.type()),
                        signature,
                        scope,
                        lift.offset())));
        return new Item.LiftedFunction(lifted.size() - 1, declaration.type());
    }

    private Item builtin(Definition.ResourceBuiltin builtin, Scope scope) {
        ResourceType resource = types.resource(builtin.resource(), scope, builtin.offset());
        boolean drop = builtin.operation() == Definition.ResourceOperation.DROP;
        ResourceDefinition definition = resources.get(resource);
        if (!drop && (definition == null || definition.scope() != scope.number())) {
            throw new ComponentException(
                    "only the component that defines the resource " + resource + " may make it and look into it",
                    builtin.offset());
        }
        CoreReference reference = new CoreReference.Builtin(scope.number(), builtin.operation(), resource);
        return new Item.Core(
                reference, new CoreExternType.Function(drop ? CoreResolver.DESTRUCTOR : CoreResolver.RESOURCE));
    }

    private void export(Definition.Export export, Scope scope, Map<String, Item> exports) {
        Item item = scope.get(export.sort(), export.index(), export.offset());
        Optional<ExternDescription> type = export.type();
        if (type.isPresent()) {
            if (TypeResolver.sort(type.get()) != export.sort()) {
                throw new ComponentException(
                        "'" + export.name() + "' is a " + export.sort() + " and declared as a "
                                + TypeResolver.sort(type.get()),
                        export.offset());
            }
            item = ascribe(export.name(), item, type.get(), scope, export.offset());
        }
        named(item, export.name());
        scope.add(export.sort(), item);
        if (exports.put(export.name(), item) != null) {
            throw new ComponentException("'" + export.name() + "' is exported twice", export.offset());
        }
    }

    /** The exports of something that exists, to be shown as a declared type shows them. */
    private record Matched(Map<String, Item> items, int offset) implements TypeResolver.Exports {

        @Override
        public ResourceType resource(String name) {
            if (items.get(name) instanceof Item.Resource(ResourceType resource)) {
                return resource;
            }
            throw new ComponentException("'" + name + "' is declared as a resource and is none", offset);
        }

        @Override
        public Item function(String name, FunctionType type) {
            if (!(items.get(name) instanceof Item.Function function)) {
                throw new ComponentException("'" + name + "' is declared as a function and is none", offset);
            }
            return function;
        }

        @Override
        public TypeResolver.Exports instance(String name) {
            if (items.get(name) instanceof Item.Instance(Map<String, Item> exports)) {
                return new Matched(exports, offset);
            }
            throw new ComponentException("'" + name + "' is declared as an instance and is none", offset);
        }

        @Override
        public Item module(String name, int type, Scope scope) {
            if (items.get(name) instanceof Item.Module module) {
                return module;
            }
            throw new ComponentException("'" + name + "' is declared as a core module and is none", offset);
        }

        @Override
        public Item component(String name) {
            if (items.get(name) instanceof Item.Component component) {
                return component;
            }
            throw new ComponentException("'" + name + "' is declared as a component and is none", offset);
        }
    }

    /** What the outside sees. */
    private static final class Described {

        static Map<String, ExternType> externTypes(Map<String, Item> items) {
            Map<String, ExternType> described = new LinkedHashMap<>();
            items.forEach((name, item) -> externType(item).ifPresent(type -> described.put(name, type)));
            return described;
        }

        private static Optional<ExternType> externType(Item item) {
            return switch (item) {
                case Item.Function function -> Optional.of(new ExternType.Function(function.type()));
                case Item.Value(var type) -> Optional.of(new ExternType.Value(type));
                case Item.Resource(var type) -> Optional.of(new ExternType.Resource(type));
                case Item.Instance(var exports) -> Optional.of(new InstanceType(externTypes(exports)));
                default -> Optional.empty();
            };
        }

        static Map<String, LinkPlan.ExportedInstance> exportedInstances(Map<String, Item> exports) {
            Map<String, LinkPlan.ExportedInstance> instances = new LinkedHashMap<>();
            exports.forEach((name, item) -> {
                if (item instanceof Item.Instance(Map<String, Item> members)) {
                    instances.put(name, exportedInstance(members));
                }
            });
            instances.put(WitInterface.ROOT, exportedInstance(exports));
            return instances;
        }

        private static LinkPlan.ExportedInstance exportedInstance(Map<String, Item> members) {
            Map<String, Integer> functions = new LinkedHashMap<>();
            Map<String, ResourceType> resources = new LinkedHashMap<>();
            members.forEach((name, item) -> {
                switch (item) {
                    case Item.LiftedFunction function -> functions.put(name, function.index());
                    case Item.Resource(ResourceType type) -> resources.put(name, type);
                    default -> {}
                }
            });
            return new LinkPlan.ExportedInstance(functions, resources);
        }
    }
}
