package infrarust.proxy.wasm.contract023;

import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.EventPriority;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.event.ProxyInitializeEvent;
import infrarust.api.event.ProxyShutdownEvent;
import infrarust.api.event.Subscription;
import infrarust.proxy.config.Capability;
import infrarust.proxy.wasm.CallOutcome;
import infrarust.proxy.wasm.GuestHost;
import infrarust.proxy.wasm.QuietPeriod;
import infrarust.proxy.wasm.contract023.Events.Event;
import infrarust.proxy.wasm.contract023.Events.EventOutcome;
import infrarust.proxy.wasm.contract023.Events.PreLoginResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import net.kyori.adventure.text.Component;

/**
 * Serves {@link EventBus}: each subscription is a listener of its own on the proxy's bus, with a handle that the guest gets
 * back with every event.
 *
 * <p>An event that the plugin does not answer keeps its result, except a pre-login: there the plugin may be the one that keeps
 * somebody out, so the login is denied.
 */
final class EventBusHost implements EventBus {

    /** What a player reads whose login a failed plugin should have judged. */
    static final Component LOGIN_NOT_CHECKED =
            Component.text("Your login could not be checked. Please try again later.");

    /** More listeners than any plugin needs; keeps a plugin from filling the proxy's memory. */
    private static final int MAX_LISTENERS = 1024;

    private final GuestHost host;
    private final Supplier<Guest> guest;

    /** Used on the actor's thread only. */
    private final Map<Long, Subscription> listeners = new HashMap<>();

    private final QuietPeriod unansweredLines = new QuietPeriod(Duration.ofSeconds(5), System::nanoTime);

    private long lastHandle;

    EventBusHost(GuestHost host, Supplier<Guest> guest) {
        this.host = host;
        this.guest = guest;
    }

    @Override
    public long subscribe(EventKind kind, int priority) {
        long handle = ++lastHandle;
        if (!host.gate().allows(Capability.EVENT_BUS, "event-bus.subscribe")) {
            return handle;
        }
        if (listeners.size() >= MAX_LISTENERS) {
            host.logger().warn("a listener of {} is not called: a plugin may have {}", kind, MAX_LISTENERS);
            return handle;
        }
        listen(kind, handle, EventPriority.of(priority))
                .ifPresentOrElse(
                        subscription -> listeners.put(handle, subscription),
                        () -> host.logger()
                                .warn(
                                        "its listener of {} is not called: this version of the proxy has no such event",
                                        kind));
        return handle;
    }

    @Override
    public void unsubscribe(long handle) {
        if (!host.gate().allows(Capability.EVENT_BUS, "event-bus.unsubscribe")) {
            return;
        }
        Subscription subscription = listeners.remove(handle);
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private Optional<Subscription> listen(EventKind kind, long handle, EventPriority priority) {
        return switch (kind) {
            case PRE_LOGIN ->
                Optional.of(listen(
                        PreLoginEvent.class,
                        handle,
                        priority,
                        EventBusHost::toGuest,
                        EventBusHost::apply,
                        event -> event.deny(LOGIN_NOT_CHECKED)));
            case POST_LOGIN -> Optional.of(observe(PostLoginEvent.class, handle, priority, EventBusHost::toGuest));
            case DISCONNECT -> Optional.of(observe(DisconnectEvent.class, handle, priority, EventBusHost::toGuest));
            case PROXY_INITIALIZE ->
                Optional.of(
                        observe(ProxyInitializeEvent.class, handle, priority, event -> new Event.ProxyInitialize()));
            case PROXY_SHUTDOWN ->
                Optional.of(observe(ProxyShutdownEvent.class, handle, priority, event -> new Event.ProxyShutdown()));
            case ONLINE_AUTH_FAILED,
                    PERMISSIONS_SETUP,
                    SERVER_PRE_CONNECT,
                    SERVER_CONNECTED,
                    SERVER_SWITCH,
                    KICKED_FROM_SERVER,
                    PLAYER_CHOOSE_INITIAL_SERVER,
                    PROXY_PING,
                    CONFIG_RELOAD,
                    SERVER_STATE_CHANGE,
                    CHAT_MESSAGE,
                    RAW_PACKET -> Optional.empty();
        };
    }

    /** An event whose outcome nobody can change. */
    private <E extends infrarust.api.event.Event> Subscription observe(
            Class<E> type, long handle, EventPriority priority, Function<E, Event> toGuest) {
        return listen(type, handle, priority, toGuest, (event, outcome) -> {}, event -> {});
    }

    private <E extends infrarust.api.event.Event> Subscription listen(
            Class<E> type,
            long handle,
            EventPriority priority,
            Function<E, Event> toGuest,
            BiConsumer<E, EventOutcome> apply,
            Consumer<E> unanswered) {
        return host.plugin().events().subscribeAsync(type, priority, event -> {
            Event payload = toGuest.apply(event);
            return host.actor()
                    .call(
                            "handle-event",
                            host.limits().event(),
                            () -> guest.get().handleEvent(handle, payload))
                    .thenAccept(outcome -> {
                        switch (outcome) {
                            case CallOutcome.Answered<EventOutcome>(EventOutcome wanted) -> apply.accept(event, wanted);
                            case CallOutcome.Unanswered<EventOutcome>(String reason) -> {
                                unanswered.accept(event);
                                logUnanswered(type, reason);
                            }
                        }
                    });
        });
    }

    private void logUnanswered(Class<?> type, String reason) {
        unansweredLines
                .line()
                .ifPresent(suppressed -> host.logger()
                        .warn("{} was not answered: {} (suppressed={})", type.getSimpleName(), reason, suppressed));
    }

    private static Event toGuest(PreLoginEvent event) {
        return new Event.PreLogin(new Events.PreLoginEvent(
                Conversions.profile(event.profile()),
                Conversions.address(event.remoteAddress()),
                event.protocolVersion(),
                event.serverDomain()));
    }

    private static Event toGuest(PostLoginEvent event) {
        var player = event.player();
        return new Event.PostLogin(new Events.PostLoginEvent(
                Conversions.profile(player.profile()), player.id(), player.protocolVersion()));
    }

    private static Event toGuest(DisconnectEvent event) {
        var player = event.player();
        return new Event.Disconnect(
                new Events.DisconnectEvent(player.id(), player.profile().username(), event.lastServer()));
    }

    /** An outcome of another kind of event, and {@code none}, leave the result as it is. */
    private static void apply(PreLoginEvent event, EventOutcome outcome) {
        if (outcome instanceof EventOutcome.PreLogin(PreLoginResult wanted)) {
            event.setResult(
                    switch (wanted) {
                        case PreLoginResult.Allowed() -> new PreLoginEvent.Result.Allowed();
                        case PreLoginResult.Denied(String reason) ->
                            new PreLoginEvent.Result.Denied(GuestText.fromGuest(reason));
                        case PreLoginResult.ForceOffline() -> new PreLoginEvent.Result.ForceOffline();
                        case PreLoginResult.ForceOnline() -> new PreLoginEvent.Result.ForceOnline();
                    });
        }
    }
}
