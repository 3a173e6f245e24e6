package infrarust.proxy.wasm.contract023;

import infrarust.api.event.AccessEvent;
import infrarust.api.event.ChatMessageEvent;
import infrarust.api.event.ConfigReloadEvent;
import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.EventPriority;
import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.OnlineAuthFailedEvent;
import infrarust.api.event.PermissionsSetupEvent;
import infrarust.api.event.PlayerChooseInitialServerEvent;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.event.ProxyInitializeEvent;
import infrarust.api.event.ProxyPingEvent;
import infrarust.api.event.ProxyShutdownEvent;
import infrarust.api.event.ServerConnectedEvent;
import infrarust.api.event.ServerPostConnectEvent;
import infrarust.api.event.ServerPreConnectEvent;
import infrarust.api.event.ServerStateChangeEvent;
import infrarust.api.event.Subscription;
import infrarust.api.filter.PacketDirection;
import infrarust.api.filter.PacketInterest;
import infrarust.api.filter.PacketState;
import infrarust.api.filter.Verdict;
import infrarust.proxy.config.Capability;
import infrarust.proxy.wasm.CallOutcome;
import infrarust.proxy.wasm.GuestHost;
import infrarust.proxy.wasm.QuietPeriod;
import infrarust.proxy.wasm.contract023.Events.Event;
import infrarust.proxy.wasm.contract023.Events.EventOutcome;
import infrarust.proxy.wasm.contract023.Events.PermissionsSetupResult;
import infrarust.wasm.component.bind.Unit;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import net.kyori.adventure.text.Component;

/**
 * Serves {@link EventBus}: each subscription is a listener of its own on the proxy's bus, with a handle that the guest gets
 * back with every event.
 *
 * <p>An event that the plugin does not answer keeps its result, except an {@link AccessEvent}: there the plugin may be the one that
 * keeps somebody out, so the access is denied.
 */
final class EventBusHost implements EventBus {

    /** What a player reads whose login a failed plugin should have judged. */
    static final Component LOGIN_NOT_CHECKED =
            Component.text("Your login could not be checked. Please try again later.");

    /** What a player reads whose way a failed plugin should have judged. */
    static final Component NOT_CHECKED =
            Component.text("It could not be checked whether you may go there. Please try again later.");

    private static final CompletionStage<Unit> DONE = CompletableFuture.completedFuture(Unit.UNIT);

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
        if (kind == EventKind.RAW_PACKET && !host.gate().allows(Capability.RAW_PACKET, "event-bus.subscribe")) {
            return handle;
        }
        if (listeners.size() >= MAX_LISTENERS) {
            host.logger().warn("a listener of {} is not called: a plugin may have {}", kind, MAX_LISTENERS);
            return handle;
        }
        try {
            listeners.put(handle, listen(kind, handle, EventPriority.of(priority)));
        } catch (IllegalStateException disabled) {
            host.logger().warn("a listener of {} is not called: {}", kind, disabled.getMessage());
        }
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

    private Subscription listen(EventKind kind, long handle, EventPriority priority) {
        var to = new Listener(handle, priority);
        return switch (kind) {
            case PRE_LOGIN -> to.decide(PreLoginEvent.class, EventsToGuest::preLogin, OutcomesToProxy::apply);
            case POST_LOGIN -> to.observe(PostLoginEvent.class, EventsToGuest::postLogin);
            case DISCONNECT -> to.observe(DisconnectEvent.class, EventsToGuest::disconnect);
            case ONLINE_AUTH_FAILED -> to.observe(OnlineAuthFailedEvent.class, EventsToGuest::onlineAuthFailed);
            case PERMISSIONS_SETUP ->
                to.listen(PermissionsSetupEvent.class, EventsToGuest::permissionsSetup, this::setPermissions);
            case SERVER_PRE_CONNECT ->
                to.decide(ServerPreConnectEvent.class, EventsToGuest::serverPreConnect, OutcomesToProxy::apply);
            case SERVER_CONNECTED -> to.observe(ServerConnectedEvent.class, EventsToGuest::serverConnected);
            case SERVER_SWITCH -> to.observe(ServerPostConnectEvent.class, EventsToGuest::serverSwitch);
            case KICKED_FROM_SERVER ->
                to.decide(KickedFromServerEvent.class, EventsToGuest::kickedFromServer, OutcomesToProxy::apply);
            case PLAYER_CHOOSE_INITIAL_SERVER ->
                to.decide(
                        PlayerChooseInitialServerEvent.class,
                        EventsToGuest::chooseInitialServer,
                        OutcomesToProxy::apply);
            case PROXY_PING -> to.decide(ProxyPingEvent.class, EventsToGuest::proxyPing, OutcomesToProxy::apply);
            case PROXY_INITIALIZE ->
                to.observe(ProxyInitializeEvent.class, event -> Optional.of(new Event.ProxyInitialize()));
            case PROXY_SHUTDOWN ->
                to.observe(ProxyShutdownEvent.class, event -> Optional.of(new Event.ProxyShutdown()));
            case CONFIG_RELOAD -> to.observe(ConfigReloadEvent.class, event -> Optional.of(new Event.ConfigReload()));
            case SERVER_STATE_CHANGE -> to.observe(ServerStateChangeEvent.class, EventsToGuest::serverStateChange);
            case CHAT_MESSAGE -> to.decide(ChatMessageEvent.class, EventsToGuest::chatMessage, OutcomesToProxy::apply);
            case RAW_PACKET -> packets(handle, priority);
        };
    }

    /** The contract does not say the state of a packet, so only those of the one state that plugins mean are told. */
    private Subscription packets(long handle, EventPriority priority) {
        Subscription fromClient = packets(PacketDirection.SERVERBOUND, handle, priority);
        Subscription fromServer = packets(PacketDirection.CLIENTBOUND, handle, priority);
        return () -> {
            fromClient.cancel();
            fromServer.cancel();
        };
    }

    private Subscription packets(PacketDirection direction, long handle, EventPriority priority) {
        return host.plugin()
                .filters()
                .listenAsync(
                        direction,
                        PacketInterest.allIn(PacketState.PLAY),
                        priority,
                        (player, packet) -> handleEvent(handle, EventsToGuest.rawPacket(player, direction, packet))
                                .thenApply(outcome -> switch (outcome) {
                                    case CallOutcome.Answered<EventOutcome>(EventOutcome wanted) ->
                                        OutcomesToProxy.verdict(wanted);
                                    case CallOutcome.Unanswered<EventOutcome>(String reason) -> {
                                        logUnanswered("raw-packet", reason);
                                        yield Verdict.pass();
                                    }
                                }));
    }

    private CompletionStage<Unit> setPermissions(PermissionsSetupEvent event, EventOutcome outcome) {
        if (!(outcome instanceof EventOutcome.PermissionsSetup(PermissionsSetupResult wanted))) {
            return DONE;
        }
        return switch (wanted) {
            case PermissionsSetupResult.UseDefault() -> {
                event.setResult(new PermissionsSetupEvent.Result.UseDefault());
                yield DONE;
            }
            case PermissionsSetupResult.Custom(long handler) -> {
                var checker = new GuestPermissions(host, guest, handler);
                yield checker.learn().thenApply(answered -> {
                    if (answered) {
                        event.setResult(new PermissionsSetupEvent.Result.Custom(checker));
                    } else {
                        event.deny(NOT_CHECKED);
                    }
                    return Unit.UNIT;
                });
            }
        };
    }

    private CompletionStage<CallOutcome<EventOutcome>> handleEvent(long handle, Event payload) {
        return host.actor()
                .call("handle-event", host.limits().event(), () -> guest.get().handleEvent(handle, payload));
    }

    private void logUnanswered(String what, String reason) {
        unansweredLines
                .line()
                .ifPresent(suppressed ->
                        host.logger().warn("{} was not answered: {} (suppressed={})", what, reason, suppressed));
    }

    /** One subscription of the guest. */
    private final class Listener {

        private final long handle;
        private final EventPriority priority;

        Listener(long handle, EventPriority priority) {
            this.handle = handle;
            this.priority = priority;
        }

        /** An event whose outcome nobody can change. */
        <E extends infrarust.api.event.Event> Subscription observe(
                Class<E> type, Function<E, Optional<Event>> toGuest) {
            return listen(type, toGuest, (event, outcome) -> DONE);
        }

        /** An event whose result the outcome is, at once. */
        <E extends infrarust.api.event.Event> Subscription decide(
                Class<E> type, Function<E, Optional<Event>> toGuest, BiConsumer<E, EventOutcome> apply) {
            return listen(type, toGuest, (event, outcome) -> {
                apply.accept(event, outcome);
                return DONE;
            });
        }

        <E extends infrarust.api.event.Event> Subscription listen(
                Class<E> type,
                Function<E, Optional<Event>> toGuest,
                BiFunction<E, EventOutcome, CompletionStage<Unit>> apply) {
            return host.plugin().events().subscribeAsync(type, priority, event -> {
                Optional<Event> payload = toGuest.apply(event);
                if (payload.isEmpty()) {
                    return DONE;
                }
                return handleEvent(handle, payload.get()).thenCompose(outcome -> switch (outcome) {
                    case CallOutcome.Answered<EventOutcome>(EventOutcome wanted) -> apply.apply(event, wanted);
                    case CallOutcome.Unanswered<EventOutcome>(String reason) -> {
                        if (event instanceof AccessEvent access) {
                            access.deny(event instanceof PreLoginEvent ? LOGIN_NOT_CHECKED : NOT_CHECKED);
                        }
                        logUnanswered(type.getSimpleName(), reason);
                        yield DONE;
                    }
                });
            });
        }
    }
}
