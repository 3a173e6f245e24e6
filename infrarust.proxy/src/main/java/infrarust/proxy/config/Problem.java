package infrarust.proxy.config;

/**
 * One thing wrong, or doubtful, in a configuration file, written for the operator.
 *
 * @param file as the operator would name it, relative to the working directory where possible
 * @param line counted from 1; 0 when the whole file is meant
 * @param column counted from 1; 0 when the whole line is meant
 * @param text what is wrong, with the value seen and what would be right
 */
public record Problem(String file, int line, int column, String text) {

    /** {@code file:line:column: text}, without the parts that are not known. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "") + ": " + text;
    }
}
