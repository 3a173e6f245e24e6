package infrarust.wasm.component.type;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a component needs and offers, in WIT a world.
 *
 * @param imports by name, such as {@code wasi:io/streams@0.2.9}, in the component's order
 * @param exports by name, in the component's order
 */
public record ComponentType(Map<String, ExternType> imports, Map<String, ExternType> exports) implements ExternType {

    public ComponentType {
        imports = Collections.unmodifiableMap(new LinkedHashMap<>(imports));
        exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
    }

    /**
     * The world in the manner of WIT: one block per imported and exported instance, types spelled out where they are used. For
     * messages; {@code infrarust.wasm.component.Wit} writes what tools read.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("world root {\n");
        imports.forEach((name, type) -> describe(text, "import", name, type));
        exports.forEach((name, type) -> describe(text, "export", name, type));
        return text.append("}\n").toString();
    }

    private static void describe(StringBuilder text, String keyword, String name, ExternType type) {
        text.append("  ").append(keyword).append(' ').append(name).append(": ");
        if (type instanceof InstanceType instance) {
            text.append("interface {\n");
            instance.exports()
                    .forEach((item, itemType) -> text.append("    ")
                            .append(item)
                            .append(": ")
                            .append(itemType)
                            .append(";\n"));
            text.append("  }\n");
        } else {
            text.append(type).append(";\n");
        }
    }
}
