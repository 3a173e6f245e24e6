package infrarust.wasm.component.wit;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names as WIT spells them. */
final class WitNames {

    private static final Set<String> KEYWORDS = Set.of(
            "as",
            "async",
            "bool",
            "borrow",
            "char",
            "constructor",
            "enum",
            "export",
            "f32",
            "f64",
            "flags",
            "from",
            "func",
            "future",
            "import",
            "include",
            "interface",
            "list",
            "map",
            "option",
            "own",
            "package",
            "record",
            "resource",
            "result",
            "s16",
            "s32",
            "s64",
            "s8",
            "static",
            "stream",
            "string",
            "tuple",
            "type",
            "u16",
            "u32",
            "u64",
            "u8",
            "use",
            "variant",
            "with",
            "world",
            "error-context");

    private WitNames() {}

    /** An identifier; words of the language are marked. */
    static String identifier(String name) {
        return KEYWORDS.contains(name) ? "%" + name : name;
    }

    /** Whether it names an interface of a package and not something of this component alone. */
    static boolean isInterface(String name) {
        return name.indexOf(':') >= 0 && name.indexOf('/') >= 0;
    }

    /** {@code a:b@1.0.0} of {@code a:b/c@1.0.0}. */
    static String packageOf(String name) {
        int slash = name.indexOf('/');
        int at = name.indexOf('@');
        return name.substring(0, slash) + (at < 0 ? "" : name.substring(at));
    }

    /** {@code c} of {@code a:b/c@1.0.0}. */
    static String interfaceOf(String name) {
        int slash = name.indexOf('/');
        int at = name.indexOf('@');
        return identifier(at < 0 ? name.substring(slash + 1) : name.substring(slash + 1, at));
    }

    /** How an interface is called from another, or from the world. */
    static String path(String name, @Nullable String from) {
        if (!isInterface(name)) {
            return identifier(name);
        }
        boolean near = from != null && isInterface(from) && packageOf(from).equals(packageOf(name));
        return near ? interfaceOf(name) : name;
    }
}
