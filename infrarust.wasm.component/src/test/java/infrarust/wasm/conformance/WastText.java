package infrarust.wasm.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads the values of one command from the .wast file itself, in the form of the converter, which loses values that stand
 * without parentheses of their own: {@code (field "s" str.const "v=")}.
 */
final class WastText {

    private final String text;
    private int position;

    private WastText(String text, int position) {
        this.text = text;
        this.position = position;
    }

    /** A word or string, or a list in parentheses. */
    private record Node(String atom, List<Node> children) {
        boolean isAtom() {
            return children.isEmpty() && !atom.isEmpty();
        }

        String head() {
            return children.isEmpty() ? "" : children.getFirst().atom;
        }
    }

    /** The arguments of an {@code (invoke "name" …)} or {@code (assert_return (invoke …) …)} that starts in that line. */
    static JsonArray arguments(String text, int line) {
        return values(invoke(command(text, line)), "invoke");
    }

    /** The expected values of an {@code assert_return} that starts in that line. */
    static JsonArray expected(String text, int line) {
        JsonArray values = new JsonArray();
        Node command = command(text, line);
        for (Node node : command.children.subList(2, command.children.size())) {
            values.add(value(node));
        }
        return values;
    }

    private static Node command(String text, int line) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            start = text.indexOf('\n', start) + 1;
        }
        return new WastText(text, start).node();
    }

    private static Node invoke(Node command) {
        return command.head().equals("invoke")
                ? command
                : command.children.stream()
                        .filter(node -> node.head().equals("invoke"))
                        .findFirst()
                        .orElseThrow();
    }

    private static JsonArray values(Node invoke, String head) {
        JsonArray values = new JsonArray();
        for (Node node : invoke.children) {
            if (!node.isAtom() && !node.head().equals(head)) {
                values.add(value(node));
            }
        }
        return values;
    }

    private static JsonElement value(Node node) {
        List<Node> rest = node.children.subList(1, node.children.size());
        String type = node.head().replace(".const", "");
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        switch (type) {
            case "str" -> {
                json.addProperty("type", "string");
                json.addProperty("hex", HexFormat.of().formatHex(bytes(rest.getFirst().atom)));
            }
            case "list", "tuple" -> {
                JsonArray values = new JsonArray();
                rest.forEach(element -> values.add(value(element)));
                json.add("values", values);
            }
            case "record" -> json.add("fields", fields(rest));
            case "variant", "enum" -> {
                json.addProperty("case", string(rest.getFirst()));
                json.add("value", rest.size() > 1 ? inline(rest.subList(1, rest.size())) : JsonNull.INSTANCE);
            }
            case "flags" -> {
                JsonArray names = new JsonArray();
                rest.forEach(name -> names.add(string(name)));
                json.add("flags", names);
            }
            case "option.none", "option.some", "result.ok", "result.err" -> {
                json.addProperty("type", type.substring(0, 6));
                json.addProperty("ok", type.equals("result.ok"));
                json.add("value", rest.isEmpty() ? JsonNull.INSTANCE : inline(rest));
            }
            default -> json.add("value", new JsonPrimitive(rest.isEmpty() ? "" : rest.getFirst().atom));
        }
        return json;
    }

    private static JsonArray fields(List<Node> nodes) {
        JsonArray fields = new JsonArray();
        for (Node node : nodes) {
            JsonObject field = new JsonObject();
            field.addProperty("name", string(node.children.get(1)));
            field.add("value", inline(node.children.subList(2, node.children.size())));
            fields.add(field);
        }
        return fields;
    }

    /** A value in parentheses of its own, or in those around it. */
    private static JsonElement inline(List<Node> nodes) {
        return value(nodes.size() == 1 && !nodes.getFirst().isAtom() ? nodes.getFirst() : new Node("", nodes));
    }

    private static String string(Node node) {
        return new String(bytes(node.atom), StandardCharsets.UTF_8);
    }

    /** What stands between quotes, with its escapes. */
    private static byte[] bytes(String quoted) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String inner = quoted.substring(1, quoted.length() - 1);
        for (int i = 0; i < inner.length(); ) {
            int character = inner.codePointAt(i);
            i += Character.charCount(character);
            if (character != '\\') {
                bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            char escape = inner.charAt(i);
            if (escape == 'u') {
                int end = inner.indexOf('}', i);
                int point = Integer.parseInt(inner.substring(i + 2, end).replace("_", ""), 16);
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                i = end + 1;
            } else if (Character.digit(escape, 16) >= 0
                    && i + 1 < inner.length()
                    && Character.digit(inner.charAt(i + 1), 16) >= 0) {
                bytes.write(Integer.parseInt(inner.substring(i, i + 2), 16));
                i += 2;
            } else {
                bytes.write(
                        switch (escape) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            default -> escape;
                        });
                i++;
            }
        }
        return bytes.toByteArray();
    }

    private Node node() {
        skip();
        if (text.charAt(position) != '(') {
            return new Node(atom(), List.of());
        }
        position++;
        List<Node> children = new ArrayList<>();
        for (skip(); text.charAt(position) != ')'; skip()) {
            children.add(node());
        }
        position++;
        return new Node("", children);
    }

    private String atom() {
        int start = position;
        if (text.charAt(position) == '"') {
            for (position++; text.charAt(position) != '"'; position++) {
                if (text.charAt(position) == '\\') {
                    position++;
                }
            }
            position++;
        } else {
            while (" \t\r\n()\"".indexOf(text.charAt(position)) < 0) {
                position++;
            }
        }
        return text.substring(start, position);
    }

    private void skip() {
        while (true) {
            if (Character.isWhitespace(text.charAt(position))) {
                position++;
            } else if (text.startsWith(";;", position)) {
                position = text.indexOf('\n', position);
            } else if (text.startsWith("(;", position)) {
                position = text.indexOf(";)", position) + 2;
            } else {
                return;
            }
        }
    }
}
