package infrarust.proxy.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How the proxy takes leave of its players.
 *
 * @param message what they read first, in their chat, when they have time to leave; empty: nothing
 * @param transferTo where clients that can (since 1.20.5) are sent instead of being disconnected
 * @param drainTimeout how long players have to leave by themselves before they are disconnected; zero for none
 * @param disconnectMessage what those read who are disconnected
 */
public record ShutdownSettings(
        String message, Optional<Address> transferTo, Duration drainTimeout, String disconnectMessage) {

    /** What the packet carries. */
    private static final int MAX_HOST = 255;

    private static final String TEXT = "Proxy is shutting down";

    /** Everybody is disconnected at once. */
    public static ShutdownSettings defaults() {
        return new ShutdownSettings(TEXT, Optional.empty(), Duration.ZERO, TEXT);
    }

    /** Reads the table {@code shutdown}. */
    static ShutdownSettings read(Table table) {
        ShutdownSettings defaults = defaults();
        return new ShutdownSettings(
                table.text("message").orElse(defaults.message()),
                table.parsed("transfer_to", "an address like \"play.example.org:25565\"", ShutdownSettings::peer),
                table.duration("drain_timeout", Duration.ZERO, defaults.drainTimeout()),
                table.text("disconnect_message").orElse(defaults.disconnectMessage()));
    }

    private static Address peer(String text) {
        Address address = BackendKeys.address(text);
        if (address.host().length() > MAX_HOST) {
            throw new IllegalArgumentException("clients take a host of up to " + MAX_HOST + " characters");
        }
        return address;
    }
}
