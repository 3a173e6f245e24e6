package infrarust.proxy.wasm.contract023;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.PluginMetadata;
import infrarust.api.event.ChatMessageEvent;
import infrarust.api.event.DisconnectEvent;
import infrarust.api.event.KickedFromServerEvent;
import infrarust.api.event.PingResponse;
import infrarust.api.event.PlayerChooseInitialServerEvent;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.PreLoginEvent;
import infrarust.api.event.ProxyInitializeEvent;
import infrarust.api.event.ProxyPingEvent;
import infrarust.api.event.ProxyShutdownEvent;
import infrarust.api.event.ServerPostConnectEvent;
import infrarust.api.event.ServerPreConnectEvent;
import infrarust.api.player.GameProfile;
import infrarust.proxy.config.Capability;
import infrarust.proxy.config.EventSettings;
import infrarust.proxy.config.WasmSettings;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.plugin.GivenServices;
import infrarust.proxy.plugin.PluginScope;
import infrarust.proxy.service.FakePlayer;
import infrarust.proxy.wasm.CallLimits;
import infrarust.proxy.wasm.CapabilityGate;
import infrarust.proxy.wasm.GuestHost;
import infrarust.proxy.wasm.PluginActor;
import infrarust.proxy.wasm.contract023.EventBus.EventKind;
import infrarust.proxy.wasm.contract023.Events.Event;
import infrarust.proxy.wasm.contract023.Events.EventOutcome;
import infrarust.proxy.wasm.contract023.Events.PreLoginResult;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** The adapter of events, with Java in the place of the guest. */
@Timeout(20)
class EventBusHostTest {

    private static final Duration LIMIT = Duration.ofMillis(9750);
    private static final UUID ADA = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private final FakeDeadlines clock = new FakeDeadlines();
    private final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(10));
    private final PluginActor actor = new PluginActor("greeter", 16, clock, fault -> {});
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile BiFunction<Long, Event, EventOutcome> guest = (handle, event) -> new EventOutcome.None();
    private final EventBusHost host = host(Set.of(Capability.EVENT_BUS));

    @AfterEach
    void stop() {
        actor.close();
    }

    private EventBusHost host(Set<Capability> granted) {
        var logger = LoggerFactory.getLogger("plugin.greeter");
        return new EventBusHost(
                new GuestHost(
                        new PluginScope(
                                new PluginMetadata("greeter", "greeter", "1.0.0"), GivenServices.of(events, clock)),
                        new CapabilityGate(granted, logger, System::nanoTime),
                        actor,
                        CallLimits.of(WasmSettings.defaults(), EventSettings.defaults())),
                this::guest);
    }

    /** A guest of which only handle-event may be called. */
    private Guest guest() {
        return (Guest) Proxy.newProxyInstance(
                Guest.class.getClassLoader(), new Class<?>[] {Guest.class}, (self, method, arguments) -> {
                    if (!method.getName().equals("handleEvent")) {
                        throw new AssertionError(method);
                    }
                    heard.add(arguments[0] + " " + arguments[1]);
                    return guest.apply((Long) arguments[0], (Event) arguments[1]);
                });
    }

    private static PreLoginEvent preLogin() {
        return new PreLoginEvent(
                new GameProfile(ADA, "Ada", List.of()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000),
                767,
                "play.example.org");
    }

    private static <E> E await(CompletionStage<E> fired) throws Exception {
        return fired.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private PreLoginEvent.Result afterPreLogin(EventOutcome outcome) throws Exception {
        guest = (handle, event) -> outcome;
        host.subscribe(EventKind.PRE_LOGIN, 128);
        return await(events.fire(preLogin())).result();
    }

    @Nested
    class Subscribing {

        @Test
        void gives_each_listener_a_handle_from_one_that_comes_back_with_its_events() throws Exception {
            assertThat(host.subscribe(EventKind.PROXY_INITIALIZE, 255)).isEqualTo(1);
            assertThat(host.subscribe(EventKind.PROXY_INITIALIZE, 0)).isEqualTo(2);
            await(events.fire(new ProxyInitializeEvent()));
            assertThat(heard).containsExactly("2 ProxyInitialize[]", "1 ProxyInitialize[]");
        }

        @Test
        void to_an_event_that_never_comes_gives_a_handle_all_the_same() {
            assertThat(host.subscribe(EventKind.RAW_PACKET, 128)).isEqualTo(1);
            host.unsubscribe(1);
            host.unsubscribe(77);
        }

        @Test
        void without_the_capability_gives_a_handle_without_a_listener() throws Exception {
            assertThat(host(Set.of()).subscribe(EventKind.PROXY_INITIALIZE, 128))
                    .isEqualTo(1);
            await(events.fire(new ProxyInitializeEvent()));
            assertThat(heard).isEmpty();
        }

        @Test
        void ends_with_unsubscribing() throws Exception {
            host.unsubscribe(host.subscribe(EventKind.PROXY_SHUTDOWN, 128));
            await(events.fire(new ProxyShutdownEvent()));
            assertThat(heard).isEmpty();
        }
    }

    @Nested
    class WhatTheGuestSees {

        @Test
        void of_a_pre_login() throws Exception {
            afterPreLogin(new EventOutcome.None());
            assertThat(heard)
                    .containsExactly("1 PreLogin[event=PreLoginEvent[profile=GameProfile[uuid=" + ADA
                            + ", username=Ada, properties=[]], remoteAddr=127.0.0.1:40000, protocolVersion=767,"
                            + " serverDomain=play.example.org]]");
        }

        @Test
        void of_a_player_that_comes_and_goes() throws Exception {
            var player = new FakePlayer(7, "Ada", ADA);
            host.subscribe(EventKind.POST_LOGIN, 128);
            host.subscribe(EventKind.DISCONNECT, 128);
            await(events.fire(new PostLoginEvent(player)));
            await(events.fire(new DisconnectEvent(player, Optional.of("lobby"), DisconnectEvent.Cause.CLIENT_QUIT)));
            assertThat(heard)
                    .containsExactly(
                            "1 PostLogin[event=PostLoginEvent[profile=GameProfile[uuid=" + ADA
                                    + ", username=Ada, properties=[]], playerId=7, protocolVersion=767]]",
                            "2 Disconnect[event=DisconnectEvent[playerId=7, username=Ada,"
                                    + " lastServer=Optional[lobby]]]");
        }
    }

    @Nested
    class TheOutcomeOfAPreLogin {

        @Test
        void none_leaves_what_earlier_listeners_decided() throws Exception {
            events.busOf("other").subscribe(PreLoginEvent.class, event -> event.deny(Component.text("full")));
            assertThat(afterPreLogin(new EventOutcome.None()))
                    .isEqualTo(new PreLoginEvent.Result.Denied(Component.text("full")));
        }

        @Test
        void is_applied_with_its_text() throws Exception {
            assertThat(afterPreLogin(new EventOutcome.PreLogin(new PreLoginResult.Denied("{\"text\":\"no\"}"))))
                    .isEqualTo(new PreLoginEvent.Result.Denied(Component.text("no")));
        }

        @Test
        void may_force_the_way_of_authentication() throws Exception {
            assertThat(afterPreLogin(new EventOutcome.PreLogin(new PreLoginResult.ForceOffline())))
                    .isEqualTo(new PreLoginEvent.Result.ForceOffline());
        }

        @Test
        void of_another_kind_is_ignored() throws Exception {
            assertThat(afterPreLogin(new EventOutcome.ChatMessage(new Events.ChatMessageResult.Deny("no"))))
                    .isEqualTo(new PreLoginEvent.Result.Allowed());
        }
    }

    @Nested
    class APreLoginWithoutAnAnswer {

        private final PreLoginEvent.Result denied = new PreLoginEvent.Result.Denied(EventBusHost.LOGIN_NOT_CHECKED);

        @Test
        void is_denied_when_the_plugin_fails() throws Exception {
            guest = (handle, event) -> {
                throw new IllegalStateException("broken");
            };
            host.subscribe(EventKind.PRE_LOGIN, 128);
            assertThat(await(events.fire(preLogin())).result()).isEqualTo(denied);
        }

        @Test
        void is_denied_when_the_plugin_is_gone() throws Exception {
            host.subscribe(EventKind.PRE_LOGIN, 128);
            actor.close();
            assertThat(await(events.fire(preLogin())).result()).isEqualTo(denied);
        }

        @Test
        void is_denied_at_the_deadline_of_the_plugin_before_the_bus_gives_up() throws Exception {
            var entered = new CountDownLatch(1);
            var never = new CountDownLatch(1);
            guest = (handle, event) -> {
                entered.countDown();
                try {
                    never.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                return new EventOutcome.None();
            };
            host.subscribe(EventKind.PRE_LOGIN, 128);
            var fired = events.fire(preLogin());
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            clock.advance(LIMIT);
            assertThat(await(fired).result()).isEqualTo(denied);
        }

        @Test
        void of_another_event_changes_nothing() throws Exception {
            host.subscribe(EventKind.POST_LOGIN, 128);
            actor.close();
            await(events.fire(new PostLoginEvent(new FakePlayer(1, "Ada"))));
        }
    }

    @Nested
    class OtherEvents {

        private final FakePlayer ada = new FakePlayer(7, "Ada", ADA);

        @Test
        void a_redirect_before_connecting_is_applied() throws Exception {
            guest = (handle, event) ->
                    new EventOutcome.ServerPreConnect(new Events.ServerPreConnectResult.ConnectTo("games"));
            host.subscribe(EventKind.SERVER_PRE_CONNECT, 128);
            var event = new ServerPreConnectEvent(ada, "lobby", Optional.empty(), ServerPreConnectEvent.Cause.INITIAL);
            assertThat(await(events.fire(event)).result())
                    .isEqualTo(new ServerPreConnectEvent.Result.Redirect("games"));
        }

        @Test
        void an_access_without_an_answer_is_denied() throws Exception {
            host.subscribe(EventKind.PLAYER_CHOOSE_INITIAL_SERVER, 128);
            actor.close();
            assertThat(await(events.fire(new PlayerChooseInitialServerEvent(ada, "lobby")))
                            .result())
                    .isEqualTo(new PlayerChooseInitialServerEvent.Result.Denied(EventBusHost.NOT_CHECKED));
        }

        @Test
        void a_chat_message_is_changed_or_swallowed() throws Exception {
            host.subscribe(EventKind.CHAT_MESSAGE, 128);
            guest = (handle, event) -> new EventOutcome.ChatMessage(new Events.ChatMessageResult.Modify("HI"));
            assertThat(await(events.fire(new ChatMessageEvent(ada, "hi", false)))
                            .result())
                    .isEqualTo(new ChatMessageEvent.Result.Modify("HI"));
            guest = (handle, event) -> new EventOutcome.ChatMessage(new Events.ChatMessageResult.Deny(""));
            assertThat(await(events.fire(new ChatMessageEvent(ada, "hi", false)))
                            .result())
                    .isEqualTo(new ChatMessageEvent.Result.Deny(Optional.empty()));
        }

        @Test
        void a_kick_may_end_on_another_server() throws Exception {
            guest = (handle, event) ->
                    new EventOutcome.KickedFromServer(new Events.KickedFromServerResult.RedirectTo("hub"));
            host.subscribe(EventKind.KICKED_FROM_SERVER, 128);
            var event = new KickedFromServerEvent(
                    ada, "lobby", Component.text("bye"), KickedFromServerEvent.Cause.PLAY_DISCONNECT, Optional.empty());
            assertThat(await(events.fire(event)).result()).isEqualTo(new KickedFromServerEvent.Result.Redirect("hub"));
        }

        @Test
        void only_a_second_server_is_a_switch() throws Exception {
            host.subscribe(EventKind.SERVER_SWITCH, 128);
            await(events.fire(new ServerPostConnectEvent(ada, "lobby", Optional.empty())));
            await(events.fire(new ServerPostConnectEvent(ada, "games", Optional.of("lobby"))));
            assertThat(heard)
                    .containsExactly("1 ServerSwitch[event=ServerSwitchEvent[playerId=7, previousServer=lobby,"
                            + " newServer=games]]");
        }

        @Test
        void the_answer_to_a_ping_is_replaced_but_for_its_sample() throws Exception {
            guest = (handle, event) ->
                    new EventOutcome.ProxyPing(new Events.PingResponse("new", 50, 3, 767, "proxy", Optional.empty()));
            host.subscribe(EventKind.PROXY_PING, 128);
            var sample = List.of(new PingResponse.SamplePlayer("Ada", ADA));
            var old = new PingResponse(Component.text("old"), 1, 2, sample, 4, "server", Optional.of("icon"));
            var event = new ProxyPingEvent(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000),
                    Optional.empty(),
                    Optional.empty(),
                    767,
                    false,
                    old);
            assertThat(await(events.fire(event)).result())
                    .isEqualTo(new PingResponse(Component.text("new"), 3, 50, sample, 767, "proxy", Optional.empty()));
        }
    }
}
