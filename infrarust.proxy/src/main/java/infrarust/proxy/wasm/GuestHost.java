package infrarust.proxy.wasm;

import infrarust.api.event.EventBus;
import infrarust.api.player.Players;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * What a contract's adapter may use for one instance.
 *
 * @param events where to subscribe; subscriptions end with the plugin
 * @param players who is connected
 * @param logger the plugin's log
 * @param gate says what the plugin may call
 * @param actor runs calls into the instance
 * @param eventLimit how long the plugin may take for an event, less than the event bus waits
 */
public record GuestHost(
        EventBus events, Players players, Logger logger, CapabilityGate gate, PluginActor actor, Duration eventLimit) {}
