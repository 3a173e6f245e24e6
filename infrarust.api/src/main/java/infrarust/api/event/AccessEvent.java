package infrarust.api.event;

import net.kyori.adventure.text.Component;

/**
 * An event that decides whether somebody comes in or goes somewhere. It fails closed: it ends denied, whatever other listeners
 * said, when a listener of it fails or is late, and while a plugin that listens to it is being reloaded or could not be started
 * again. So listen to it only to decide; {@link PostLoginEvent} and {@link ServerPostConnectEvent} are there for those who
 * want to know.
 */
public interface AccessEvent extends Event {

    /**
     * Denies what was asked for. Any thread may call.
     *
     * @param reason for the player
     */
    void deny(Component reason);
}
