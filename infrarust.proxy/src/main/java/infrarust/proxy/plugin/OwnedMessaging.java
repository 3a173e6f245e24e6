package infrarust.proxy.plugin;

import infrarust.api.message.ChannelRegistration;
import infrarust.api.message.MessageChannel;
import infrarust.api.message.Messaging;
import infrarust.api.player.Delivery;
import java.util.List;

/**
 * The channels as one plugin sees them: those that it registers go with its scope.
 *
 * @param scope of the plugin
 * @param messaging that of everybody
 */
record OwnedMessaging(PluginScope scope, Messaging messaging) implements Messaging {

    @Override
    public ChannelRegistration register(MessageChannel channel) {
        Runnable removal = scope.own(() -> messaging.register(channel)::unregister);
        return new ChannelRegistration() {
            @Override
            public MessageChannel channel() {
                return channel;
            }

            @Override
            public void unregister() {
                removal.run();
            }
        };
    }

    @Override
    public List<MessageChannel> channels() {
        return messaging.channels();
    }

    @Override
    public Delivery sendToServer(String server, MessageChannel channel, byte[] data) {
        return messaging.sendToServer(server, channel, data);
    }
}
