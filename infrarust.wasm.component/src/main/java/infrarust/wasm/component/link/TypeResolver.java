package infrarust.wasm.component.link;

import infrarust.wasm.component.binary.Definition;
import infrarust.wasm.component.binary.ExternDescription;
import infrarust.wasm.component.binary.Sort;
import infrarust.wasm.component.binary.TypeDefinition;
import infrarust.wasm.component.binary.TypeDefinition.Declaration;
import infrarust.wasm.component.binary.TypeDefinition.Labelled;
import infrarust.wasm.component.binary.TypeDefinition.Reference;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.component.type.WitType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns type definitions with indices into types (Explainer.md, "Type Definitions"). They were validated before: labels, keys,
 * levels and sizes are as they should be.
 */
final class TypeResolver {

    /**
     * Parts of one type, counted as often as they occur. Types may share parts, so a small file can spell a type without end;
     * the largest type of real worlds has some hundreds.
     */
    private static final int MAX_WEIGHT = 10_000;

    private final IdentityHashMap<WitType, Integer> weights = new IdentityHashMap<>();

    /** Resolves a definition that is no resource (those are made by whoever defines them). */
    Item resolve(TypeDefinition definition, Scope scope, int offset) {
        return switch (definition) {
            case TypeDefinition.Function(List<Labelled> parameters, Optional<Reference> result) ->
                new Item.FunctionDeclaration(function(parameters, result, scope, offset));
            // Whether it is async was looked at by validation; it is called like any other.
            case TypeDefinition.AsyncFunction(List<Labelled> parameters, Optional<Reference> result) ->
                new Item.FunctionDeclaration(function(parameters, result, scope, offset));
            case TypeDefinition.Instance instance -> new Item.InstanceDeclaration(instance, scope);
            case TypeDefinition.Component component -> new Item.ComponentDeclaration(component, scope);
            case TypeDefinition.Stream _ -> new Item.AsyncType("streams");
            case TypeDefinition.Future _ -> new Item.AsyncType("futures");
            case TypeDefinition.Resource _ ->
                throw new ComponentException("a resource is defined within an instance or component type", offset);
            default -> new Item.Value(measured(value(definition, scope, offset), offset));
        };
    }

    private FunctionType function(List<Labelled> parameters, Optional<Reference> result, Scope scope, int offset) {
        List<FunctionType.Parameter> resolved = parameters.stream()
                .map(p ->
                        new FunctionType.Parameter(p.name(), reference(p.type().orElseThrow(), scope, offset)))
                .toList();
        return new FunctionType(resolved, result.map(type -> reference(type, scope, offset)));
    }

    /** {@code task.return} for a type of results, as a function that takes one. */
    FunctionType taskReturn(Optional<Reference> result, Scope scope, int offset) {
        List<FunctionType.Parameter> parameters =
                result.map(type -> new FunctionType.Parameter("result", reference(type, scope, offset))).stream()
                        .toList();
        return new FunctionType(parameters, Optional.empty());
    }

    private WitType value(TypeDefinition definition, Scope scope, int offset) {
        return switch (definition) {
            case TypeDefinition.Alias(WitType.Primitive type) -> type;
            case TypeDefinition.RecordOf(List<Labelled> fields) ->
                new WitType.RecordOf(fields.stream()
                        .map(f -> new WitType.Field(f.name(), reference(f.type().orElseThrow(), scope, offset)))
                        .toList());
            case TypeDefinition.Variant(List<Labelled> cases) ->
                new WitType.Variant(cases.stream()
                        .map(c -> new WitType.Case(c.name(), c.type().map(t -> reference(t, scope, offset))))
                        .toList());
            case TypeDefinition.ListOf(Reference element) -> new WitType.ListOf(reference(element, scope, offset));
            case TypeDefinition.FixedListOf(Reference element, int length) ->
                new WitType.FixedListOf(reference(element, scope, offset), length);
            case TypeDefinition.MapOf(Reference key, Reference value) ->
                new WitType.MapOf(reference(key, scope, offset), reference(value, scope, offset));
            case TypeDefinition.Tuple(List<Reference> elements) ->
                new WitType.Tuple(
                        elements.stream().map(e -> reference(e, scope, offset)).toList());
            case TypeDefinition.Flags(List<String> labels) -> new WitType.Flags(labels);
            case TypeDefinition.Enumeration(List<String> labels) -> new WitType.Enumeration(labels);
            case TypeDefinition.Option(Reference some) -> new WitType.Option(reference(some, scope, offset));
            case TypeDefinition.Result(Optional<Reference> ok, Optional<Reference> error) ->
                new WitType.Result(
                        ok.map(t -> reference(t, scope, offset)), error.map(t -> reference(t, scope, offset)));
            case TypeDefinition.Own(int resource) -> new WitType.Own(resource(resource, scope, offset));
            case TypeDefinition.Borrow(int resource) -> new WitType.Borrow(resource(resource, scope, offset));
            default -> throw new AssertionError(definition + " is no value type");
        };
    }

    ResourceType resource(int index, Scope scope, int offset) {
        return scope.get(Sort.TYPE, index, Item.Resource.class, "a resource", offset)
                .type();
    }

    private WitType reference(Reference reference, Scope scope, int offset) {
        if (reference instanceof Reference.Primitive(WitType.Primitive type)) {
            return type;
        }
        int index = ((Reference.Index) reference).index();
        if (scope.get(Sort.TYPE, index, offset) instanceof Item.AsyncType(String words)) {
            throw ComponentException.unsupported(words, offset);
        }
        return scope.get(Sort.TYPE, index, Item.Value.class, "a value type", offset)
                .type();
    }

    /** Counts the parts of a type, whose own parts were counted before, and refuses types that grow without end. */
    private WitType measured(WitType type, int offset) {
        if (type instanceof WitType.Primitive) {
            return type;
        }
        long weight = 1;
        List<WitType> parts = type.parts();
        for (WitType part : parts) {
            weight += weights.getOrDefault(part, 1);
        }
        if (type instanceof WitType.Variant(List<WitType.Case> cases)) {
            weight += cases.size() - parts.size();
        }
        if (weight > MAX_WEIGHT) {
            throw new ComponentException("a type has more than " + MAX_WEIGHT + " parts", offset);
        }
        weights.putIfAbsent(type, (int) weight);
        return type;
    }

    /** What an instance of a declared type exports, seen from within. */
    interface Exports {
        /** The resource that an export of the type {@code (sub resource)} stands for. */
        ResourceType resource(String name);

        /** The item for a function that is exported under that name. */
        Item function(String name, FunctionType type);

        /** The exports of an instance within this one. */
        Exports instance(String name);

        /** The core module of that name. */
        Item module(String name, int type, Scope scope);

        /** The component of that name. */
        Item component(String name);
    }

    /** Evaluates an instance type: each resource and function is what {@code exports} says. */
    Item.Instance instance(Item.InstanceDeclaration declaration, Exports exports) {
        Scope scope = new Scope(declaration.scope(), declaration.scope().number());
        Map<String, Item> items = new LinkedHashMap<>();
        for (Declaration line : declaration.definition().declarations()) {
            switch (line) {
                case Declaration.Local(Definition definition) -> local(definition, scope);
                case Declaration.Export(int offset, String name, ExternDescription type) -> {
                    Item item = describe(name, type, scope, exports, offset);
                    scope.add(sort(type), item);
                    if (items.put(name, item) != null) {
                        throw new ComponentException("an instance type exports '" + name + "' twice", offset);
                    }
                }
                case Declaration.Import unexpected ->
                    throw new ComponentException("an instance type declares an import", unexpected.offset());
            }
        }
        return new Item.Instance(items);
    }

    private void local(Definition definition, Scope scope) {
        switch (definition) {
            case Definition.CoreType type -> scope.add(Sort.CORE_TYPE, new Item.CoreType(type.type(), scope));
            case Definition.Type(int offset, TypeDefinition type) -> scope.add(Sort.TYPE, resolve(type, scope, offset));
            case Definition.OuterAlias alias -> scope.add(alias.sort(), outer(alias, scope));
            case Definition.ExportAlias alias -> scope.add(alias.sort(), export(alias, scope));
            default -> throw new ComponentException("a type holds something that is no type", definition.offset());
        }
    }

    static Item outer(Definition.OuterAlias alias, Scope scope) {
        return scope.outer(alias.scopes(), alias.offset()).get(alias.sort(), alias.index(), alias.offset());
    }

    static Item export(Definition.ExportAlias alias, Scope scope) {
        Item item = scope.get(Sort.INSTANCE, alias.instance(), Item.Instance.class, "an instance", alias.offset())
                .exports()
                .get(alias.name());
        if (item == null || !isOf(item, alias.sort())) {
            throw new ComponentException(
                    "instance " + alias.instance() + " exports no " + alias.sort() + " called '" + alias.name() + "'",
                    alias.offset());
        }
        return item;
    }

    /** Whether an item belongs to the index space of a sort. */
    static boolean isOf(Item item, Sort sort) {
        return switch (item) {
            case Item.Function _ -> sort == Sort.FUNCTION;
            case Item.Value _, Item.FunctionDeclaration _, Item.Resource _ -> sort == Sort.TYPE;
            case Item.InstanceDeclaration _, Item.ComponentDeclaration _, Item.AsyncType _ -> sort == Sort.TYPE;
            case Item.Component _ -> sort == Sort.COMPONENT;
            case Item.Instance _ -> sort == Sort.INSTANCE;
            case Item.Module _ -> sort == Sort.CORE_MODULE;
            case Item.CoreInstance _ -> sort == Sort.CORE_INSTANCE;
            case Item.CoreType _ -> sort == Sort.CORE_TYPE;
            case Item.Core _ -> false;
        };
    }

    static Sort sort(ExternDescription type) {
        return switch (type) {
            case ExternDescription.CoreModule _ -> Sort.CORE_MODULE;
            case ExternDescription.Function _ -> Sort.FUNCTION;
            case ExternDescription.TypeEqual _, ExternDescription.SubResource _ -> Sort.TYPE;
            case ExternDescription.Component _ -> Sort.COMPONENT;
            case ExternDescription.Instance _ -> Sort.INSTANCE;
        };
    }

    /** The item for an import or export of a declared type. */
    Item describe(String name, ExternDescription type, Scope scope, Exports exports, int offset) {
        return switch (type) {
            case ExternDescription.Function(int index) ->
                exports.function(
                        name,
                        scope.get(Sort.TYPE, index, Item.FunctionDeclaration.class, "a function type", offset)
                                .type());
            case ExternDescription.TypeEqual(int index) -> scope.get(Sort.TYPE, index, offset);
            case ExternDescription.SubResource() -> new Item.Resource(exports.resource(name));
            case ExternDescription.Instance(int index) ->
                instance(
                        scope.get(Sort.TYPE, index, Item.InstanceDeclaration.class, "an instance type", offset),
                        exports.instance(name));
            case ExternDescription.CoreModule(int index) -> exports.module(name, index, scope);
            case ExternDescription.Component _ -> exports.component(name);
        };
    }

    /** Exports of an import: resources are new, functions are whoever's who offers them. */
    record Imported(String instance, List<String> path, Externals externals, Map<ResourceType, Item.Origin> resources)
            implements Exports {

        private Item.Origin origin(String name) {
            return new Item.Origin(instance, path, name);
        }

        @Override
        public ResourceType resource(String name) {
            ResourceType resource = new ResourceType(name, true);
            resources.put(resource, origin(name));
            return resource;
        }

        @Override
        public Item function(String name, FunctionType type) {
            return new Item.ImportedFunction(origin(name), type);
        }

        @Override
        public Exports instance(String name) {
            if (instance.equals(WitInterface.ROOT)) {
                return new Imported(name, List.of(), externals, resources);
            }
            List<String> inner = new ArrayList<>(path);
            inner.add(name);
            return new Imported(instance, List.copyOf(inner), externals, resources);
        }

        @Override
        public Item module(String name, int type, Scope scope) {
            Item.Module module = externals.module(origin(name));
            ModuleTypes.check(module.module(), type, scope, InterfaceName.function(origin(name)));
            return module;
        }

        @Override
        public Item component(String name) {
            return externals.component(origin(name));
        }
    }
}
