package infrarust.wasm.component.validate;

import infrarust.wasm.component.binary.Definition;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.validate.ResourceReference.Identity;
import infrarust.wasm.spi.CoreExternType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules for instances, core and component (Binary.md and Explainer.md, "Instance Definitions", "Type Checking"). */
final class InstanceRules {

    private final Effort effort;

    InstanceRules(Effort effort) {
        this.effort = effort;
    }

    Map<String, CoreExternType> core(Definition.CoreInstantiate instantiate, Scope scope) {
        int offset = instantiate.offset();
        ModuleShape module = scope.coreModules.get(instantiate.module(), offset);
        Map<String, Map<String, CoreExternType>> arguments = new LinkedHashMap<>();
        for (int i = 0; i < instantiate.arguments().size(); i++) {
            Definition.CoreArgument argument = instantiate.arguments().get(i);
            Map<String, CoreExternType> instance = scope.coreInstances.get(argument.instance(), offset);
            if (arguments.putIfAbsent(argument.name(), instance) != null) {
                throw new ComponentException(
                        "duplicate module instantiation argument named '" + argument.name() + "'", offset);
            }
        }
        for (Map.Entry<ModuleShape.Key, CoreExternType> wanted :
                module.imports().entrySet()) {
            effort.spend(CoreSubtyping.steps(wanted.getValue()), offset);
            ModuleShape.Key key = wanted.getKey();
            Map<String, CoreExternType> instance = arguments.get(key.module());
            if (instance == null) {
                throw new ComponentException(
                        "missing module instantiation argument named '" + key.module() + "'", offset);
            }
            CoreExternType found = instance.get(key.name());
            String difference = found == null
                    ? "the instance does not export an item named '" + key.name() + "'"
                    : CoreSubtyping.extern(found, wanted.getValue());
            if (difference != null) {
                throw new ComponentException("the core import " + key + ": " + difference, offset);
            }
        }
        return module.exports();
    }

    Map<String, CoreExternType> coreInline(Definition.CoreInline inline, Scope scope) {
        Map<String, CoreExternType> exports = new LinkedHashMap<>();
        for (int i = 0; i < inline.exports().size(); i++) {
            Definition.InlineExport export = inline.exports().get(i);
            CoreExternType type = scope.core(export.sort(), inline.offset()).get(export.index(), inline.offset());
            if (exports.putIfAbsent(export.name(), type) != null) {
                throw new ComponentException(
                        "a core instance exports '" + export.name() + "', which is already defined", inline.offset());
            }
        }
        return exports;
    }

    InstanceShape inline(Definition.Inline inline, Scope scope) {
        int offset = inline.offset();
        // No resource ever gets a name in here, so that functions of resources have none they could be functions of.
        NameSpace names = new NameSpace("export");
        Map<String, Entity> exports = new LinkedHashMap<>();
        for (int i = 0; i < inline.exports().size(); i++) {
            Definition.InlineExport export = inline.exports().get(i);
            names.take(export.name(), offset);
            Entity entity = scope.entity(export.sort(), export.index(), offset);
            names.checkAnnotation(export.name(), entity, offset);
            exports.put(export.name(), entity);
        }
        InstanceShape shape = InstanceShape.of(exports, List.of());
        TypeRules.requireDepth(shape.depth(), offset);
        return shape;
    }

    InstanceShape instantiate(Definition.Instantiate instantiate, Scope scope) {
        int offset = instantiate.offset();
        ComponentShape component = scope.components.get(instantiate.component(), offset);
        Map<String, Entity> arguments = new LinkedHashMap<>();
        for (int i = 0; i < instantiate.arguments().size(); i++) {
            Definition.InlineExport argument = instantiate.arguments().get(i);
            Entity entity = scope.entity(argument.sort(), argument.index(), offset);
            if (arguments.putIfAbsent(argument.name(), entity) != null) {
                throw new ComponentException("duplicate instantiation argument '" + argument.name() + "'", offset);
            }
        }
        IdentityHashMap<Identity, Identity> given = new IdentityHashMap<>();
        for (int i = 0; i < component.importBound().size(); i++) {
            Bound bound = component.importBound().get(i);
            effort.spend(bound.path().size(), offset);
            Identity found = Subtyping.find(arguments, bound.path());
            // What is missing or no resource is found out when the import that asks for it is compared.
            if (found != null && found != bound.resource()) {
                given.put(bound.resource(), found);
            }
        }
        checkArguments(component, arguments, new Subtyping(effort, offset, given), offset);
        List<Bound> made = component.exportBound();
        for (int i = 0; i < made.size(); i++) {
            Identity fresh = new Identity();
            given.put(made.get(i).resource(), fresh);
            scope.addOwn(fresh);
        }
        Substitution substitution = new Substitution(effort, offset, given);
        replaceNames(component.imports(), arguments, substitution, offset);
        effort.spend(component.exports().size(), offset);
        return InstanceShape.of(substitution.entities(component.exports()), List.of());
    }

    /** What the component calls an imported type is, seen from here, the argument. */
    private void replaceNames(
            Map<String, Entity> imports, Map<String, Entity> arguments, Substitution substitution, int offset) {
        for (Map.Entry<String, Entity> wanted : imports.entrySet()) {
            effort.spend(offset);
            Entity argument = arguments.get(wanted.getKey());
            if (wanted.getValue() instanceof Entity.Named type && argument instanceof Entity.Named given) {
                substitution.replace(type.type(), given.type());
            } else if (wanted.getValue() instanceof Entity.Instance type
                    && type.mentionsNames()
                    && argument instanceof Entity.Instance given) {
                replaceNames(type.type().exports(), given.type().exports(), substitution, offset);
            }
        }
    }

    private void checkArguments(
            ComponentShape component, Map<String, Entity> arguments, Subtyping subtyping, int offset) {
        for (Map.Entry<String, Entity> wanted : component.imports().entrySet()) {
            effort.spend(offset);
            Entity argument = arguments.get(wanted.getKey());
            if (argument == null) {
                throw new ComponentException(
                        "an instantiation is missing the import named '" + wanted.getKey() + "'", offset);
            }
            String difference = subtyping.entity(argument, wanted.getValue());
            if (difference != null) {
                throw new ComponentException(
                        "the argument '" + wanted.getKey() + "' of an instantiation: " + difference, offset);
            }
        }
    }

    /**
     * An instance of a type, for an import or export of that name: resources that the type introduces become new ones, which
     * are added to {@code bound}.
     */
    InstanceShape open(InstanceShape type, String name, List<Bound> bound, int offset) {
        if (type.bound().isEmpty()) {
            return type;
        }
        IdentityHashMap<Identity, Identity> fresh = new IdentityHashMap<>();
        for (int i = 0; i < type.bound().size(); i++) {
            Bound inner = type.bound().get(i);
            effort.spend(inner.path().size(), offset);
            Identity identity = new Identity();
            fresh.put(inner.resource(), identity);
            List<String> path = new ArrayList<>(inner.path().size() + 1);
            path.add(name);
            path.addAll(inner.path());
            bound.add(new Bound(identity, path));
        }
        return InstanceShape.of(new Substitution(effort, offset, fresh).entities(type.exports()), List.of());
    }

    static List<String> append(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path.size() + 1);
        longer.addAll(path);
        longer.add(name);
        return longer;
    }
}
