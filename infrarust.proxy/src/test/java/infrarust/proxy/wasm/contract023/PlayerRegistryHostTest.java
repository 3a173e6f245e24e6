package infrarust.proxy.wasm.contract023;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.PluginMetadata;
import infrarust.proxy.config.Capability;
import infrarust.proxy.config.EventSettings;
import infrarust.proxy.config.WasmSettings;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.plugin.GivenServices;
import infrarust.proxy.plugin.PluginScope;
import infrarust.proxy.service.FakePlayer;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.wasm.CallLimits;
import infrarust.proxy.wasm.CapabilityGate;
import infrarust.proxy.wasm.GuestHost;
import infrarust.proxy.wasm.PluginActor;
import infrarust.proxy.wasm.contract023.Types.PlayerError;
import infrarust.wasm.component.bind.Result;
import java.util.Set;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PlayerRegistryHostTest {

    private final FakeDeadlines clock = new FakeDeadlines();
    private final OnlinePlayers players = new OnlinePlayers();
    private final PluginActor actor = new PluginActor("x", 1, clock, fault -> {});
    private final FakePlayer ada = new FakePlayer(1, "Ada");

    @BeforeEach
    void join() {
        ada.moveTo("lobby");
        players.register(ada);
    }

    @AfterEach
    void stop() {
        actor.close();
    }

    private PlayerRegistryHost registry(Capability... granted) {
        var logger = LoggerFactory.getLogger("plugin.x");
        return new PlayerRegistryHost(new GuestHost(
                new PluginScope(
                        new PluginMetadata("x", "x", "1.0.0"),
                        GivenServices.of(new EventDispatcher(clock, EventDispatcher.DEFAULT_TIMEOUT), players, clock)),
                new CapabilityGate(Set.of(granted), logger, System::nanoTime),
                actor,
                CallLimits.of(WasmSettings.defaults(), EventSettings.defaults())));
    }

    @Nested
    class Granted {

        private final PlayerRegistryHost registry = registry(Capability.PLAYER_READ, Capability.PLAYER_WRITE);

        @Test
        void finds_players() {
            assertThat(registry.getPlayer("Ada")).isPresent();
            assertThat(registry.getPlayerById(1)).isPresent();
            assertThat(registry.getPlayerByUuid(ada.profile().uuid().toString()))
                    .isPresent();
            assertThat(registry.getPlayersOnServer("lobby")).hasSize(1);
            assertThat(registry.getAllPlayers()).hasSize(1);
            assertThat(registry.onlineCount()).isEqualTo(1);
            assertThat(registry.onlineCountOn("hub")).isZero();
        }

        @Test
        void finds_nobody_under_a_text_that_is_no_uuid() {
            assertThat(registry.getPlayerByUuid("Ada")).isEmpty();
        }

        @Test
        void tells_of_a_player() {
            PlayerRegistry.Player player = registry.getPlayerById(1).orElseThrow();
            assertThat(player.profile().username()).isEqualTo("Ada");
            assertThat(player.remoteAddr()).isEqualTo("127.0.0.1:40000");
            assertThat(player.currentServer()).contains("lobby");
            assertThat(player.connectedAt()).isEqualTo(1_700_000_000_123L);
            assertThat(player.protocolVersion()).isEqualTo(767);
        }

        @Test
        void sends_messages_until_the_player_has_left() {
            PlayerRegistry.Player player = registry.getPlayerById(1).orElseThrow();
            assertThat(player.sendMessage("hello")).isEqualTo(Result.ok());
            player.disconnect("{\"text\":\"bye\"}");
            assertThat(player.sendMessage("again")).isEqualTo(Result.err(new PlayerError.Disconnected()));
            assertThat(ada.messages()).containsExactly(Component.text("hello"));
            assertThat(ada.disconnectReason()).contains(Component.text("bye"));
        }

        @Test
        void does_not_switch_to_a_server_that_does_not_exist() {
            assertThat(registry.getPlayerById(1).orElseThrow().switchServer("hub"))
                    .isEqualTo(Result.err(new PlayerError.ServerNotFound("hub")));
            assertThat(ada.currentServer()).contains("lobby");
        }

        @Test
        void switches_to_the_limbo() {
            assertThat(registry.getPlayerById(1).orElseThrow().switchServer("$limbo"))
                    .isEqualTo(Result.ok());
        }
    }

    @Nested
    class NotGranted {

        @Test
        void finds_nobody() {
            var registry = registry();
            assertThat(registry.getPlayer("Ada")).isEmpty();
            assertThat(registry.getAllPlayers()).isEmpty();
            assertThat(registry.onlineCount()).isZero();
        }

        @Test
        void sends_nothing_and_says_why() {
            PlayerRegistry.Player player =
                    registry(Capability.PLAYER_READ).getPlayerById(1).orElseThrow();
            assertThat(player.sendMessage("hello"))
                    .isEqualTo(Result.err(new PlayerError.SendFailed("missing capability: player-write")));
            assertThat(player.switchServer("hub"))
                    .isEqualTo(Result.err(new PlayerError.SwitchFailed("missing capability: player-write")));
            assertThat(player.sendPacket(new Types.RawPacket(1, new byte[0])))
                    .isEqualTo(Result.err(new PlayerError.SendFailed("missing capability: raw-packet")));
            player.disconnect("bye");
            assertThat(ada.isConnected()).isTrue();
            assertThat(ada.messages()).isEmpty();
        }
    }
}
