package infrarust.proxy.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.ban.Ban;
import infrarust.api.ban.BanProvider;
import infrarust.api.ban.BanRequest;
import infrarust.api.ban.BanSource;
import infrarust.api.ban.BanTarget;
import infrarust.api.ban.BanVerdict;
import infrarust.api.ban.BansUnavailableException;
import infrarust.api.ban.LoginAttempt;
import infrarust.api.ban.LoginAttempt.Stage;
import infrarust.api.ban.Page;
import infrarust.api.event.BanIssuedEvent;
import infrarust.api.event.BanRevokedEvent;
import infrarust.api.event.Event;
import infrarust.api.event.Subscription;
import infrarust.proxy.config.BanSettings;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.event.FakeDeadlines;
import infrarust.proxy.service.FakePlayer;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.store.Database;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyBansTest {

    private static final BanSource CONSOLE = new BanSource.Console();

    @TempDir
    private Path folder;

    private final FakeDeadlines deadlines = new FakeDeadlines();
    private final SetClock clock = new SetClock();
    private final EventDispatcher events = new EventDispatcher(deadlines, EventDispatcher.DEFAULT_TIMEOUT);
    private final OnlinePlayers players = new OnlinePlayers();
    private final BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
    private Database database;
    private StoredBans stored;

    @BeforeEach
    void open() {
        database = new Database(folder.resolve("infrarust.db"));
        stored = new StoredBans(database, clock, true);
        events.busOf("test").subscribe(BanIssuedEvent.class, heard::add);
        events.busOf("test").subscribe(BanRevokedEvent.class, heard::add);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ProxyBans bans(String provider) {
        return new ProxyBans(
                new BanSettings(Path.of("bans.json"), Duration.ofMinutes(5), true, provider, Duration.ofSeconds(5)),
                stored,
                events,
                players,
                deadlines,
                clock);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static LoginAttempt attempt(Stage stage, String name) {
        return new LoginAttempt(
                stage,
                InetAddress.getLoopbackAddress(),
                Optional.of(name),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    private static String plain(Component text) {
        return PlainTextComponentSerializer.plainText().serialize(text);
    }

    @Nested
    class A_ban_of_the_proxys_own {

        private ProxyBans bans;

        @BeforeEach
        void keep() {
            bans = bans(BanSettings.BUILT_IN);
        }

        @Test
        void disconnects_whom_it_hits_with_the_reason_and_is_told_of() throws InterruptedException {
            var bob = new FakePlayer(1, "Bob");
            var eve = new FakePlayer(2, "Eve");
            players.register(bob);
            players.register(eve);
            Ban ban = get(bans.of(CONSOLE)
                    .ban(BanRequest.of(new BanTarget.Username("bOB"))
                            .withReason("grief")
                            .withDuration(Duration.ofMinutes(90))));
            assertThat(bob.disconnectReason().map(ProxyBansTest::plain))
                    .contains("You are banned from this server.\nReason: grief"
                            + "\nUntil: 2026-12-01 13:30 UTC (1h30m from now)");
            assertThat(eve.disconnectReason()).isEmpty();
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(new BanIssuedEvent(ban, false));
            get(bans.of(new BanSource.Player("Op")).unban(new BanTarget.Username("bob")));
            assertThat(heard.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(new BanRevokedEvent(ban, new BanSource.Player("Op"), false));
        }

        @Test
        void of_an_address_hits_everybody_who_comes_from_there_unless_nobody_shall_be_disconnected() {
            var bob = new FakePlayer(1, "Bob");
            players.register(bob);
            get(bans.of(CONSOLE)
                    .ban(BanRequest.of(BanTarget.address("127.0.0.0/8")).withoutKick()));
            assertThat(bob.disconnectReason()).isEmpty();
            assertThat(bans.missed(bob)).isPresent();
            get(bans.of(CONSOLE).ban(BanRequest.of(BanTarget.address("127.0.0.0/8"))));
            assertThat(bob.disconnectReason().map(ProxyBansTest::plain).orElse(""))
                    .isEqualTo("Your address is banned from this server.\nThis ban does not expire.");
        }

        @Test
        void is_found_at_once() {
            assertThat(bans.check(attempt(Stage.PRE_AUTH, "Bob"))).isCompletedWithValue(Optional.empty());
            get(bans.of(CONSOLE).ban(BanRequest.of(new BanTarget.Username("Bob"))));
            assertThat(bans.check(attempt(Stage.PRE_AUTH, "Bob")).toCompletableFuture())
                    .isCompletedWithValueMatching(Optional::isPresent);
        }

        @Test
        void is_cleared_away_behind_its_end() {
            get(bans.of(CONSOLE)
                    .ban(BanRequest.of(new BanTarget.Username("Bob")).withDuration(Duration.ofMinutes(1))));
            bans.begin();
            clock.advance(Duration.ofMinutes(5));
            assertThat(stored.size()).isEqualTo(1);
            deadlines.advance(Duration.ofMinutes(5));
            get(database.read(connection -> true, true)); // behind the clearing
            assertThat(stored.size()).isZero();
            assertThat(deadlines.waiting()).isEqualTo(1);
        }

        @Test
        void is_nothing_that_a_plugin_could_take_over() {
            assertThatThrownBy(() -> bans.of(new BanSource.Plugin("p")).provide(new Provider()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("[ban] provider = \"builtin\"");
        }
    }

    @Nested
    class A_plugin_that_keeps_the_bans {

        private final Provider provider = new Provider();
        private ProxyBans bans;

        @BeforeEach
        void ask() {
            bans = bans("keeper");
        }

        @Test
        void is_asked_and_its_words_are_shown() {
            bans.of(new BanSource.Plugin("keeper")).provide(provider);
            CompletionStage<Optional<Component>> check = bans.check(attempt(Stage.PRE_AUTH, "Bob"));
            provider.answer.complete(Optional.of(new BanVerdict(provider.ban, Optional.of(Component.text("no")))));
            assertThat(get(check)).contains(Component.text("no"));
            assertThat(get(bans.of(CONSOLE).ban(BanRequest.of(provider.ban.target()))))
                    .isEqualTo(provider.ban);
        }

        @Test
        void that_is_silent_refuses_logins_and_lets_pings_pass() throws InterruptedException {
            bans.of(new BanSource.Plugin("keeper")).provide(provider);
            CompletionStage<Optional<Component>> login = bans.check(attempt(Stage.POST_AUTH, "Bob"));
            CompletionStage<Optional<Component>> ping = bans.check(attempt(Stage.STATUS, "Bob"));
            assertThat(provider.asked.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(provider.asked.poll(10, TimeUnit.SECONDS)).isNotNull();
            deadlines.advance(Duration.ofSeconds(5));
            assertThat(get(login)).contains(BanText.UNKNOWN);
            assertThat(get(ping)).isEmpty();
        }

        @Test
        void that_has_gone_refuses_logins_too() {
            Subscription subscription = bans.of(new BanSource.Plugin("keeper")).provide(provider);
            subscription.cancel();
            assertThat(get(bans.check(attempt(Stage.PRE_AUTH, "Bob")))).contains(BanText.UNKNOWN);
            assertThatThrownBy(() -> get(bans.of(CONSOLE).get(provider.ban.target())))
                    .cause()
                    .isInstanceOf(BansUnavailableException.class)
                    .hasMessageContaining("[ban] provider = \"keeper\", and no plugin of that name");
        }

        @Test
        void is_the_one_of_the_configuration() {
            assertThatThrownBy(() -> bans.of(new BanSource.Plugin("other")).provide(provider))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void without_bans_nobody_is_kept_out_and_nobody_can_be_banned() {
        ProxyBans bans = bans(BanSettings.NONE);
        assertThat(get(bans.check(attempt(Stage.PRE_AUTH, "Bob")))).isEmpty();
        assertThatThrownBy(() -> get(bans.of(CONSOLE).ban(BanRequest.of(new BanTarget.Username("Bob")))))
                .cause()
                .isInstanceOf(BansUnavailableException.class)
                .hasMessageContaining("switched off");
    }

    /** Answers when it is told to. */
    private final class Provider implements BanProvider {

        private final BlockingQueue<LoginAttempt> asked = new LinkedBlockingQueue<>();
        private final CompletableFuture<Optional<BanVerdict>> answer = new CompletableFuture<>();
        private final Ban ban = new Ban(
                "7", new BanTarget.Username("Bob"), Optional.empty(), CONSOLE, clock.instant(), Optional.empty());

        @Override
        public CompletionStage<Optional<BanVerdict>> check(LoginAttempt attempt) {
            asked.add(attempt);
            return answer;
        }

        @Override
        public CompletionStage<Ban> ban(BanRequest request, BanSource source) {
            return CompletableFuture.completedStage(ban);
        }

        @Override
        public CompletionStage<Optional<Ban>> unban(BanTarget target, BanSource source) {
            return CompletableFuture.completedStage(Optional.of(ban));
        }

        @Override
        public CompletionStage<Optional<Ban>> get(BanTarget target) {
            return CompletableFuture.completedStage(Optional.of(ban));
        }

        @Override
        public CompletionStage<Page<Ban>> list(Optional<String> cursor, int limit) {
            return CompletableFuture.completedStage(Page.empty());
        }
    }
}
