package infrarust.proxy.config;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What servers may ask of the proxy in plugin messages.
 *
 * @param bungeecord whether the BungeeCord channel is there at all; each server has to ask for it too
 * @param commands what may be asked on it
 */
public record PluginMessagingSettings(boolean bungeecord, Set<BungeeCordCommand> commands) {

    public PluginMessagingSettings {
        commands = Set.copyOf(commands);
    }

    /** Nothing. */
    public static PluginMessagingSettings defaults() {
        return new PluginMessagingSettings(
                false,
                Arrays.stream(BungeeCordCommand.values())
                        .filter(BungeeCordCommand::isUsual)
                        .collect(Collectors.toSet()));
    }
}
