package infrarust.proxy.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where in a TOML text each key and each array element stands. The parser drops positions once it has built its tree,
 * so this walks the text a second time: table headers, keys and the outline of values, nothing about their meaning.
 *
 * <p>The text must have passed the parser. On anything else the walk still ends, with positions missing or off.
 */
final class KeyLocator {

    private static final char END = '\0';

    private final String text;
    private final int[] lineStarts;
    private final Map<List<String>, Integer> lines = new HashMap<>();
    /** How many elements each array of tables has so far. */
    private final Map<List<String>, Integer> elements = new HashMap<>();

    private int at;

    private KeyLocator(String text) {
        this.text = text;
        this.lineStarts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    /** Walks the text once, in time linear in its length. */
    static KeyLocator of(String text) {
        KeyLocator locator = new KeyLocator(text);
        locator.walk();
        return locator;
    }

    /** How an element of an array is written in a path. */
    static String element(int index) {
        return "[" + index + "]";
    }

    /**
     * The line, counted from 1, of a path of keys and {@linkplain #element elements}. A path that does not stand in the
     * text itself has the line of its nearest parent; the root has 0.
     */
    int line(List<String> path) {
        for (int length = path.size(); length > 0; length--) {
            Integer found = lines.get(path.subList(0, length));
            if (found != null) {
                return found;
            }
        }
        return 0;
    }

    private void walk() {
        List<String> table = List.of();
        while (skipBlankAndComments()) {
            int before = at;
            if (peek() == '[') {
                table = header();
            } else {
                keyAndValue(table);
            }
            if (at == before) {
                at++; // not TOML; go on rather than stand still
            }
        }
    }

    private List<String> header() {
        int start = at;
        boolean array = text.startsWith("[[", at);
        at += array ? 2 : 1;
        List<String> keys = dottedKey();
        while (peek() == ']') {
            at++;
        }
        List<String> path = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            path.add(keys.get(i));
            note(path, start);
            Integer count = elements.get(path);
            if (array && i == keys.size() - 1) {
                int index = count == null ? 0 : count;
                elements.put(List.copyOf(path), index + 1);
                path.add(element(index));
                note(path, start);
            } else if (count != null) {
                path.add(element(count - 1));
            }
        }
        return List.copyOf(path);
    }

    private void keyAndValue(List<String> table) {
        int start = at;
        List<String> path = new ArrayList<>(table);
        for (String key : dottedKey()) {
            path.add(key);
            note(path, start);
        }
        if (peek() == '=') {
            at++;
            skipBlank();
            value(path);
        }
    }

    private void note(List<String> path, int position) {
        int found = Arrays.binarySearch(lineStarts, position);
        lines.putIfAbsent(List.copyOf(path), found >= 0 ? found + 1 : -found - 1);
    }

    private List<String> dottedKey() {
        List<String> keys = new ArrayList<>();
        keys.add(key());
        while (peek() == '.') {
            at++;
            keys.add(key());
        }
        return keys;
    }

    private String key() {
        skipBlank();
        char first = peek();
        String key;
        if (first == '"' || first == '\'') {
            key = string(first);
        } else {
            int from = at;
            while (isBareKey(peek())) {
                at++;
            }
            key = text.substring(from, at);
        }
        skipBlank();
        return key;
    }

    private static boolean isBareKey(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private void value(List<String> path) {
        switch (peek()) {
            case '"', '\'' -> string(peek());
            case '[' -> array(path);
            case '{' -> inlineTable(path);
            default -> {
                while (at < text.length() && ",]}\n#".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
            }
        }
    }

    private void array(List<String> path) {
        at++;
        int index = 0;
        while (skipBlankAndComments() && peek() != ']') {
            int before = at;
            if (peek() == ',') {
                at++;
                continue;
            }
            List<String> element = new ArrayList<>(path);
            element.add(element(index++));
            note(element, at);
            value(element);
            if (at == before) {
                at++;
            }
        }
        at++;
    }

    private void inlineTable(List<String> path) {
        at++;
        while (skipBlankAndComments() && peek() != '}') {
            int before = at;
            if (peek() == ',') {
                at++;
                continue;
            }
            keyAndValue(path);
            if (at == before) {
                at++;
            }
        }
        at++;
    }

    /** Steps over a string and says what it means; a multi-line string, which is never a key, means nothing here. */
    private String string(char quote) {
        String fence = String.valueOf(quote).repeat(3);
        if (text.startsWith(fence, at)) {
            at += 3;
            while (at < text.length() && !text.startsWith(fence, at)) {
                at += quote == '"' && peek() == '\\' ? 2 : 1;
            }
            at = Math.min(at + 3, text.length());
            while (peek() == quote) {
                at++; // up to two quotes may stand right before the closing three
            }
            return "";
        }
        StringBuilder meaning = new StringBuilder();
        at++;
        while (at < text.length() && peek() != quote && peek() != '\n') {
            if (quote == '"' && peek() == '\\') {
                at++;
                escape(meaning);
            } else {
                meaning.append(peek());
                at++;
            }
        }
        at++;
        return meaning.toString();
    }

    private void escape(StringBuilder meaning) {
        char kind = peek();
        at++;
        switch (kind) {
            case 'b' -> meaning.append('\b');
            case 't' -> meaning.append('\t');
            case 'n' -> meaning.append('\n');
            case 'f' -> meaning.append('\f');
            case 'r' -> meaning.append('\r');
            case 'u' -> codePoint(meaning, 4);
            case 'U' -> codePoint(meaning, 8);
            default -> meaning.append(kind);
        }
    }

    private void codePoint(StringBuilder meaning, int digits) {
        int end = Math.min(at + digits, text.length());
        int value = 0;
        for (; at < end; at++) {
            value = value * 16 + Math.max(0, Character.digit(text.charAt(at), 16));
        }
        if (Character.isValidCodePoint(value)) {
            meaning.appendCodePoint(value);
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private void skipBlank() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    /** Whether there is anything left after blanks, line ends and comments. */
    private boolean skipBlankAndComments() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }
}
