package infrarust.proxy.session;

import infrarust.api.event.PluginMessageEvent;
import infrarust.api.event.PluginMessageEvent.Result;
import infrarust.api.event.PluginMessageEvent.Source;
import infrarust.api.message.MessageChannel;
import infrarust.api.message.Messaging;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.packet.PluginMessage;
import infrarust.proxy.service.MessageChannels;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plugin messages that plugins are shown, from one side of a session. Only the loop's thread. */
final class ShownMessages {

    private static final Logger LOG = LoggerFactory.getLogger(ShownMessages.class);

    private final Session session;
    private final PacketIds ids;
    private final Source source;
    private final Hold side;

    ShownMessages(Session session, Source source, Hold side) {
        this.session = session;
        this.ids = session.ids();
        this.source = source;
        this.side = side;
    }

    /** The channel, if a plugin has registered it and one listens. */
    private Optional<MessageChannel> shown(String channel) {
        MessageChannels channels = session.sessions().channels();
        return channels.isEmpty() || !session.sessions().events().isHeard(PluginMessageEvent.class)
                ? Optional.empty()
                : channels.named(channel);
    }

    /**
     * A message has come.
     *
     * @param body of the packet; left as it is
     * @param to takes the packet that is to go on, if any, perhaps later
     * @return whether it passes as it came
     */
    boolean passes(PacketType type, String name, ByteBuf body, Consumer<ByteBuf> to) {
        Optional<MessageChannel> channel = shown(name);
        if (channel.isEmpty()) {
            return true;
        }
        PacketLayout<PluginMessage> layout = PluginMessage.layoutOf(type);
        PluginMessage message = layout.read(body.duplicate(), ids);
        PluginMessageEvent event = new PluginMessageEvent(session.player(), source, channel.get(), message.content());
        side.decide(event, decided -> {
            switch (decided.result()) {
                case Result.Forward() -> to.accept(encode(layout, message));
                case Result.Handled() -> {}
                case Result.Replace(byte[] data) -> {
                    if (data.length <= most()) {
                        to.accept(encode(layout, new PluginMessage(name, data)));
                    } else {
                        LOG.warn(
                                "A plugin's message on {} has {} bytes where {} are allowed; it is dropped",
                                name,
                                data.length,
                                most());
                    }
                }
            }
        });
        return false;
    }

    /** Shows a message that goes no further, whatever anybody decides. */
    void show(PacketType type, String name, ByteBuf body) {
        shown(name).ifPresent(channel -> {
            PluginMessage message = PluginMessage.layoutOf(type).read(body.duplicate(), ids);
            var _ = session.sessions()
                    .events()
                    .fire(new PluginMessageEvent(session.player(), source, channel, message.content()));
        });
    }

    private int most() {
        return source == Source.CLIENT ? Messaging.MAX_TO_SERVER : Messaging.MAX_TO_CLIENT;
    }

    private ByteBuf encode(PacketLayout<PluginMessage> layout, PluginMessage message) {
        return layout.encode(session.client().channel().alloc(), ids, message);
    }
}
