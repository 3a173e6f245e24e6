package infrarust.proxy.routing;

/**
 * A domain with {@code *} (any run of characters, dots included, also none) or {@code ?} (exactly one character).
 * Immutable.
 */
public final class Wildcard {

    private final String pattern;
    private final int literals;

    /** Of a {@linkplain HostName#normalize normalized} pattern. */
    Wildcard(String pattern) {
        // Runs of stars mean one star; fewer stars are fewer places to come back to.
        this.pattern = pattern.replaceAll("\\*+", "*");
        this.literals =
                (int) this.pattern.chars().filter(c -> c != '*' && c != '?').count();
    }

    /** Whether a domain is one. */
    public static boolean isWildcard(String domain) {
        return domain.indexOf('*') >= 0 || domain.indexOf('?') >= 0;
    }

    /** How many characters stand for themselves; the more, the more specific. */
    int literals() {
        return literals;
    }

    int length() {
        return pattern.length();
    }

    /**
     * Whether the whole host fits. Coming back only ever to the last star, this takes at most pattern times host steps and
     * no memory; both are at most 255 characters, and a pattern with one star at most is decided in one pass.
     */
    boolean matches(String host) {
        int at = 0;
        int in = 0;
        int star = -1;
        int afterStar = 0;
        while (at < host.length()) {
            char wanted = in < pattern.length() ? pattern.charAt(in) : '\0';
            if (in < pattern.length() && wanted == '*') {
                star = in++;
                afterStar = at;
                if (pattern.indexOf('*', in) < 0) {
                    // The last star takes what is left but for as many characters as stand behind it.
                    int rest = pattern.length() - in;
                    if (host.length() - at < rest) {
                        return false;
                    }
                    at = host.length() - rest;
                    star = -1;
                }
            } else if (in < pattern.length() && (wanted == '?' || wanted == host.charAt(at))) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++afterStar;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '*') {
            in++;
        }
        return in == pattern.length();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
