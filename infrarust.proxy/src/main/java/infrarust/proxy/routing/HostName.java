package infrarust.proxy.routing;

import java.util.Locale;

/** The host of a handshake as it counts for routing (spec: proxy facts, section 4). */
public final class HostName {

    private HostName() {}

    /**
     * Cuts everything from the first NUL on (Forge's markers and what forwarding proxies append), removes trailing dots
     * (clients add one after SRV look-ups), and ignores case.
     */
    public static String normalize(String sent) {
        int end = sent.indexOf('\0');
        if (end < 0) {
            end = sent.length();
        }
        while (end > 0 && sent.charAt(end - 1) == '.') {
            end--;
        }
        // Without a language: in Turkish, "PLAY.EXAMPLE.COM" and "play.example.com" would differ.
        return sent.substring(0, end).toLowerCase(Locale.ROOT);
    }
}
