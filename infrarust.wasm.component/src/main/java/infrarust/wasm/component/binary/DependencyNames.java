package infrarust.wasm.component.binary;

/**
 * Names of imports that stand for another component: {@code unlocked-dep=<a:b@{>=1.2.0}>}, {@code locked-dep=<a:b@1.2.0>},
 * {@code url=<…>}, each with {@code ,integrity=<…>}, or {@code integrity=<…>} alone. The Component Model has given them up for
 * attributes; older tools write them.
 */
final class DependencyNames {

    private DependencyNames() {}

    static void check(String name, boolean isImport, int offset) {
        if (!isImport) {
            throw ExternNames.invalid(name, "is no name for an export", offset);
        }
        int open = name.indexOf("=<");
        String kind = open < 0 ? "" : name.substring(0, open);
        int close = open < 0 ? -1 : name.indexOf('>', open);
        boolean valid = switch (kind) {
            case "unlocked-dep" -> name.endsWith(">") && isPackage(name.substring(open + 2, name.length() - 1), true);
            case "locked-dep" ->
                close >= 0
                        && isPackage(name.substring(open + 2, close), false)
                        && isIntegrity(name.substring(close + 1), true);
            case "url" ->
                close >= 0
                        && name.substring(open + 2, close).indexOf('<') < 0
                        && isIntegrity(name.substring(close + 1), true);
            case "integrity" -> isIntegrity(name, false);
            default -> false;
        };
        if (!valid) {
            throw ExternNames.invalid(name, "is no valid name for an import", offset);
        }
    }

    /** A package, with any version, an exact one or a range. */
    private static boolean isPackage(String text, boolean range) {
        int at = text.indexOf('@');
        String name = at < 0 ? text : text.substring(0, at);
        int colon = name.indexOf(':');
        if (colon < 0
                || !ExternNames.isLabel(name.substring(0, colon), false)
                || !ExternNames.isLabel(name.substring(colon + 1), false)) {
            return false;
        }
        if (at < 0) {
            return true;
        }
        String version = text.substring(at + 1);
        if (!range) {
            return Versions.isSemver(version);
        }
        return version.equals("*")
                || (version.startsWith("{")
                        && version.endsWith("}")
                        && isRange(version.substring(1, version.length() - 1)));
    }

    /** {@code >=a}, {@code <b} or both. */
    private static boolean isRange(String text) {
        int space = text.indexOf(' ');
        String low = space < 0 ? text : text.substring(0, space);
        if (low.startsWith("<")) {
            return space < 0 && Versions.isSemver(low.substring(1));
        }
        if (!low.startsWith(">=") || !Versions.isSemver(low.substring(2))) {
            return false;
        }
        return space < 0 || (text.startsWith("<", space + 1) && Versions.isSemver(text.substring(space + 2)));
    }

    private static boolean isIntegrity(String text, boolean afterComma) {
        if (afterComma && text.isEmpty()) {
            return true;
        }
        String prefix = afterComma ? ",integrity=<" : "integrity=<";
        if (!text.startsWith(prefix) || !text.endsWith(">")) {
            return false;
        }
        String hashes = text.substring(prefix.length(), text.length() - 1);
        boolean any = false;
        int start = 0;
        for (int i = 0; i <= hashes.length(); i++) {
            if (i == hashes.length() || hashes.charAt(i) == ' ') {
                if (i > start) {
                    if (!isHash(hashes.substring(start, i))) {
                        return false;
                    }
                    any = true;
                }
                start = i + 1;
            }
        }
        return any;
    }

    /** {@code sha256-…} with base 64 and options (Subresource Integrity). */
    private static boolean isHash(String text) {
        int hyphen = text.indexOf('-');
        if (hyphen < 0) {
            return false;
        }
        String algorithm = text.substring(0, hyphen);
        if (!algorithm.equals("sha256") && !algorithm.equals("sha384") && !algorithm.equals("sha512")) {
            return false;
        }
        int options = text.indexOf('?', hyphen);
        String digest = options < 0 ? text.substring(hyphen + 1) : text.substring(hyphen + 1, options);
        int padding = 0;
        for (int i = 0; i < digest.length(); i++) {
            char c = digest.charAt(i);
            if (c == '=') {
                padding++;
            } else if (padding > 0 || (!Character.isLetterOrDigit(c) && c != '+' && c != '/') || c > 'z') {
                return false;
            }
        }
        return !digest.isEmpty() && digest.length() > padding && padding <= 2;
    }
}
