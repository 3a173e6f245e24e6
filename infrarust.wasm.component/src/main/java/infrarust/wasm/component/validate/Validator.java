package infrarust.wasm.component.validate;

import infrarust.wasm.component.binary.ComponentDefinition;
import infrarust.wasm.component.binary.CoreModuleDecoder;
import infrarust.wasm.component.binary.Definition;
import infrarust.wasm.component.binary.ExternDescription;
import infrarust.wasm.component.binary.Sort;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.WitType.Primitive;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunctionType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Validates a component: every definition in order, nested components included. Used once, by one thread. */
public final class Validator {

    /** A core function of unknown type: what will be refused by name makes it, so it fits everywhere. */
    static final CoreExternType UNKNOWN_FUNCTION =
            new CoreExternType.Function(new CoreFunctionType(List.of(), List.of()));

    private final byte[] bytes;
    private final Effort effort = new Effort();
    private final Visibility visibility = new Visibility(effort);
    private final TypeRules types = new TypeRules(this);
    private final CanonRules canons = new CanonRules(effort);
    private final InstanceRules instances = new InstanceRules(effort);
    private final EnumMap<Primitive, ValueType> primitives = new EnumMap<>(Primitive.class);

    private Validator(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Checks every rule but those of core code, which an engine checks when it compiles the core modules, and those of types
     * that are not supported ({@link ComponentDefinition#unsupported()}).
     *
     * @param bytes the component's file, which the definition's offsets count in
     * @return the component's type
     * @throws ComponentException for the first rule that is broken, with the byte offset
     */
    public static ComponentShape validate(byte[] bytes, ComponentDefinition definition) {
        return new Validator(bytes).component(definition, null, 0);
    }

    private ComponentShape component(ComponentDefinition definition, @Nullable Scope parent, int offset) {
        Scope scope = new Scope(Scope.Kind.COMPONENT, parent);
        List<Definition> definitions = definition.definitions();
        for (int i = 0; i < definitions.size(); i++) {
            define(definitions.get(i), scope);
        }
        ComponentShape shape = ComponentShape.of(scope.imports, scope.exports, scope.importBound, scope.exportBound());
        TypeRules.requireDepth(shape.depth(), offset);
        return shape;
    }

    /** One instance of each primitive type: they have no identity to keep. */
    ValueType primitive(Primitive primitive) {
        ValueType type = primitives.get(primitive);
        if (type == null) {
            type = ValueType.primitive(primitive);
            primitives.put(primitive, type);
        }
        return type;
    }

    private void define(Definition definition, Scope scope) {
        int offset = definition.offset();
        effort.spend(offset);
        if (definition instanceof Definition.Type type) {
            scope.types.add(types.type(type.type(), scope, offset), offset);
        } else if (definition instanceof Definition.ExportAlias alias) {
            exportAlias(alias, scope);
        } else if (definition instanceof Definition.CoreExportAlias alias) {
            coreExportAlias(alias, scope);
        } else if (definition instanceof Definition.OuterAlias alias) {
            outerAlias(alias, scope);
        } else if (definition instanceof Definition.Import imported) {
            importEntity(scope, imported.name(), imported.type(), offset);
        } else if (definition instanceof Definition.Export export) {
            export(export, scope);
        } else if (definition instanceof Definition.Lift lift) {
            scope.functions.add(canons.lift(lift, scope), offset);
        } else if (definition instanceof Definition.Lower lower) {
            scope.coreFunctions.add(canons.lower(lower, scope), offset);
        } else if (definition instanceof Definition.ResourceBuiltin builtin) {
            scope.coreFunctions.add(canons.builtin(builtin, scope), offset);
        } else if (definition instanceof Definition.CoreModule module) {
            CoreModuleDecoder.Interface decoded = CoreModuleDecoder.decode(bytes, module.start(), module.end());
            scope.coreModules.add(CoreTypeRules.module(decoded.imports(), decoded.exports(), offset), offset);
        } else if (definition instanceof Definition.CoreInstantiate instantiate) {
            scope.coreInstances.add(instances.core(instantiate, scope), offset);
        } else if (definition instanceof Definition.CoreInline inline) {
            scope.coreInstances.add(instances.coreInline(inline, scope), offset);
        } else if (definition instanceof Definition.CoreType type) {
            scope.coreTypes.add(types.coreTypes().type(type.type(), scope, offset), offset);
        } else if (definition instanceof Definition.Nested nested) {
            scope.components.add(component(nested.component(), scope, offset), offset);
        } else if (definition instanceof Definition.Instantiate instantiate) {
            scope.instances.add(instances.instantiate(instantiate, scope), offset);
        } else if (definition instanceof Definition.Inline inline) {
            scope.instances.add(instances.inline(inline, scope), offset);
        } else if (definition instanceof Definition.AsyncBuiltin builtin) {
            scope.coreFunctions.add(new CoreExternType.Function(builtin.type()), offset);
        } else if (definition instanceof Definition.TaskReturn builtin) {
            scope.coreFunctions.add(canons.taskReturn(builtin, types, scope), offset);
        } else if (definition instanceof Definition.Start start) {
            CanonRules.start(start, scope);
        } else if (definition instanceof Definition.Unsupported unsupported) {
            unsupported(unsupported, scope);
        }
    }

    private static void unsupported(Definition.Unsupported definition, Scope scope) {
        int offset = definition.offset();
        if (definition.type().isPresent()) {
            scope.functions.add(CanonRules.liftedType(definition.type().getAsInt(), scope, offset), offset);
        } else {
            scope.coreFunctions.add(UNKNOWN_FUNCTION, offset);
        }
    }

    void exportAlias(Definition.ExportAlias alias, Scope scope) {
        int offset = alias.offset();
        InstanceShape instance = scope.instances.get(alias.instance(), offset);
        Entity entity = instance.exports().get(alias.name());
        if (entity == null) {
            throw new ComponentException(
                    "instance " + alias.instance() + " has no export named '" + alias.name() + "'", offset);
        }
        if (entity.sort() != alias.sort()) {
            throw new ComponentException(
                    "the export '" + alias.name() + "' of instance " + alias.instance() + " is a " + entity.sort()
                            + " and not a " + alias.sort(),
                    offset);
        }
        scope.add(entity, offset);
    }

    private static void coreExportAlias(Definition.CoreExportAlias alias, Scope scope) {
        int offset = alias.offset();
        CoreExternType type = scope.coreInstances.get(alias.instance(), offset).get(alias.name());
        if (type == null) {
            throw new ComponentException(
                    "core instance " + alias.instance() + " has no export named '" + alias.name() + "'", offset);
        }
        if (Sort.of(type) != alias.sort()) {
            throw new ComponentException(
                    "the export '" + alias.name() + "' of core instance " + alias.instance() + " is a " + Sort.of(type)
                            + " and not a " + alias.sort(),
                    offset);
        }
        scope.core(alias.sort(), offset).add(type, offset);
    }

    void outerAlias(Definition.OuterAlias alias, Scope scope) {
        int offset = alias.offset();
        Scope outer = scope.outer(alias.scopes(), offset);
        switch (alias.sort()) {
            case CORE_MODULE -> scope.coreModules.add(outer.coreModules.get(alias.index(), offset), offset);
            case CORE_TYPE -> scope.coreTypes.add(outer.coreTypes.get(alias.index(), offset), offset);
            case COMPONENT -> scope.components.add(outer.components.get(alias.index(), offset), offset);
            case TYPE -> {
                Type type = outer.types.get(alias.index(), offset);
                if (scope.crossesComponent(alias.scopes()) && visibility.refersToResources(type, offset)) {
                    throw new ComponentException(
                            "an outer alias reaches out of a component for a type that transitively refers to resources",
                            offset);
                }
                scope.types.add(type, offset);
            }
            default -> throw new ComponentException("an outer alias cannot reach a " + alias.sort(), offset);
        }
    }

    /** An import of a component or component type. */
    void importEntity(Scope scope, String name, ExternDescription description, int offset) {
        scope.importNames.take(name, offset);
        Entity entity = types.describe(description, scope, offset);
        if (entity instanceof Entity.Instance instance) {
            entity = new Entity.Instance(instances.open(instance.type(), name, scope.importBound, offset));
        } else if (entity instanceof Entity.Named named && named.type() instanceof ResourceReference resource) {
            if (description instanceof ExternDescription.SubResource) {
                scope.importBound.add(new Bound(resource.identity(), List.of(name)));
            }
            scope.importNames.addResource(name, resource);
        }
        visibility.check(scope, name, entity, true, offset);
        scope.importNames.checkAnnotation(name, entity, offset);
        scope.imports.put(name, entity);
        scope.add(entity, offset);
    }

    /** An export of a component or instance type. */
    void exportDeclared(Scope scope, String name, ExternDescription description, int offset) {
        scope.exportNames.take(name, offset);
        addExport(scope, name, declared(scope, name, description, offset), offset);
    }

    /** What a declared type of an export describes: with resources of its own wherever it introduces any. */
    private Entity declared(Scope scope, String name, ExternDescription description, int offset) {
        Entity entity = types.describe(description, scope, offset);
        if (entity instanceof Entity.Instance instance) {
            List<Bound> bound = new ArrayList<>();
            InstanceShape opened = instances.open(instance.type(), name, bound, offset);
            for (int i = 0; i < bound.size(); i++) {
                scope.addOwn(bound.get(i).resource());
            }
            return new Entity.Instance(opened);
        }
        if (description instanceof ExternDescription.SubResource
                && entity instanceof Entity.Named named
                && named.type() instanceof ResourceReference resource) {
            scope.addOwn(resource.identity());
        }
        return entity;
    }

    private void export(Definition.Export export, Scope scope) {
        int offset = export.offset();
        scope.exportNames.take(export.name(), offset);
        Entity entity = scope.entity(export.sort(), export.index(), offset);
        if (export.type().isPresent()) {
            ExternDescription description = export.type().get();
            Entity wanted = types.describe(description, scope, offset);
            String difference = description instanceof ExternDescription.SubResource
                    ? isResource(entity)
                    : new Subtyping(effort, offset).entity(entity, wanted);
            if (difference != null) {
                throw new ComponentException(
                        "the ascribed type of the export '" + export.name() + "' is not compatible with the "
                                + export.sort() + ": " + difference,
                        offset);
            }
            entity = declared(scope, export.name(), description, offset);
        } else if (entity instanceof Entity.Named named) {
            entity = new Entity.Named(TypeRules.renamed(named.type()));
        }
        addExport(scope, export.name(), entity, offset);
    }

    private static @Nullable String isResource(Entity entity) {
        return entity instanceof Entity.Named named && named.type() instanceof ResourceReference
                ? null
                : "expected a resource and found a " + entity.sort();
    }

    private void addExport(Scope scope, String name, Entity entity, int offset) {
        if (entity instanceof Entity.Named named && named.type() instanceof ResourceReference resource) {
            scope.exportNames.addResource(name, resource);
        }
        exportResources(scope, List.of(name), entity, offset);
        visibility.check(scope, name, entity, false, offset);
        scope.exportNames.checkAnnotation(name, entity, offset);
        scope.exports.put(name, entity);
        scope.add(entity, offset);
    }

    /** Remembers by which path each resource is exported. */
    private void exportResources(Scope scope, List<String> path, Entity entity, int offset) {
        effort.spend(offset);
        if (!entity.mentionsResources()) {
            return;
        }
        if (entity instanceof Entity.Named named && named.type() instanceof ResourceReference resource) {
            scope.addExported(resource.identity(), path);
        } else if (entity instanceof Entity.Instance instance) {
            for (Map.Entry<String, Entity> export : instance.type().exports().entrySet()) {
                if (export.getValue().sort() == Sort.TYPE || export.getValue().sort() == Sort.INSTANCE) {
                    exportResources(scope, InstanceRules.append(path, export.getKey()), export.getValue(), offset);
                }
            }
        }
    }
}
