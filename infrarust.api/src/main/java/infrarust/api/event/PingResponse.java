package infrarust.api.event;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.kyori.adventure.text.Component;

/**
 * What a pinger gets to see. Immutable; each {@code with} method answers a changed copy.
 *
 * @param description the message of the day
 * @param onlinePlayers shown as present
 * @param maxPlayers shown as the number of slots
 * @param sample who is shown when the mouse rests on the numbers
 * @param protocolVersion a client of another one shows the version's name instead of the numbers, in red
 * @param versionName the version's name
 * @param favicon the image as a data URI, {@code data:image/png;base64,...}, of 64×64 pixels
 */
public record PingResponse(
        Component description,
        int onlinePlayers,
        int maxPlayers,
        List<SamplePlayer> sample,
        int protocolVersion,
        String versionName,
        Optional<String> favicon) {

    public PingResponse {
        sample = List.copyOf(sample);
    }

    /**
     * One line of the sample.
     *
     * @param name shown; section-sign codes colour it
     * @param uuid of the account; clients do not look at it
     */
    public record SamplePlayer(String name, UUID uuid) {}

    /** With another message of the day. */
    public PingResponse withDescription(Component next) {
        return new PingResponse(next, onlinePlayers, maxPlayers, sample, protocolVersion, versionName, favicon);
    }

    /** With other numbers of players. */
    public PingResponse withPlayers(int online, int max) {
        return new PingResponse(description, online, max, sample, protocolVersion, versionName, favicon);
    }

    /** With another sample. */
    public PingResponse withSample(List<SamplePlayer> next) {
        return new PingResponse(description, onlinePlayers, maxPlayers, next, protocolVersion, versionName, favicon);
    }

    /** With another version. */
    public PingResponse withVersion(int protocol, String name) {
        return new PingResponse(description, onlinePlayers, maxPlayers, sample, protocol, name, favicon);
    }

    /** With another image, or none. */
    public PingResponse withFavicon(Optional<String> next) {
        return new PingResponse(description, onlinePlayers, maxPlayers, sample, protocolVersion, versionName, next);
    }
}
