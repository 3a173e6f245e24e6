package infrarust.proxy.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlFactory;

/** One TOML file: its tree, where each key stands, and what was found wrong with it. For one thread. */
final class Document {

    /** Far above any real file; a device or a log named by mistake is not read into memory. */
    private static final long MAX_BYTES = 4 << 20;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Findings findings;
    private final String text;
    private final ObjectNode tree;
    private final KeyLocator locator;
    private final List<Table> tables = new ArrayList<>();
    private final Table root;

    private Document(Findings findings, String text, ObjectNode tree, KeyLocator locator) {
        this.findings = findings;
        this.text = text;
        this.tree = tree;
        this.locator = locator;
        this.root = table(List.of(), tree);
    }

    /**
     * Reads a file. When it cannot be read or is not TOML, the findings say why and the result is empty.
     *
     * @param findings receives what is wrong, now and while the tables are read
     */
    static Optional<Document> read(Path file, Findings findings) {
        String text;
        try {
            if (Files.isDirectory(file)) {
                findings.problem(0, "is a folder, not a file");
                return Optional.empty();
            }
            if (Files.size(file) > MAX_BYTES) {
                findings.problem(0, "is larger than " + (MAX_BYTES >> 20) + " MiB, which no configuration is");
                return Optional.empty();
            }
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            findings.problem(0, "is not UTF-8 text; save it as UTF-8");
            return Optional.empty();
        } catch (AccessDeniedException e) {
            findings.problem(0, "may not be read by this user (permission denied)");
            return Optional.empty();
        } catch (IOException e) {
            findings.problem(0, "cannot be read: " + e.getMessage());
            return Optional.empty();
        }
        return parse(text, findings);
    }

    /** As {@link #read}, for a text at hand. */
    static Optional<Document> parse(String source, Findings findings) {
        // Windows editors write a byte order mark, which TOML does not know.
        String text = source.startsWith("\uFEFF") ? source.substring(1) : source;
        try {
            return Optional.of(new Document(findings, text, tree(text), KeyLocator.of(text)));
        } catch (JacksonException e) {
            SyntaxError.report(e, text, findings);
            return Optional.empty();
        }
    }

    /** The factory's parser instead of a mapper, whose settings cost more time at start than all the files. */
    private static ObjectNode tree(String text) {
        try (JsonParser parser = new TomlFactory().createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            return (ObjectNode) node(parser);
        }
    }

    private static JsonNode node(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode table = NODES.objectNode();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String key = parser.currentName();
                    parser.nextToken();
                    table.set(key, node(parser));
                }
                yield table;
            }
            case START_ARRAY -> {
                ArrayNode list = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(node(parser));
                }
                yield list;
            }
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? NODES.numberNode(parser.getBigIntegerValue())
                        : NODES.numberNode(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            default -> NODES.pojoNode(parser.getString()); // a date or time, which no key takes
        };
    }

    /** The table of the whole file. */
    Table root() {
        return root;
    }

    Findings findings() {
        return findings;
    }

    /** The text as it was read. */
    String text() {
        return text;
    }

    /** Everything that the text says. */
    ObjectNode tree() {
        return tree;
    }

    int line(List<String> path) {
        return locator.line(path);
    }

    /** A table whose unknown keys are reported by {@link #finish}. */
    Table table(List<String> path, ObjectNode node) {
        Table table = new Table(this, path, node);
        tables.add(table);
        return table;
    }

    /** Reports every key that no reader has asked for. Call once, after all tables are read. */
    void finish() {
        for (Table table : tables) {
            table.reportUnknownKeys(root.knownKeys());
        }
    }

    @Override
    public String toString() {
        return findings.file() + tree;
    }
}
