package infrarust.e2e;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.stream.Collectors;
import net.minestom.server.Auth;
import net.minestom.server.MinecraftServer;
import net.minestom.server.command.builder.Command;
import net.minestom.server.command.builder.arguments.ArgumentType;
import net.minestom.server.coordinate.Pos;
import net.minestom.server.entity.Player;
import net.minestom.server.event.player.AsyncPlayerConfigurationEvent;
import net.minestom.server.event.player.PlayerChatEvent;
import net.minestom.server.event.player.PlayerPluginMessageEvent;
import net.minestom.server.event.player.PlayerSpawnEvent;
import net.minestom.server.instance.block.Block;
import net.minestom.server.network.player.PlayerSocketConnection;

/**
 * A server of the newest Minecraft version: a flat meadow in which everyone is welcomed, chat is said again and plugin
 * messages on {@code e2e:echo} come back.
 *
 * <p>Arguments: the port on 127.0.0.1, from how many bytes on packets are compressed (0 or less: never), and how it is
 * told who players are: {@code offline} (not at all; also when left out), {@code online} (it asks itself), {@code bungee},
 * {@code guard:TOKEN} or {@code velocity:SECRET}. It tells each player what it was told.
 */
public final class MinestomServer {

    private MinestomServer() {}

    /** Starts the server and leaves it running. */
    public static void main(String[] arguments) {
        MinecraftServer server = MinecraftServer.init(auth(arguments.length > 2 ? arguments[2] : "offline"));
        MinecraftServer.setCompressionThreshold(Integer.parseInt(arguments[1]));
        var meadow = MinecraftServer.getInstanceManager().createInstanceContainer();
        meadow.setGenerator(unit -> unit.modifier().fillHeight(0, 40, Block.GRASS_BLOCK));

        MinecraftServer.getGlobalEventHandler()
                .addListener(AsyncPlayerConfigurationEvent.class, event -> {
                    event.setSpawningInstance(meadow);
                    event.getPlayer().setRespawnPoint(new Pos(0, 42, 0));
                })
                .addListener(
                        PlayerSpawnEvent.class,
                        event -> {
                            event.getPlayer().sendMessage("welcome to " + MinecraftServer.VERSION_NAME);
                            event.getPlayer().sendMessage(known(event.getPlayer()));
                        })
                .addListener(PlayerChatEvent.class, event -> {
                    event.setCancelled(true);
                    event.getPlayer().sendMessage("heard " + event.getRawMessage());
                })
                .addListener(PlayerPluginMessageEvent.class, event -> {
                    if (event.getIdentifier().equals("e2e:echo")) {
                        event.getPlayer().sendPluginMessage("e2e:echo", event.getMessage());
                    }
                });
        // A command with arguments that only the game knows, so that the tree of commands has some.
        var place = new Command("place");
        place.addSyntax(
                (sender, context) -> sender.sendMessage("placed"),
                ArgumentType.RelativeVec3("position"),
                ArgumentType.BlockState("block"),
                ArgumentType.Integer("count").between(1, 64));
        MinecraftServer.getCommandManager().register(place);
        server.start("127.0.0.1", Integer.parseInt(arguments[0]));
    }

    private static Auth auth(String word) {
        String[] parts = word.split(":", 2);
        return switch (parts[0]) {
            case "offline" -> new Auth.Offline();
            case "online" -> new Auth.Online();
            case "bungee" -> new Auth.Bungee();
            case "guard" -> new Auth.Bungee(Set.of(parts[1]));
            case "velocity" -> new Auth.Velocity(parts[1]);
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static String known(Player player) {
        var profile = player.getPlayerConnection() instanceof PlayerSocketConnection socket
                ? socket.gameProfile()
                : null;
        String address = ((InetSocketAddress) player.getPlayerConnection().getRemoteAddress()).getHostString();
        String properties = profile == null
                ? ""
                : profile.properties().stream()
                        .map(property -> property.name() + "=" + property.value() + "/" + property.signature())
                        .collect(Collectors.joining(","));
        return "known as " + player.getUsername() + " " + player.getUuid() + " from " + address + " with [" + properties
                + "]";
    }
}
