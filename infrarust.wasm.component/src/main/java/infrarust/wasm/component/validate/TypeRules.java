package infrarust.wasm.component.validate;

import infrarust.wasm.component.binary.Definition;
import infrarust.wasm.component.binary.ExternDescription;
import infrarust.wasm.component.binary.ExternNames;
import infrarust.wasm.component.binary.Sort;
import infrarust.wasm.component.binary.TypeDefinition;
import infrarust.wasm.component.binary.TypeDefinition.Declaration;
import infrarust.wasm.component.binary.TypeDefinition.Labelled;
import infrarust.wasm.component.binary.TypeDefinition.Reference;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.WitType.Primitive;
import infrarust.wasm.component.validate.ResourceReference.Identity;
import infrarust.wasm.component.validate.ValueType.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The rules for type definitions (Binary.md and Explainer.md, "Type Definitions"). */
final class TypeRules {

    /** Types within types; deeper ones would exhaust our stack when they are walked. */
    private static final int MAX_DEPTH = 100;

    /** Parts of a value type, counted as often as they occur. */
    private static final int MAX_WEIGHT = 1_000_000;

    private final Validator validator;
    private final CoreTypeRules coreTypes = new CoreTypeRules();

    TypeRules(Validator validator) {
        this.validator = validator;
    }

    CoreTypeRules coreTypes() {
        return coreTypes;
    }

    /** The type that a definition adds to the index space of types. */
    Type type(TypeDefinition definition, Scope scope, int offset) {
        if (definition instanceof TypeDefinition.Instance instance) {
            return instance(instance.declarations(), scope, offset);
        }
        if (definition instanceof TypeDefinition.Component component) {
            return component(component.declarations(), scope, offset);
        }
        if (definition instanceof TypeDefinition.Function function) {
            return function(false, function.parameters(), function.result(), scope, offset);
        }
        if (definition instanceof TypeDefinition.AsyncFunction function) {
            return function(true, function.parameters(), function.result(), scope, offset);
        }
        if (definition instanceof TypeDefinition.Resource resource) {
            return resource(resource, scope, offset);
        }
        ValueType value = value(definition, scope, offset);
        if (value.depth() > MAX_DEPTH || value.weight() > MAX_WEIGHT) {
            throw new ComponentException(
                    "a type has more than " + MAX_DEPTH + " levels or more than " + MAX_WEIGHT + " parts", offset);
        }
        if (value.size() >= Sizes.LIMIT) {
            throw new ComponentException(
                    "a value of a type exceeds the maximum size of " + (Sizes.LIMIT - 1) + " bytes", offset);
        }
        return value;
    }

    private Type resource(TypeDefinition.Resource definition, Scope scope, int offset) {
        if (scope.kind != Scope.Kind.COMPONENT) {
            throw new ComponentException("resources can only be defined within a component, not within a type", offset);
        }
        if (definition.destructor().isPresent()) {
            CanonRules.requireSignature(
                    scope, definition.destructor().getAsInt(), CanonRules.I32_TO_NOTHING, "the destructor", offset);
        }
        Identity identity = new Identity();
        scope.addDefined(identity);
        return new ResourceReference(identity);
    }

    private FunctionShape function(
            boolean async, List<Labelled> parameters, Optional<Reference> result, Scope scope, int offset) {
        List<String> names = labels(parameters, "parameter name", offset);
        List<ValueType> types = new ArrayList<>(parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            types.add(optional(parameters.get(i).type(), scope, offset));
        }
        ValueType returned = optional(result, scope, offset);
        if (returned.borrows()) {
            throw new ComponentException("the result of a function contains a borrow", offset);
        }
        return FunctionShape.of(async, names, types, returned);
    }

    private ValueType value(TypeDefinition definition, Scope scope, int offset) {
        if (definition instanceof TypeDefinition.Alias alias) {
            return ValueType.primitive(alias.type());
        }
        if (definition instanceof TypeDefinition.RecordOf type) {
            return members(Kind.RECORD, type.fields(), "field name", scope, offset);
        }
        if (definition instanceof TypeDefinition.Variant type) {
            return members(Kind.VARIANT, type.cases(), "case name", scope, offset);
        }
        if (definition instanceof TypeDefinition.ListOf type) {
            return of(Kind.LIST, reference(type.element(), scope, offset));
        }
        if (definition instanceof TypeDefinition.Option type) {
            return of(Kind.OPTION, reference(type.some(), scope, offset));
        }
        if (definition instanceof TypeDefinition.Result type) {
            ValueType ok = optional(type.ok(), scope, offset);
            return ValueType.of(Kind.RESULT, List.of(), List.of(ok, optional(type.error(), scope, offset)));
        }
        if (definition instanceof TypeDefinition.Tuple type) {
            List<ValueType> parts = new ArrayList<>(type.elements().size());
            for (int i = 0; i < type.elements().size(); i++) {
                parts.add(reference(type.elements().get(i), scope, offset));
            }
            return ValueType.of(Kind.TUPLE, List.of(), parts);
        }
        if (definition instanceof TypeDefinition.Flags type) {
            return ValueType.of(Kind.FLAGS, unique(type.labels(), "flag name", offset), List.of());
        }
        if (definition instanceof TypeDefinition.Enumeration type) {
            return ValueType.of(Kind.ENUM, unique(type.labels(), "case name", offset), List.of());
        }
        if (definition instanceof TypeDefinition.Own type) {
            return ValueType.handle(Kind.OWN, resource(type.resource(), scope, offset));
        }
        if (definition instanceof TypeDefinition.Borrow type) {
            return ValueType.handle(Kind.BORROW, resource(type.resource(), scope, offset));
        }
        if (definition instanceof TypeDefinition.FixedListOf type) {
            return ValueType.fixedList(reference(type.element(), scope, offset), type.length());
        }
        if (definition instanceof TypeDefinition.MapOf type) {
            return map(type, scope, offset);
        }
        return unsupported(definition, scope, offset);
    }

    private ValueType map(TypeDefinition.MapOf type, Scope scope, int offset) {
        ValueType key = reference(type.key(), scope, offset);
        Primitive primitive = key.primitive();
        if (key.kind() != Kind.PRIMITIVE || primitive == Primitive.F32 || primitive == Primitive.F64) {
            throw new ComponentException("the key of a map cannot be " + key.words(), offset);
        }
        ValueType value = reference(type.value(), scope, offset);
        return ValueType.of(Kind.MAP, List.of(), List.of(key, value));
    }

    /** Types that are refused by name once everything is found valid. */
    private ValueType unsupported(TypeDefinition definition, Scope scope, int offset) {
        boolean stream = definition instanceof TypeDefinition.Stream;
        Optional<Reference> element;
        if (definition instanceof TypeDefinition.Stream type) {
            element = type.element();
        } else if (definition instanceof TypeDefinition.Future type) {
            element = type.value();
        } else {
            throw new IllegalStateException(definition + " is no value type");
        }
        ValueType part = optional(element, scope, offset);
        if (part.borrows()) {
            throw new ComponentException("a stream or future contains a borrow", offset);
        }
        if (stream && part.primitive() == Primitive.CHAR) {
            throw new ComponentException("a stream of char is not valid at this time", offset);
        }
        return of(stream ? Kind.STREAM : Kind.FUTURE, part);
    }

    private static ValueType of(Kind kind, ValueType part) {
        return ValueType.of(kind, List.of(), List.of(part));
    }

    private ValueType members(Kind kind, List<Labelled> members, String what, Scope scope, int offset) {
        List<String> labels = labels(members, what, offset);
        List<ValueType> parts = new ArrayList<>(members.size());
        for (int i = 0; i < members.size(); i++) {
            parts.add(optional(members.get(i).type(), scope, offset));
        }
        return ValueType.of(kind, labels, parts);
    }

    private static List<String> labels(List<Labelled> members, String what, int offset) {
        List<String> labels = new ArrayList<>(members.size());
        for (int i = 0; i < members.size(); i++) {
            labels.add(members.get(i).name());
        }
        return unique(labels, what, offset);
    }

    /** Labels are in kebab case and differ by more than case. */
    private static List<String> unique(List<String> labels, String what, int offset) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i);
            ExternNames.label(label, what, offset);
            if (!seen.add(label.toLowerCase(Locale.ROOT))) {
                throw new ComponentException("the " + what + " '" + label + "' conflicts with a previous one", offset);
            }
        }
        return labels;
    }

    ValueType optional(Optional<Reference> reference, Scope scope, int offset) {
        return reference.isPresent() ? reference(reference.get(), scope, offset) : ValueType.NONE;
    }

    ValueType reference(Reference reference, Scope scope, int offset) {
        if (reference instanceof Reference.Primitive primitive) {
            return validator.primitive(primitive.type());
        }
        int index = ((Reference.Index) reference).index();
        if (scope.types.get(index, offset) instanceof ValueType value) {
            return value;
        }
        throw new ComponentException("type index " + index + " is not a value type", offset);
    }

    static ResourceReference resource(int index, Scope scope, int offset) {
        if (scope.types.get(index, offset) instanceof ResourceReference resource) {
            return resource;
        }
        throw new ComponentException("type index " + index + " is not a resource type", offset);
    }

    private InstanceShape instance(List<Declaration> declarations, Scope parent, int offset) {
        Scope scope = new Scope(Scope.Kind.INSTANCE_TYPE, parent);
        declare(declarations, scope);
        InstanceShape shape = InstanceShape.of(scope.exports, scope.exportBound());
        requireDepth(shape.depth(), offset);
        return shape;
    }

    private ComponentShape component(List<Declaration> declarations, Scope parent, int offset) {
        Scope scope = new Scope(Scope.Kind.COMPONENT_TYPE, parent);
        declare(declarations, scope);
        ComponentShape shape = ComponentShape.of(scope.imports, scope.exports, scope.importBound, scope.exportBound());
        requireDepth(shape.depth(), offset);
        return shape;
    }

    static void requireDepth(int depth, int offset) {
        if (depth > MAX_DEPTH) {
            throw new ComponentException(
                    "instances and components are nested more than " + MAX_DEPTH + " deep", offset);
        }
    }

    private void declare(List<Declaration> declarations, Scope scope) {
        for (int i = 0; i < declarations.size(); i++) {
            Declaration line = declarations.get(i);
            if (line instanceof Declaration.Import declared) {
                validator.importEntity(scope, declared.name(), declared.type(), declared.offset());
            } else if (line instanceof Declaration.Export declared) {
                validator.exportDeclared(scope, declared.name(), declared.type(), declared.offset());
            } else if (line instanceof Declaration.Local local) {
                local(local.definition(), scope);
            }
        }
    }

    private void local(Definition definition, Scope scope) {
        int offset = definition.offset();
        if (definition instanceof Definition.Type type) {
            scope.types.add(type(type.type(), scope, offset), offset);
        } else if (definition instanceof Definition.CoreType type) {
            scope.coreTypes.add(coreTypes.type(type.type(), scope, offset), offset);
        } else if (definition instanceof Definition.OuterAlias alias) {
            if (alias.sort() != Sort.TYPE && alias.sort() != Sort.CORE_TYPE) {
                throw aliasOf(alias.sort(), offset);
            }
            validator.outerAlias(alias, scope);
        } else if (definition instanceof Definition.ExportAlias alias) {
            if (alias.sort() != Sort.TYPE && alias.sort() != Sort.INSTANCE) {
                throw aliasOf(alias.sort(), offset);
            }
            validator.exportAlias(alias, scope);
        } else if (definition instanceof Definition.CoreExportAlias alias) {
            throw aliasOf(alias.sort(), offset);
        }
    }

    private static ComponentException aliasOf(Sort sort, int offset) {
        return new ComponentException(
                "aliases within types may only refer to types or instances, and this refers to a " + sort, offset);
    }

    /** The entity that the declared type of an import or export describes. */
    Entity describe(ExternDescription description, Scope scope, int offset) {
        if (description instanceof ExternDescription.Function type) {
            if (scope.types.get(type.type(), offset) instanceof FunctionShape function) {
                return new Entity.Function(function);
            }
            throw new ComponentException("type index " + type.type() + " is not a function type", offset);
        }
        if (description instanceof ExternDescription.Instance type) {
            if (scope.types.get(type.type(), offset) instanceof InstanceShape instance) {
                return new Entity.Instance(instance);
            }
            throw new ComponentException("type index " + type.type() + " is not an instance type", offset);
        }
        if (description instanceof ExternDescription.Component type) {
            if (scope.types.get(type.type(), offset) instanceof ComponentShape component) {
                return new Entity.Component(component);
            }
            throw new ComponentException("type index " + type.type() + " is not a component type", offset);
        }
        if (description instanceof ExternDescription.CoreModule type) {
            if (scope.coreTypes.get(type.coreType(), offset) instanceof CoreType.Module module) {
                return new Entity.Module(module.type());
            }
            throw new ComponentException("core type index " + type.coreType() + " is not a module type", offset);
        }
        if (description instanceof ExternDescription.TypeEqual type) {
            return new Entity.Named(renamed(scope.types.get(type.type(), offset)));
        }
        return new Entity.Named(new ResourceReference(new Identity()));
    }

    /** The same type under a name of its own. */
    static Type renamed(Type type) {
        if (type instanceof ValueType value) {
            return value.renamed();
        }
        return type instanceof ResourceReference resource ? new ResourceReference(resource.identity()) : type;
    }
}
