package infrarust.wasm.component.wit;

import infrarust.wasm.component.type.ComponentException;

/**
 * How much text a component makes, over all its packages. Types share parts and names in the file and not in text, so that a small
 * file could ask for more than fits into memory.
 */
final class TextLimit {

    private static final int MAX_TEXT = 16_000_000;

    private int parts;
    private int lines;

    /**
     * Counts a piece of a line and answers it. Many may make one line, which is found too long before it is put together. As each
     * comes into one line, this refuses nothing that counting lines would not.
     */
    String part(String text) {
        parts = sum(parts, text.length());
        return text;
    }

    /** Counts the characters of a line before it is written. */
    void line(int length) {
        lines = sum(lines, length);
    }

    private static int sum(int count, int more) {
        long sum = (long) count + more;
        if (sum > MAX_TEXT) {
            throw new ComponentException("the component's types take more than " + MAX_TEXT + " characters of WIT");
        }
        return (int) sum;
    }
}
