package infrarust.proxy.filter;

import infrarust.api.filter.CodecSession;
import infrarust.api.filter.PacketDirection;
import infrarust.api.filter.PacketState;
import infrarust.api.player.Player;
import infrarust.proxy.protocol.PacketType;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A chain as its filters see it.
 *
 * @param site what does not change
 * @param chain the chain
 */
record SideView(FilterChain.Site site, FilterChain chain) implements CodecSession {

    @Override
    public PacketDirection direction() {
        return site.direction();
    }

    @Override
    public int protocolVersion() {
        return site.ids().protocol();
    }

    @Override
    public long connectionId() {
        return site.player().id();
    }

    @Override
    public Player player() {
        return site.player();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return site.player().remoteAddress();
    }

    @Override
    public Optional<String> server() {
        return site.server();
    }

    @Override
    public PacketState state() {
        return chain.state();
    }

    @Override
    public int compressionThreshold() {
        return site.threshold();
    }

    @Override
    public boolean isEncrypted() {
        return site.encrypted();
    }

    @Override
    public Optional<Integer> packetId(PacketState state, String name) {
        PacketType type = Interests.named(site.direction(), state, name);
        return site.ids().has(type) ? Optional.of(site.ids().id(type)) : Optional.empty();
    }

    @Override
    public void interestChanged() {
        chain.interestChanged();
    }
}
