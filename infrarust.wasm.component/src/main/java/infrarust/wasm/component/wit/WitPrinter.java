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
    private final TextLimit limit = new TextLimit();

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
        InterfaceText text = new InterfaceText(out, limit, types, "", "  ");
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
        ResourceFunctions functions = new ResourceFunctions(entities);
        entities.forEach((name, entity) -> {
            switch (entity) {
                case Entity.Named(Type type) -> {
                    if (keyword.equals("import") || !component.imports().containsKey(name)) {
                        text.type(name, type, functions);
                    }
                }
                case Entity.Function(FunctionShape function) -> {
                    if (!name.startsWith("[")) {
                        text.line(keyword + " " + WitNames.identifier(name) + ": " + text.function(function, false)
                                + ";");
                    }
                }
                case Entity.Instance(InstanceShape instance) ->
                    instance(out, text, keyword + " " + WitNames.path(name, null), name, instance);
                case Entity.Component _ -> text.line("// " + keyword + " " + name + ": a component");
                case Entity.Module _ -> text.line("// " + keyword + " " + name + ": a core module");
            }
        });
    }

    private void instance(StringBuilder out, InterfaceText world, String head, String name, InstanceShape instance) {
        if (WitNames.isInterface(name)) {
            world.line(head + ";");
        } else if (instance.exports().isEmpty()) {
            world.line(head + ": interface {}");
        } else {
            world.line(head + ": interface {");
            new InterfaceText(out, limit, types, name, "    ").items(instance.exports());
            world.line("}");
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
                new InterfaceText(body, limit, types, name, "    ").items(instance.exports());
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
