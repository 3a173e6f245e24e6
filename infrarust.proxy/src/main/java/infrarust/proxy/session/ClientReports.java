package infrarust.proxy.session;

import infrarust.api.event.Event;
import infrarust.api.event.PlayerChannelRegisterEvent;
import infrarust.api.event.PlayerClientBrandEvent;
import infrarust.api.event.PlayerSettingsChangedEvent;
import infrarust.api.event.PluginMessageEvent.Source;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.CookieResponse;
import infrarust.proxy.protocol.packet.KeepAlive;
import infrarust.proxy.protocol.packet.ResourcePackResponse;
import infrarust.proxy.service.MessageChannels;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a client says about itself, and answers to what plugins have asked it, wherever the player is. Only the client's loop.
 */
final class ClientReports {

    /** The packets that belong here, in the configuration. */
    static final Set<PacketType> IN_CONFIGURATION = Set.of(
            PacketType.SERVERBOUND_CONFIGURATION_CLIENT_INFORMATION,
            PacketType.SERVERBOUND_CONFIGURATION_PLUGIN_MESSAGE,
            PacketType.SERVERBOUND_CONFIGURATION_RESOURCE_PACK_RESPONSE,
            PacketType.SERVERBOUND_CONFIGURATION_COOKIE_RESPONSE);

    /** The packets that belong here, in the game. */
    static final Set<PacketType> IN_GAME = Set.of(
            PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION,
            PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE,
            PacketType.SERVERBOUND_PLAY_RESOURCE_PACK_RESPONSE,
            PacketType.SERVERBOUND_PLAY_COOKIE_RESPONSE,
            PacketType.SERVERBOUND_PLAY_KEEP_ALIVE);

    private final Session session;
    private final PacketIds ids;
    private final Reach reach;
    private final EventDispatcher events;
    private final ShownMessages messages;

    ClientReports(Session session, Reach reach) {
        this.session = session;
        this.ids = session.ids();
        this.reach = reach;
        this.events = session.sessions().events();
        this.messages = new ShownMessages(session, Source.CLIENT, new Hold(session, session.link()));
    }

    /**
     * A packet has come, between two frames.
     *
     * @param body what follows its id; left as it is
     * @param server takes a packet for the server, if any, perhaps later; empty where there is none
     * @return whether it passes to the server as it came
     */
    boolean passes(PacketType type, ByteBuf body, Optional<Consumer<ByteBuf>> server) {
        return switch (type) {
            case SERVERBOUND_CONFIGURATION_CLIENT_INFORMATION, SERVERBOUND_PLAY_CLIENT_INFORMATION -> {
                settings(body.duplicate());
                yield true;
            }
            case SERVERBOUND_CONFIGURATION_PLUGIN_MESSAGE, SERVERBOUND_PLAY_PLUGIN_MESSAGE ->
                message(type, body.duplicate(), server);
            case SERVERBOUND_CONFIGURATION_RESOURCE_PACK_RESPONSE ->
                reach.packs().isForServer(ResourcePackResponse.CONFIGURATION.read(body.duplicate(), ids));
            case SERVERBOUND_PLAY_RESOURCE_PACK_RESPONSE ->
                reach.packs().isForServer(ResourcePackResponse.PLAY.read(body.duplicate(), ids));
            case SERVERBOUND_CONFIGURATION_COOKIE_RESPONSE ->
                !reach.cookies().isOurs(CookieResponse.CONFIGURATION.read(body.duplicate(), ids));
            case SERVERBOUND_PLAY_COOKIE_RESPONSE ->
                !reach.cookies().isOurs(CookieResponse.PLAY.read(body.duplicate(), ids));
            case SERVERBOUND_PLAY_KEEP_ALIVE -> {
                reach.ping()
                        .answered(KeepAlive.PLAY_SERVERBOUND
                                .read(body.duplicate(), ids)
                                .id());
                yield true;
            }
            default -> true;
        };
    }

    private void settings(ByteBuf body) {
        ClientMemory memory = session.memory();
        if (memory.information(body) && events.isHeard(PlayerSettingsChangedEvent.class)) {
            memory.settings(ids)
                    .ifPresent(settings -> fire(new PlayerSettingsChangedEvent(session.player(), settings)));
        }
    }

    private boolean message(PacketType type, ByteBuf body, Optional<Consumer<ByteBuf>> server) {
        ByteBuf whole = body.duplicate();
        String channel = Wire.readString(body, Wire.MAX_STRING);
        if (MessageChannels.isForbiddenToClients(channel)) {
            return false;
        }
        return switch (session.memory().message(ids, channel, body)) {
            case ClientMemory.Said.Brand(String brand) -> {
                if (events.isHeard(PlayerClientBrandEvent.class)) {
                    fire(new PlayerClientBrandEvent(session.player(), brand));
                }
                yield true;
            }
            case ClientMemory.Said.Channels(List<String> added) -> {
                if (!added.isEmpty() && events.isHeard(PlayerChannelRegisterEvent.class)) {
                    fire(new PlayerChannelRegisterEvent(session.player(), added));
                }
                yield true;
            }
            case ClientMemory.Said.Other() -> other(type, channel, whole, server);
        };
    }

    private boolean other(PacketType type, String channel, ByteBuf body, Optional<Consumer<ByteBuf>> server) {
        if (server.isPresent()) {
            return messages.passes(type, channel, body, server.get());
        }
        messages.show(type, channel, body);
        return true;
    }

    private void fire(Event event) {
        var _ = events.fire(event);
    }
}
