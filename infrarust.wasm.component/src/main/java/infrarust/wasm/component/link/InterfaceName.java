package infrarust.wasm.component.link;

import infrarust.wasm.component.bind.WitInterface;

/**
 * The name of an import or export, such as {@code wasi:io/streams@0.2.9}.
 *
 * @param name what stands before the version
 * @param version what stands behind {@code @}, or nothing
 */
record InterfaceName(String name, String version) {

    static InterfaceName parse(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? new InterfaceName(text, "") : new InterfaceName(text.substring(0, at), text.substring(at + 1));
    }

    /** How messages name a function of an interface. */
    static String function(String instance, String function) {
        return instance.equals(WitInterface.ROOT) ? "'" + function + "'" : "'" + function + "' of " + instance;
    }

    /** How messages name an import. */
    static String function(Item.Origin origin) {
        if (origin.path().isEmpty()) {
            return function(origin.instance(), origin.name());
        }
        return "'" + origin.name() + "' of " + origin.instance() + " / " + String.join(" / ", origin.path());
    }

    /** Whether two names are equal but for compatible versions. */
    static boolean isCompatible(String one, String other) {
        InterfaceName ours = parse(one);
        InterfaceName theirs = parse(other);
        return ours.name.equals(theirs.name)
                && !ours.version.isEmpty()
                && !theirs.version.isEmpty()
                && track(ours.version).equals(track(theirs.version));
    }

    /** Whether an annotated Java type stands for that import or export. */
    static boolean matches(WitInterface annotation, String text) {
        if (annotation.value().equals(text)) {
            return true;
        }
        if (annotation.versions() == WitInterface.Versions.EXACT) {
            return false;
        }
        return isCompatible(annotation.value(), text);
    }

    /** The part of a version within which newer ones are compatible; a pre-release is compatible with itself only. */
    private static String track(String version) {
        if (version.indexOf('-') >= 0) {
            return version;
        }
        String[] numbers = version.split("\\+", 2)[0].split("\\.", -1);
        if (!numbers[0].equals("0")) {
            return numbers[0];
        }
        if (numbers.length > 1 && !numbers[1].equals("0")) {
            return "0." + numbers[1];
        }
        return version;
    }
}
