package infrarust.wasm.component.wit;

import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.validate.Entity;
import infrarust.wasm.component.validate.FunctionShape;
import infrarust.wasm.component.validate.ResourceReference;
import infrarust.wasm.component.validate.ResourceReference.Identity;
import infrarust.wasm.component.validate.Type;
import infrarust.wasm.component.validate.ValueType;
import infrarust.wasm.component.validate.ValueType.Kind;
import infrarust.wasm.component.wit.TypeNames.Place;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the items of one interface, or the types and functions of the world. */
final class InterfaceText {

    private static final String CONSTRUCTOR = "[constructor]";

    /** Types share parts in the file and not in text, so that a small file could make much of it. */
    private static final int MAX_PARTS = 10_000;

    private final StringBuilder out;
    private final TextLimit limit;
    private final TypeNames types;
    private final String owner;
    private final String indent;
    private final IdentityHashMap<ValueType, String> localTypes = new IdentityHashMap<>();
    private final IdentityHashMap<Identity, String> localResources = new IdentityHashMap<>();

    InterfaceText(StringBuilder out, TextLimit limit, TypeNames types, String owner, String indent) {
        this.out = out;
        this.limit = limit;
        this.types = types;
        this.owner = owner;
        this.indent = indent;
    }

    /** Everything that an interface exports: types of other interfaces, its own, functions; each in its order. */
    void items(Map<String, Entity> items) {
        rememberAll(items);
        uses(items);
        ResourceFunctions functions = new ResourceFunctions(items);
        items.forEach((name, entity) -> {
            if (entity instanceof Entity.Named(Type type)) {
                type(name, type, functions);
            }
        });
        items.forEach((name, entity) -> {
            if (entity instanceof Entity.Function(FunctionShape function) && !name.startsWith("[")) {
                line(WitNames.identifier(name) + ": " + function(function, false) + ";");
            }
        });
    }

    /** Types may be referred to before they are written. */
    void rememberAll(Map<String, Entity> items) {
        items.forEach((name, entity) -> {
            if (entity instanceof Entity.Named(Type type)) {
                remember(name, type);
            }
        });
    }

    /** One line per interface that types are taken from. */
    void uses(Map<String, Entity> items) {
        Map<String, StringBuilder> lines = new LinkedHashMap<>();
        items.forEach((name, entity) -> {
            if (entity instanceof Entity.Named(Type type)) {
                Place origin = types.origin(type, new Place(owner, name));
                if (origin != null && isUsed(origin)) {
                    StringBuilder names = lines.computeIfAbsent(origin.owner(), _ -> new StringBuilder());
                    names.append(names.isEmpty() ? "" : ", ").append(limit.part(WitNames.identifier(origin.name())));
                    if (!origin.name().equals(name)) {
                        names.append(" as ").append(limit.part(WitNames.identifier(name)));
                    }
                }
            }
        });
        lines.forEach((from, names) -> line("use " + WitNames.path(from, owner) + ".{" + names + "};"));
    }

    /** A type of the world cannot be used in an interface, and one of an interface without a package nowhere. */
    private boolean isUsed(Place origin) {
        return !origin.owner().equals(owner) && WitNames.isInterface(origin.owner());
    }

    /** Writes a line. */
    void line(String text) {
        limit.line(indent.length() + text.length() + 1);
        out.append(indent).append(text).append('\n');
    }

    void type(String name, Type type, ResourceFunctions functions) {
        Place origin = types.origin(type, new Place(owner, name));
        String identifier = WitNames.identifier(name);
        if (origin != null && origin.owner().equals(owner)) {
            line("type " + identifier + " = " + WitNames.identifier(origin.name()) + ";");
        } else if (origin == null || !isUsed(origin)) {
            define(name, identifier, type, functions);
        }
    }

    private void remember(String name, Type type) {
        if (type instanceof ValueType value) {
            localTypes.put(value, name);
        } else if (type instanceof ResourceReference(Identity identity)) {
            localResources.putIfAbsent(identity, name);
        }
    }

    private void define(String name, String identifier, Type type, ResourceFunctions functions) {
        if (type instanceof ResourceReference) {
            resource(name, identifier, functions.of(name));
        } else if (type instanceof ValueType value) {
            switch (value.kind()) {
                case RECORD -> block("record " + identifier, value, ": ");
                case VARIANT -> block("variant " + identifier, value, "");
                case ENUM -> block("enum " + identifier, value, "");
                case FLAGS -> block("flags " + identifier, value, "");
                default -> line("type " + identifier + " = " + shape(value) + ";");
            }
        } else {
            line("// " + identifier + ": " + type.words() + ", which WIT has no name for");
        }
    }

    private void block(String head, ValueType type, String separator) {
        line(head + " {");
        for (int i = 0; i < type.labels().size(); i++) {
            String label = WitNames.identifier(type.labels().get(i));
            ValueType part =
                    type.parts().isEmpty() ? ValueType.NONE : type.parts().get(i);
            if (type.kind() == Kind.RECORD) {
                label += separator + name(part);
            } else if (part.kind() != Kind.NONE) {
                label += "(" + name(part) + ")";
            }
            line("  " + label + ",");
        }
        line("}");
    }

    private void resource(String name, String identifier, List<ResourceFunctions.Member> members) {
        boolean empty = true;
        for (ResourceFunctions.Member member : members) {
            String text = member(name, member.name(), member.function());
            if (!text.isEmpty()) {
                if (empty) {
                    line("resource " + identifier + " {");
                }
                empty = false;
                line("  " + text + ";");
            }
        }
        line(empty ? "resource " + identifier + ";" : "}");
    }

    private String member(String resource, String item, FunctionShape function) {
        if (item.equals(CONSTRUCTOR + resource)) {
            String result = function.result().kind() == Kind.OWN ? "" : " -> " + name(function.result());
            return "constructor" + parameters(function, false) + result;
        }
        if (item.startsWith("[method]" + resource + ".")) {
            return WitNames.identifier(item.substring(item.indexOf('.') + 1)) + ": " + function(function, true);
        }
        if (item.startsWith("[static]" + resource + ".")) {
            return WitNames.identifier(item.substring(item.indexOf('.') + 1)) + ": static " + function(function, false);
        }
        return "";
    }

    String function(FunctionShape function, boolean method) {
        String result = function.result().kind() == Kind.NONE ? "" : " -> " + name(function.result());
        return (function.async() ? "async " : "") + "func" + parameters(function, method) + result;
    }

    private String parameters(FunctionShape function, boolean method) {
        StringBuilder text = new StringBuilder("(");
        for (int i = method ? 1 : 0; i < function.parameters().size(); i++) {
            if (text.length() > 1) {
                text.append(", ");
            }
            text.append(limit.part(WitNames.identifier(function.names().get(i))))
                    .append(": ")
                    .append(name(function.parameters().get(i)));
        }
        return text.append(')').toString();
    }

    /** A reference to a type: by its name where it has one here, by what it is made of elsewhere. */
    private String name(ValueType type) {
        String name = localTypes.get(type);
        return name == null ? shape(type) : limit.part(WitNames.identifier(name));
    }

    private String shape(ValueType type) {
        if (type.weight() > MAX_PARTS) {
            throw new ComponentException("a type has more than " + MAX_PARTS + " parts, too many for WIT text");
        }
        List<ValueType> parts = type.parts();
        return switch (type.kind()) {
            case NONE -> limit.part("_");
            case PRIMITIVE -> limit.part(type.words());
            case LIST -> limit.part("list<") + name(parts.getFirst()) + ">";
            case FIXED_LIST -> limit.part("list<") + name(parts.getFirst()) + ", " + type.length() + ">";
            case MAP -> limit.part("map<") + name(parts.getFirst()) + ", " + name(parts.getLast()) + ">";
            case OPTION -> limit.part("option<") + name(parts.getFirst()) + ">";
            case STREAM -> element("stream", parts.getFirst());
            case FUTURE -> element("future", parts.getFirst());
            case TUPLE -> {
                StringBuilder text = new StringBuilder(limit.part("tuple<"));
                for (ValueType part : parts) {
                    text.append(text.length() > 6 ? ", " : "").append(name(part));
                }
                yield text.append('>').toString();
            }
            case RESULT -> result(parts.getFirst(), parts.getLast());
            case OWN -> resourceName(type);
            case BORROW -> limit.part("borrow<") + resourceName(type) + ">";
            // These have to have names; an instance that nobody imports or exports may lack them.
            case RECORD, VARIANT, ENUM, FLAGS -> limit.part("/* " + type.words() + " without a name */ _");
        };
    }

    private String element(String word, ValueType type) {
        return type.kind() == Kind.NONE ? limit.part(word) : limit.part(word) + "<" + name(type) + ">";
    }

    private String result(ValueType ok, ValueType error) {
        String word = limit.part("result");
        if (error.kind() != Kind.NONE) {
            return word + "<" + name(ok) + ", " + name(error) + ">";
        }
        return ok.kind() == Kind.NONE ? word : word + "<" + name(ok) + ">";
    }

    private String resourceName(ValueType handle) {
        ResourceReference resource = handle.resource();
        String name = resource == null ? null : localResources.get(resource.identity());
        return limit.part(name == null ? "/* a resource without a name */ _" : WitNames.identifier(name));
    }
}
