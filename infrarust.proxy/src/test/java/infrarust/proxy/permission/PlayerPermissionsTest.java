package infrarust.proxy.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.event.PermissionsSetupEvent;
import infrarust.api.event.Subscription;
import infrarust.api.permission.PermissionChecker;
import infrarust.api.permission.PermissionDefault;
import infrarust.api.permission.PermissionNode;
import infrarust.api.permission.PermissionRules;
import infrarust.api.permission.Tristate;
import infrarust.proxy.config.PermissionSettings;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.service.FakePlayer;
import infrarust.proxy.store.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayerPermissionsTest {

    private static final String COMMAND = "infrarust.command.kick";

    @TempDir
    private Path folder;

    private final FakeDeadlines deadlines = new FakeDeadlines();
    private final EventDispatcher events = new EventDispatcher(deadlines, EventDispatcher.DEFAULT_TIMEOUT);
    private Database database;
    private Admins admins;

    @BeforeEach
    void open() {
        database = new Database(folder.resolve("infrarust.db"));
        admins = new Admins(database, InstantSource.system());
        get(admins.load());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private PlayerPermissions permissions(PermissionSettings settings) {
        return new PlayerPermissions(settings, admins, events, deadlines);
    }

    /** A player who keeps its checker. */
    private static final class Holder extends FakePlayer implements PermissionHolder {

        private final boolean verified;
        private final PlayerPermissions permissions;
        private volatile PermissionChecker checker = PermissionRules.none();

        Holder(String name, boolean verified, PlayerPermissions permissions) {
            super(1, name);
            this.verified = verified;
            this.permissions = permissions;
        }

        @Override
        public boolean isOnlineMode() {
            return verified;
        }

        @Override
        public Tristate permissionValue(String node) {
            return permissions.value(this, checker, node);
        }

        @Override
        public void hold(PermissionChecker next) {
            checker = next;
        }
    }

    private static Holder verified(PlayerPermissions permissions) {
        Holder player = new Holder("Bob", true, permissions);
        get(permissions.setUp(player));
        return player;
    }

    private static Holder unverified(PlayerPermissions permissions) {
        Holder player = new Holder("Bob", false, permissions);
        get(permissions.setUp(player));
        return player;
    }

    @Nested
    class APluginThatDecides {

        private final PlayerPermissions permissions = permissions(PermissionSettings.defaults());

        private Subscription decide() {
            return events.busOf("plugin")
                    .subscribe(
                            PermissionsSetupEvent.class,
                            event -> event.setResult(new PermissionsSetupEvent.Result.Custom(node -> Tristate.TRUE)));
        }

        @Test
        void is_asked_no_more_when_it_is_gone_and_everybody_is_settled_anew() throws Exception {
            var subscription = decide();
            Holder player = unverified(permissions);
            assertThat(player.hasPermission(COMMAND)).isTrue();

            subscription.cancel();
            permissions.settleAnew(List.of(player));

            assertThat(player.hasPermission(COMMAND)).isFalse();
        }

        @Test
        void keeps_players_out_while_it_is_away() {
            decide();
            Holder player = unverified(permissions);
            var absence = events.away("plugin");
            assertThat(get(permissions.setUp(player))).isPresent();
            assertThat(player.hasPermission(COMMAND))
                    .as("not what it said before")
                    .isFalse();
            absence.end();
            assertThat(get(permissions.setUp(player))).isEmpty();
            assertThat(player.hasPermission(COMMAND)).isTrue();
        }
    }

    @Nested
    class By_the_configuration {

        @Test
        void an_admin_may_do_everything_once_its_account_is_proven() {
            PlayerPermissions permissions = permissions(new PermissionSettings(List.of("bOB"), Set.of(), false));
            assertThat(verified(permissions).hasPermission(COMMAND)).isTrue();
            assertThat(verified(permissions).hasPermission("any.other")).isTrue();
            assertThat(unverified(permissions).permissionValue(COMMAND)).isEqualTo(Tristate.FALSE);
            assertThat(unverified(permissions).permissionValue("any.other")).isEqualTo(Tristate.UNDEFINED);
            assertThat(unverified(permissions(new PermissionSettings(List.of("bob"), Set.of(), true)))
                            .hasPermission("any.other"))
                    .isTrue();
        }

        @Test
        void everybody_may_do_what_is_opened_and_no_more() {
            Holder player = unverified(permissions(new PermissionSettings(List.of(), Set.of("list"), false)));
            assertThat(player.hasPermission("infrarust.command")).isTrue();
            assertThat(player.hasPermission("Infrarust.Command.LIST")).isTrue();
            assertThat(player.hasPermission("infrarust.command.find")).isFalse();
            assertThat(unverified(permissions(PermissionSettings.defaults())).hasPermission("infrarust.command"))
                    .isFalse();
        }

        @Test
        void who_is_an_admin_can_change_while_players_are_connected() {
            PlayerPermissions permissions = permissions(PermissionSettings.defaults());
            Holder player = verified(permissions);
            assertThat(player.hasPermission(COMMAND)).isFalse();
            permissions.settings(
                    new PermissionSettings(List.of(player.profile().uuid().toString()), Set.of(), false));
            assertThat(player.hasPermission(COMMAND)).isTrue();
        }
    }

    @Nested
    class By_command {

        @Test
        void an_admin_stays_one_when_the_proxy_starts_again() {
            PlayerPermissions permissions = permissions(PermissionSettings.defaults());
            Holder player = verified(permissions);
            assertThat(get(admins.add(Optional.empty(), "bob", "console"))).isTrue();
            assertThat(get(admins.add(Optional.empty(), "Bob", "console"))).isFalse();
            assertThat(player.hasPermission(COMMAND)).isTrue();
            assertThat(unverified(permissions).hasPermission(COMMAND)).isFalse();
            close();
            open();
            assertThat(admins.all()).extracting(Admins.Admin::name).containsExactly("bob");
            assertThat(verified(permissions(PermissionSettings.defaults())).hasPermission(COMMAND))
                    .isTrue();
            get(admins.remove(admins.named("BOB")));
            close();
            open();
            assertThat(admins.all()).isEmpty();
        }
    }

    @Nested
    class By_plugins {

        private PlayerPermissions permissions;

        @BeforeEach
        void begin() {
            permissions = permissions(PermissionSettings.defaults());
        }

        @Test
        void a_node_has_a_default() {
            var api = permissions.of("homes");
            Holder player = verified(permissions);
            assertThat(player.permissionValue("homes.set")).isEqualTo(Tristate.UNDEFINED);
            api.register(PermissionNode.of("Homes.Set", PermissionDefault.TRUE));
            Subscription forAdmins = api.register(PermissionNode.of("homes.others", PermissionDefault.ADMIN));
            api.register(PermissionNode.of("homes.never", PermissionDefault.FALSE));
            assertThat(player.permissionValue("homes.SET")).isEqualTo(Tristate.TRUE);
            assertThat(player.permissionValue("homes.others")).isEqualTo(Tristate.FALSE);
            assertThat(player.permissionValue("homes.never")).isEqualTo(Tristate.FALSE);
            assertThat(api.nodes())
                    .extracting(PermissionNode::name)
                    .containsExactly("homes.never", "homes.others", "homes.set");
            forAdmins.cancel();
            assertThat(player.permissionValue("homes.others")).isEqualTo(Tristate.UNDEFINED);
            assertThatThrownBy(() ->
                            permissions.of("other").register(PermissionNode.of("homes.set", PermissionDefault.TRUE)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'homes'");
            assertThatThrownBy(() -> api.register(PermissionNode.of("infrarust.x", PermissionDefault.TRUE)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void a_listener_can_say_what_a_player_may_do() {
            events.busOf("ranks")
                    .subscribe(
                            PermissionsSetupEvent.class,
                            event -> event.setResult(new PermissionsSetupEvent.Result.Custom(PermissionRules.of(
                                    Map.of("infrarust.command.*", true, "infrarust.command.op", false)))));
            Holder player = verified(permissions);
            assertThat(player.hasPermission(COMMAND)).isTrue();
            assertThat(player.hasPermission("infrarust.command.op")).isFalse();
            assertThat(player.permissionValue("other")).isEqualTo(Tristate.UNDEFINED);
        }

        @Test
        void a_checker_that_fails_has_said_nothing() {
            Holder player = verified(permissions);
            player.hold(node -> {
                throw new IllegalStateException("out of order");
            });
            assertThat(player.hasPermission(COMMAND)).isFalse();
        }
    }

    @Nested
    class By_the_plugin_that_the_operator_has_chosen {

        private final BlockingQueue<CompletableFuture<PermissionChecker>> asked = new LinkedBlockingQueue<>();
        private PlayerPermissions permissions;

        @BeforeEach
        void begin() {
            permissions = permissions(new PermissionSettings(List.of("bob"), Set.of(), false, "ranks"));
        }

        private void provide() {
            permissions.of("ranks").provide(player -> {
                var answer = new CompletableFuture<PermissionChecker>();
                asked.add(answer);
                return answer;
            });
        }

        @Test
        void it_is_asked_and_asked_again_on_demand() throws InterruptedException {
            provide();
            Holder player = new Holder("Bob", true, permissions);
            CompletionStage<Optional<Component>> setUp = permissions.setUp(player);
            asked.take().complete(PermissionRules.of(Map.of("a.b", true)));
            get(setUp);
            assertThat(player.hasPermission("a.b")).isTrue();
            assertThat(player.hasPermission("a.c")).isFalse();
            CompletionStage<Void> refresh = permissions.of("any").refresh(player);
            asked.take().complete(PermissionRules.all());
            get(refresh);
            assertThat(player.hasPermission("a.c")).isTrue();
        }

        @Test
        void only_defaults_hold_when_it_is_late_or_absent() throws InterruptedException {
            Holder player = new Holder("Bob", true, permissions);
            get(permissions.setUp(player));
            assertThat(player.permissionValue("a.b")).isEqualTo(Tristate.UNDEFINED);
            assertThat(player.hasPermission(COMMAND)).isTrue(); // the default of what is the proxy's: admins
            provide();
            CompletionStage<Optional<Component>> setUp = permissions.setUp(player);
            asked.take();
            deadlines.advance(PlayerPermissions.PROVIDER_TIME);
            get(setUp);
            assertThat(player.permissionValue("a.b")).isEqualTo(Tristate.UNDEFINED);
        }

        @Test
        void no_other_is_taken() {
            assertThatThrownBy(() -> permissions.of("other").provide(player -> CompletableFuture.completedStage(null)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("[permissions] provider = \"ranks\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.b.c, TRUE",
        "a.b.d, FALSE",
        "a.b, TRUE",
        "a.x, TRUE",
        "a.x.y.z, TRUE",
        "a, FALSE",
        "z, FALSE",
        "a.bc, TRUE",
    })
    void the_rule_that_says_more_wins(String node, Tristate expected) {
        PermissionRules rules = PermissionRules.of(Map.of("A.B.C", true, "a.b.*", false, "a.*", true, "*", false));
        assertThat(rules.value(node)).isEqualTo(expected);
        assertThat(PermissionRules.of(Map.of("a.b", true)).value("a.c")).isEqualTo(Tristate.UNDEFINED);
    }
}
