package infrarust.wasm.component.wit;

import infrarust.wasm.component.validate.ComponentShape;
import infrarust.wasm.component.validate.Entity;
import infrarust.wasm.component.validate.FunctionShape;
import infrarust.wasm.component.validate.InstanceShape;
import infrarust.wasm.component.validate.Type;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a component as WIT: the world {@code root} of the package {@code root:component}, then the packages it refers to. */
public final class WitPrinter {

    private final ComponentShape component;
    private final TypeNames types = new TypeNames();

    /** Interfaces by name; one that is both imported and exported is written once, since it is the same. */
    private final Map<String, InstanceShape> interfaces = new LinkedHashMap<>();

    private WitPrinter(ComponentShape component) {
        this.component = component;
    }

    /** The text for a component's type. */
    public static String print(ComponentShape component) {
        return new WitPrinter(component).text();
    }

    private String text() {
        types.addAll("", component.imports());
        collect(component.imports());
        types.addAll("", component.exports());
        collect(component.exports());
        StringBuilder out = new StringBuilder("package root:component;\n\nworld root {\n");
        world(out);
        out.append("}\n");
        packages(out);
        return out.toString();
    }

    private void collect(Map<String, Entity> entities) {
        entities.forEach((name, entity) -> {
            if (entity instanceof Entity.Instance(InstanceShape instance)) {
                types.addAll(name, instance.exports());
                if (WitNames.isInterface(name)) {
                    interfaces.putIfAbsent(name, instance);
                }
            }
        });
    }

    private void world(StringBuilder out) {
        InterfaceText text = new InterfaceText(out, types, "", "  ");
        text.rememberAll(component.imports());
        text.rememberAll(component.exports());
        text.uses(component.imports());
        items(out, text, "import", component.imports());
        if (!component.imports().isEmpty() && !component.exports().isEmpty()) {
            out.append('\n');
        }
        items(out, text, "export", component.exports());
    }

    private void items(StringBuilder out, InterfaceText text, String keyword, Map<String, Entity> entities) {
        entities.forEach((name, entity) -> {
            switch (entity) {
                case Entity.Named(Type type) -> {
                    if (keyword.equals("import") || !component.imports().containsKey(name)) {
                        text.type(name, type, entities);
                    }
                }
                case Entity.Function(FunctionShape function) -> {
                    if (!name.startsWith("[")) {
                        out.append("  ")
                                .append(keyword)
                                .append(' ')
                                .append(WitNames.identifier(name))
                                .append(": ")
                                .append(text.function(function, false))
                                .append(";\n");
                    }
                }
                case Entity.Instance(InstanceShape instance) -> instance(out, keyword, name, instance);
                case Entity.Component _ ->
                    out.append("  // ").append(keyword).append(' ').append(name).append(": a component\n");
                case Entity.Module _ ->
                    out.append("  // ").append(keyword).append(' ').append(name).append(": a core module\n");
            }
        });
    }

    private void instance(StringBuilder out, String keyword, String name, InstanceShape instance) {
        out.append("  ").append(keyword).append(' ').append(WitNames.path(name, null));
        if (WitNames.isInterface(name)) {
            out.append(";\n");
        } else if (instance.exports().isEmpty()) {
            out.append(": interface {}\n");
        } else {
            out.append(": interface {\n");
            new InterfaceText(out, types, name, "    ").items(instance.exports());
            out.append("  }\n");
        }
    }

    private void packages(StringBuilder out) {
        Map<String, StringBuilder> packages = new LinkedHashMap<>();
        interfaces.forEach((name, instance) -> {
            StringBuilder body = packages.computeIfAbsent(WitNames.packageOf(name), _ -> new StringBuilder());
            body.append(body.isEmpty() ? "" : "\n").append("  interface ").append(WitNames.interfaceOf(name));
            if (instance.exports().isEmpty()) {
                body.append(" {}\n");
            } else {
                body.append(" {\n");
                new InterfaceText(body, types, name, "    ").items(instance.exports());
                body.append("  }\n");
            }
        });
        packages.forEach((name, body) -> out.append("\npackage ")
                .append(name)
                .append(" {\n")
                .append(body)
                .append("}\n"));
    }
}
