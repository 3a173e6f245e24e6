package infrarust.wasm.component.validate;

import infrarust.wasm.component.binary.Sort;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.validate.ResourceReference.Identity;
import infrarust.wasm.spi.CoreExternType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The index spaces, names and resources of a component, or of a component or instance type, while it is validated. */
final class Scope {

    /** What encloses the definitions. */
    enum Kind {
        COMPONENT,
        COMPONENT_TYPE,
        INSTANCE_TYPE
    }

    final Kind kind;
    final @Nullable Scope parent;

    final Space<CoreExternType> coreFunctions = new Space<>("core function");
    final Space<CoreExternType> coreTables = new Space<>("core table");
    final Space<CoreExternType> coreMemories = new Space<>("core memory");
    final Space<CoreExternType> coreGlobals = new Space<>("core global");
    final Space<CoreExternType> coreTags = new Space<>("core tag");
    final Space<CoreType> coreTypes = new Space<>("core type");
    final Space<ModuleShape> coreModules = new Space<>("core module");
    final Space<Map<String, CoreExternType>> coreInstances = new Space<>("core instance");
    final Space<FunctionShape> functions = new Space<>("function");
    final Space<Type> types = new Space<>("type");
    final Space<ComponentShape> components = new Space<>("component");
    final Space<InstanceShape> instances = new Space<>("instance");

    final Map<String, Entity> imports = new LinkedHashMap<>();
    final Map<String, Entity> exports = new LinkedHashMap<>();
    final NameSpace importNames = new NameSpace("import");
    final NameSpace exportNames = new NameSpace("export");

    /** Types that imports may refer to, and those that exports may. */
    final Set<Type> visibleToImports = Collections.newSetFromMap(new IdentityHashMap<>());

    final Set<Type> visibleToExports = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Resources that come in through imports, with the path to each. */
    final List<Bound> importBound = new ArrayList<>();

    /** Resources that came to be here: defined, made by an instantiation, or declared by an export of a type. */
    private final Set<Identity> own = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Resources with a representation that this component knows. */
    private final Set<Identity> defined = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Resources that are exported, each with the path of the first export. */
    private final List<Bound> exported = new ArrayList<>();

    private final Set<Identity> exportedOnce = Collections.newSetFromMap(new IdentityHashMap<>());

    Scope(Kind kind, @Nullable Scope parent) {
        this.kind = kind;
        this.parent = parent;
    }

    /** The scope so many levels out; 0 is this one. */
    Scope outer(int levels, int offset) {
        Scope scope = this;
        for (int i = 0; i < levels; i++) {
            if (scope.parent == null) {
                throw new ComponentException("an outer alias has an invalid count of " + levels + " scopes", offset);
            }
            scope = scope.parent;
        }
        return scope;
    }

    /** Whether a component ends between here and the scope so many levels out. */
    boolean crossesComponent(int levels) {
        Scope scope = this;
        for (int i = 0; i < levels && scope != null; i++) {
            if (scope.kind == Kind.COMPONENT) {
                return true;
            }
            scope = scope.parent;
        }
        return false;
    }

    void addOwn(Identity resource) {
        own.add(resource);
    }

    void addDefined(Identity resource) {
        own.add(resource);
        defined.add(resource);
    }

    boolean defines(Identity resource) {
        return defined.contains(resource);
    }

    /** An export leads to this resource; only the first path counts. */
    void addExported(Identity resource, List<String> path) {
        if (exportedOnce.add(resource)) {
            exported.add(new Bound(resource, path));
        }
    }

    /** The exported resources that came to be here. */
    List<Bound> exportBound() {
        List<Bound> bound = new ArrayList<>();
        for (Bound candidate : exported) {
            if (own.contains(candidate.resource())) {
                bound.add(candidate);
            }
        }
        return bound;
    }

    /** The space of core definitions that modules import and export. */
    Space<CoreExternType> core(Sort sort, int offset) {
        return switch (sort) {
            case CORE_FUNCTION -> coreFunctions;
            case CORE_TABLE -> coreTables;
            case CORE_MEMORY -> coreMemories;
            case CORE_GLOBAL -> coreGlobals;
            case CORE_TAG -> coreTags;
            default -> throw new ComponentException("a core instance exports no " + sort, offset);
        };
    }

    /** Adds an import, an export or an alias to the index space of its sort. */
    void add(Entity entity, int offset) {
        if (entity instanceof Entity.Function function) {
            functions.add(function.type(), offset);
        } else if (entity instanceof Entity.Instance instance) {
            instances.add(instance.type(), offset);
        } else if (entity instanceof Entity.Component component) {
            components.add(component.type(), offset);
        } else if (entity instanceof Entity.Module module) {
            coreModules.add(module.type(), offset);
        } else if (entity instanceof Entity.Named named) {
            types.add(named.type(), offset);
        }
    }

    /** The entity at an index. */
    Entity entity(Sort sort, int index, int offset) {
        return switch (sort) {
            case FUNCTION -> new Entity.Function(functions.get(index, offset));
            case INSTANCE -> new Entity.Instance(instances.get(index, offset));
            case COMPONENT -> new Entity.Component(components.get(index, offset));
            case CORE_MODULE -> new Entity.Module(coreModules.get(index, offset));
            case TYPE -> new Entity.Named(types.get(index, offset));
            default ->
                throw new ComponentException(
                        "a " + sort + " can be neither imported nor exported by a component", offset);
        };
    }
}
