package infrarust.wasm.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One command of a .wast file. */
sealed interface Command {

    /** Where it starts in the .wast file. */
    int line();

    /** The command's word, by which outcomes are counted. */
    String word();

    /**
     * A component or core module, as bytes where the text could be turned into them.
     *
     * @param name under which later commands know it
     * @param kind {@code component} or {@code module}
     * @param text whether the test gives it as quoted text, so that a refusal by the text parser is what it asks for
     * @param error why the text could not be turned into bytes
     */
    record Source(Optional<String> name, String kind, boolean text, Optional<Path> file, String error) {

        boolean isComponent() {
            return kind.equals("component");
        }

        byte[] bytes() throws IOException {
            return Files.readAllBytes(file.orElseThrow());
        }
    }

    /**
     * A call or the reading of a global.
     *
     * @param kind {@code invoke} or {@code get}
     * @param instance the name of an instance; without it the latest one is meant
     * @param arguments objects with {@code type} and {@code value}, {@code values}, {@code fields}, {@code case}, {@code flags}
     */
    record Action(String kind, Optional<String> instance, String name, JsonArray arguments) {}

    /** Defines a component, and instantiates it unless only the definition is asked for. */
    record Define(int line, String word, Source source, boolean definitionOnly) implements Command {}

    /** Instantiates a component that was defined before; {@code name} is the instance's. */
    record Instantiate(int line, String word, String name, String definition) implements Command {}

    /** A component that must be refused, because it is invalid or because it is malformed. */
    record Refusal(int line, String word, Source source, String text) implements Command {}

    /** A component whose imports cannot be satisfied. */
    record Unlinkable(int line, String word, Source source, String text) implements Command {}

    /** A component whose instantiation traps. */
    record TrappingStart(int line, String word, Source source, String text) implements Command {}

    /** A call that traps. */
    record Trap(int line, String word, Action action, String text) implements Command {}

    /** A call that returns; arguments and results have the same form. */
    record Return(int line, String word, Action action, JsonArray expected) implements Command {}

    /** A call whose result does not matter. */
    record Invoke(int line, String word, Action action) implements Command {}

    /** Offers an instance to later components under a name. */
    record Register(int line, String word, String as, Optional<String> instance) implements Command {}

    /** Something else. */
    record Unknown(int line, String word) implements Command {}

    /** Reads the {@code t.json} of a converted file. */
    static List<Command> read(Path json) throws IOException {
        try (Reader reader = Files.newBufferedReader(json)) {
            List<Command> commands = new ArrayList<>();
            JsonObject file = JsonParser.parseReader(reader).getAsJsonObject();
            for (JsonElement element : file.getAsJsonArray("commands")) {
                JsonObject command = element.getAsJsonObject();
                if (command.has("action") && command.toString().contains("\"type\":\"raw\"")) {
                    readAgain(command, Path.of(file.get("source").getAsString()));
                }
                commands.add(command(command, json.resolveSibling("")));
            }
            return commands;
        }
    }

    /** The converter could not read a value; the text itself has it. */
    private static void readAgain(JsonObject command, Path source) throws IOException {
        String text = Files.readString(source);
        int line = command.get("line").getAsInt();
        command.getAsJsonObject("action").add("args", WastText.arguments(text, line));
        if (command.has("expected")) {
            command.add("expected", WastText.expected(text, line));
        }
    }

    private static Command command(JsonObject json, Path folder) {
        String word = json.get("type").getAsString();
        int line = json.get("line").getAsInt();
        String text = string(json, "text").orElse("");
        return switch (word) {
            case "component", "module" -> {
                if (json.has("instance_of")) {
                    JsonArray names = json.getAsJsonArray("instance_of");
                    String definition = names.get(names.size() - 1).getAsString();
                    yield new Instantiate(line, word, names.get(0).getAsString(), definition);
                }
                yield new Define(
                        line, word, source(json, folder), json.get("def").getAsBoolean());
            }
            case "assert_invalid", "assert_malformed" ->
                new Refusal(line, word, source(json.getAsJsonObject("module"), folder), text);
            case "assert_unlinkable", "assert_uninstantiable" ->
                new Unlinkable(line, word, source(json.getAsJsonObject("module"), folder), text);
            case "assert_trap" ->
                json.has("module")
                        ? new TrappingStart(line, word, source(json.getAsJsonObject("module"), folder), text)
                        : new Trap(line, word, action(json.getAsJsonObject("action")), text);
            case "assert_return" ->
                new Return(line, word, action(json.getAsJsonObject("action")), json.getAsJsonArray("expected"));
            case "invoke" -> new Invoke(line, word, action(json.getAsJsonObject("action")));
            case "register" -> new Register(line, word, string(json, "as").orElseThrow(), string(json, "id"));
            default -> new Unknown(line, word);
        };
    }

    private static Source source(JsonObject json, Path folder) {
        return new Source(
                string(json, "id"),
                string(json, "kind").orElse("component"),
                string(json, "form").orElse("").equals("quote"),
                string(json, "file").map(folder::resolve),
                string(json, "parse_error").orElse(""));
    }

    private static Action action(JsonObject json) {
        return new Action(
                json.get("kind").getAsString(),
                string(json, "instance"),
                json.get("name").getAsString(),
                json.getAsJsonArray("args"));
    }

    private static Optional<String> string(JsonObject json, String key) {
        JsonElement value = json.get(key);
        return value == null || value.isJsonNull() ? Optional.empty() : Optional.of(value.getAsString());
    }
}
