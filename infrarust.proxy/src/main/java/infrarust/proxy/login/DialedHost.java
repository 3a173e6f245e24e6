package infrarust.proxy.login;

import java.util.Arrays;

/**
 * The host of a handshake in its two parts.
 *
 * @param name what is dialed
 * @param markers what mod loaders append, from the first NUL on ({@code \0FML\0}, {@code \0FML2\0}, {@code \0FORGE}), or empty
 */
record DialedHost(String name, String markers) {

    /** The marker of Forge up to 1.12. */
    static final String FML = "\0FML\0";

    /**
     * Takes a host apart. What a server with BungeeCord's forwarding could read as an identity (two or more pieces behind the
     * name) is not the client's to say: of that, only the marker of a mod loader is left.
     */
    @SuppressWarnings("StringSplitter") // what is surprising about it is what such servers do
    static DialedHost of(String host) {
        int end = host.indexOf(0);
        if (end < 0) {
            return new DialedHost(host, "");
        }
        // Counted as such a server counts: with String.split, which drops empty pieces at the end.
        String[] pieces = host.split("\0");
        String markers = pieces.length <= 2
                ? host.substring(end)
                : Arrays.stream(pieces, 1, pieces.length)
                        .filter(DialedHost::isLoader)
                        .findFirst()
                        .map(marker -> "\0" + marker + "\0")
                        .orElse("");
        return new DialedHost(host.substring(0, end), markers);
    }

    private static boolean isLoader(String piece) {
        return piece.startsWith("FML") || piece.startsWith("FORGE");
    }

    String whole() {
        return name + markers;
    }
}
