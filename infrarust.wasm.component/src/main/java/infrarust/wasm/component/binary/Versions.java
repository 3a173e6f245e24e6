package infrarust.wasm.component.binary;

/** Semantic versions (semver.org, 2.0.0) and their canonical beginnings (Explainer.md, "Canonical Interface Name"). */
final class Versions {

    private Versions() {}

    static boolean isSemver(String text) {
        int plus = text.indexOf('+');
        String rest = plus < 0 ? text : text.substring(0, plus);
        if (plus >= 0 && !identifiers(text.substring(plus + 1), true)) {
            return false;
        }
        int hyphen = rest.indexOf('-');
        if (hyphen >= 0 && !identifiers(rest.substring(hyphen + 1), false)) {
            return false;
        }
        String core = hyphen < 0 ? rest : rest.substring(0, hyphen);
        int first = core.indexOf('.');
        int second = core.indexOf('.', first + 1);
        return first >= 0
                && second >= 0
                && isNumber(core.substring(0, first))
                && isNumber(core.substring(first + 1, second))
                && isNumber(core.substring(second + 1));
    }

    /** A version without its compatible part: {@code 1}, {@code 0.2} or {@code 0.0.3}. */
    static boolean isCanonical(String text) {
        if (text.startsWith("0.0.")) {
            return isNumber(text.substring(4));
        }
        String number = text.startsWith("0.") ? text.substring(2) : text;
        return isNumber(number) && !number.equals("0");
    }

    private static boolean isNumber(String text) {
        if (text.isEmpty() || text.length() > 20 || (text.length() > 1 && text.charAt(0) == '0')) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Identifiers joined by dots; numbers among those of a pre-release have no leading zeros. */
    private static boolean identifiers(String text, boolean zeros) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.') {
                if (i == start || (!zeros && isDigits(text, start, i) && !isNumber(text.substring(start, i)))) {
                    return false;
                }
                start = i + 1;
            } else if (!isDigit(c) && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
