package infrarust.proxy.session;

import infrarust.api.event.PlayerResourcePackStatusEvent;
import infrarust.api.player.Delivery;
import infrarust.api.player.ResourcePack;
import infrarust.api.player.ResourcePackStatus;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.packet.ResourcePackOffer;
import infrarust.proxy.protocol.packet.ResourcePackRemoval;
import infrarust.proxy.protocol.packet.ResourcePackResponse;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The resource packs that plugins send to a client, and what becomes of any pack. Servers must not hear of packs that they have not
 * sent. Before 1.20.3 answers name no pack: those between a plugin's pack and the last that is said about it count as being about
 * that one. Belongs to the client's loop, unless a method says otherwise.
 */
final class ResourcePacks {

    private static final ResourcePackStatus[] STATUS = {
        ResourcePackStatus.LOADED,
        ResourcePackStatus.DECLINED,
        ResourcePackStatus.FAILED_DOWNLOAD,
        ResourcePackStatus.ACCEPTED,
        ResourcePackStatus.DOWNLOADED,
        ResourcePackStatus.INVALID_URL,
        ResourcePackStatus.FAILED_RELOAD,
        ResourcePackStatus.DISCARDED
    };

    /** Beyond, the oldest is forgotten. */
    private static final int MOST = 256;

    private final Session session;
    private final PacketIds ids;
    private final Set<UUID> own = new LinkedHashSet<>(0);
    /** Before 1.20.3: the plugin's pack that more will be said about. */
    private @Nullable UUID open;

    ResourcePacks(Session session) {
        this.session = session;
        this.ids = session.ids();
    }

    /** Any thread. */
    Delivery send(ResourcePack pack) {
        if (!ids.has(PacketType.CLIENTBOUND_PLAY_ADD_RESOURCE_PACK)) {
            return Delivery.REFUSED;
        }
        ResourcePackOffer offer =
                new ResourcePackOffer(pack.id(), pack.url(), pack.hash(), pack.required(), pack.prompt());
        return session.chat().deliver(pack.url().length(), link -> {
            note(pack.id());
            link.send(ResourcePackOffer.PLAY, ids, offer);
        });
    }

    private void note(UUID id) {
        if (own.add(id) && own.size() > MOST) {
            own.remove(own.iterator().next());
        }
        open = id;
    }

    /** Any thread. */
    Delivery remove(Optional<UUID> pack) {
        if (!ids.has(PacketType.CLIENTBOUND_PLAY_REMOVE_RESOURCE_PACK)) {
            return Delivery.REFUSED;
        }
        return session.chat()
                .deliver(0, link -> link.send(ResourcePackRemoval.PLAY, ids, new ResourcePackRemoval(pack)));
    }

    /** The client has said something about a pack. Says whether it is the server's business. */
    boolean isForServer(ResourcePackResponse response) {
        if (response.result() < 0 || response.result() >= STATUS.length) {
            return true; // of a version or a mod that we do not know
        }
        ResourcePackStatus status = STATUS[response.result()];
        boolean named = response.id().isPresent();
        Optional<UUID> pack = named ? response.id() : Optional.ofNullable(open);
        boolean fromPlugin = pack.filter(own::contains).isPresent();
        if (!named && status.isFinal()) {
            open = null;
        }
        if (session.sessions().events().isHeard(PlayerResourcePackStatusEvent.class)) {
            var _ = session.sessions()
                    .events()
                    .fire(new PlayerResourcePackStatusEvent(session.player(), pack, fromPlugin, status));
        }
        return !fromPlugin;
    }
}
