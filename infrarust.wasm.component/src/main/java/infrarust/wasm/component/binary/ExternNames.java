package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;
import java.util.Locale;

/**
 * The grammar of the names of imports and exports (Explainer.md, "Import and Export Definitions" and "Name Uniqueness"). Names
 * are walked over by hand: they are checked each time that a component is loaded, before anything else has warmed up.
 */
public final class ExternNames {

    /** What a name is. */
    public enum Kind {
        PLAIN,
        CONSTRUCTOR,
        METHOD,
        STATIC,
        INTERFACE,
        /** Names another component rather than an interface; only imports may. */
        DEPENDENCY
    }

    private static final String CONSTRUCTOR = "[constructor]";
    private static final String METHOD = "[method]";
    private static final String STATIC = "[static]";

    private ExternNames() {}

    /** What the name is, or would be if it were valid. */
    public static Kind kind(String name) {
        if (name.startsWith("[")) {
            if (name.startsWith(METHOD)) {
                return Kind.METHOD;
            }
            if (name.startsWith(STATIC)) {
                return Kind.STATIC;
            }
            if (name.startsWith(CONSTRUCTOR)) {
                return Kind.CONSTRUCTOR;
            }
        }
        if (name.indexOf('=') >= 0) {
            return Kind.DEPENDENCY;
        }
        return name.indexOf(':') >= 0 ? Kind.INTERFACE : Kind.PLAIN;
    }

    /** The resource that an annotated name belongs to, such as {@code player} of {@code [method]player.id}. */
    public static String resource(String name) {
        int start = name.indexOf(']') + 1;
        int end = name.indexOf('.', start);
        return end < 0 ? name.substring(start) : name.substring(start, end);
    }

    /** The form in which names have to differ from each other: without case, and without the annotation of functions. */
    public static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Kind kind = kind(lower);
        if (kind == Kind.DEPENDENCY) {
            return name;
        }
        if (kind != Kind.METHOD && kind != Kind.STATIC) {
            return lower;
        }
        String rest = lower.substring(lower.indexOf(']') + 1);
        int dot = rest.indexOf('.');
        boolean twice = dot >= 0 && rest.substring(0, dot).equals(rest.substring(dot + 1));
        return twice ? rest.substring(0, dot) : rest;
    }

    /**
     * Checks the name of an import or export.
     *
     * @param offset where it stands, for the error
     */
    public static void check(String name, boolean isImport, int offset) {
        switch (kind(name)) {
            case PLAIN -> label(name, "name", offset);
            case CONSTRUCTOR -> label(name.substring(CONSTRUCTOR.length()), "resource name", offset);
            case METHOD -> twoLabels(name, METHOD.length(), offset);
            case STATIC -> twoLabels(name, STATIC.length(), offset);
            case INTERFACE -> interfaceName(name, offset);
            case DEPENDENCY -> DependencyNames.check(name, isImport, offset);
        }
    }

    private static void twoLabels(String name, int start, int offset) {
        int dot = name.indexOf('.', start);
        if (dot < 0) {
            throw new ComponentException("'" + name + "' has no '.' between a resource and a function", offset);
        }
        label(name.substring(start, dot), "resource name", offset);
        label(name.substring(dot + 1), "function name", offset);
    }

    /**
     * Checks that a name is a label: words of lower case or acronyms of upper case, joined by hyphens, the first of which starts
     * with a letter.
     */
    public static void label(String name, String what, int offset) {
        if (!isLabel(name, true)) {
            throw new ComponentException(
                    name.isEmpty() ? "a " + what + " is empty" : "the " + what + " '" + name + "' is not in kebab case",
                    offset);
        }
    }

    static boolean isLabel(String name, boolean acronyms) {
        boolean first = true;
        boolean lower = false;
        boolean upper = false;
        boolean empty = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '-') {
                if (empty) {
                    return false;
                }
                first = false;
                empty = true;
                lower = false;
                upper = false;
                continue;
            }
            if (c >= 'a' && c <= 'z') {
                lower = true;
            } else if (acronyms && c >= 'A' && c <= 'Z') {
                upper = true;
            } else if (c < '0' || c > '9' || (first && empty)) {
                return false;
            }
            if (lower && upper) {
                return false;
            }
            empty = false;
        }
        return !empty;
    }

    /** Checks {@code namespace:package/interface@version}. */
    static void interfaceName(String name, int offset) {
        int colon = name.indexOf(':');
        int slash = name.indexOf('/', colon + 1);
        if (colon < 0 || slash < 0) {
            throw invalid(name, "is no interface name: it has to read namespace:package/interface", offset);
        }
        words(name, name.substring(0, colon), offset);
        words(name, name.substring(colon + 1, slash), offset);
        int at = name.indexOf('@', slash);
        String projection = at < 0 ? name.substring(slash + 1) : name.substring(slash + 1, at);
        if (!isLabel(projection, true)) {
            throw invalid(name, "is no interface name: '" + projection + "' is not in kebab case", offset);
        }
        if (at >= 0) {
            String version = name.substring(at + 1);
            if (!Versions.isSemver(version) && !Versions.isCanonical(version)) {
                throw invalid(name, "is no interface name: '" + version + "' is not a semantic version", offset);
            }
        }
    }

    private static void words(String name, String words, int offset) {
        if (!isLabel(words, false)) {
            throw invalid(name, "is no interface name: '" + words + "' is not in lower kebab case", offset);
        }
    }

    static ComponentException invalid(String name, String why, int offset) {
        return new ComponentException("'" + name + "' " + why, offset);
    }
}
