package infrarust.e2e;

import net.minestom.server.Auth;
import net.minestom.server.MinecraftServer;
import net.minestom.server.coordinate.Pos;
import net.minestom.server.event.player.AsyncPlayerConfigurationEvent;
import net.minestom.server.event.player.PlayerChatEvent;
import net.minestom.server.event.player.PlayerPluginMessageEvent;
import net.minestom.server.event.player.PlayerSpawnEvent;
import net.minestom.server.instance.block.Block;

/**
 * A server of the newest Minecraft version: a flat meadow in which everyone is welcomed, chat is said again and plugin
 * messages on {@code e2e:echo} come back.
 *
 * <p>Arguments: the port on 127.0.0.1, and from how many bytes on packets are compressed (0 or less: never).
 */
public final class MinestomServer {

    private MinestomServer() {}

    /** Starts the server and leaves it running. */
    public static void main(String[] arguments) {
        MinecraftServer server = MinecraftServer.init(new Auth.Offline());
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
                        event -> event.getPlayer().sendMessage("welcome to " + MinecraftServer.VERSION_NAME))
                .addListener(PlayerChatEvent.class, event -> {
                    event.setCancelled(true);
                    event.getPlayer().sendMessage("heard " + event.getRawMessage());
                })
                .addListener(PlayerPluginMessageEvent.class, event -> {
                    if (event.getIdentifier().equals("e2e:echo")) {
                        event.getPlayer().sendPluginMessage("e2e:echo", event.getMessage());
                    }
                });
        server.start("127.0.0.1", Integer.parseInt(arguments[0]));
    }
}
