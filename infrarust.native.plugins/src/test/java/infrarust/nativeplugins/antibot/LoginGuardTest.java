package infrarust.nativeplugins.antibot;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.event.PreLoginEvent;
import infrarust.api.player.GameProfile;
import infrarust.nativeplugins.antibot.AntibotSettings.ReconnectCheck;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LoginGuardTest {

    private static final Component BY_NAME = Component.text("This name is not allowed here.");
    private static final Component BY_RATE =
            Component.text("Too many players are joining at once. Please try again in a few seconds.");
    private static final Component RECONNECT =
            Component.text("Please connect again within 60 seconds, to show that you are no bot.");

    private long now = 1_000;

    private void passes(Duration time) {
        now += time.toNanos();
    }

    private LoginGuard guard(ReconnectCheck check, String... deniedNames) {
        AntibotSettings usual = AntibotSettings.read(new NoSettings());
        return new LoginGuard(
                new AntibotSettings(
                        2,
                        4,
                        List.of(deniedNames).stream().map(Pattern::compile).toList(),
                        List.of(Pattern.compile("Friend")),
                        check,
                        usual.reconnectWithin(),
                        usual.rememberedFor(),
                        usual.attackLasts(),
                        usual.namesText(),
                        usual.rateText(),
                        usual.reconnectText()),
                () -> now);
    }

    private static PreLoginEvent.Result login(LoginGuard guard, String name, int host) {
        try {
            var event = new PreLoginEvent(
                    new GameProfile(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), name, List.of()),
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host}), 1),
                    767,
                    "localhost");
            guard.judge(event);
            return event.result();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PreLoginEvent.Result denied(Component reason) {
        return new PreLoginEvent.Result.Denied(reason);
    }

    private static final PreLoginEvent.Result ALLOWED = new PreLoginEvent.Result.Allowed();

    @Nested
    class Names {

        @Test
        void that_a_pattern_matches_whole_are_refused() {
            LoginGuard guard = guard(ReconnectCheck.OFF, "Bot_\\d+");
            assertThat(login(guard, "Bot_17", 1)).isEqualTo(denied(BY_NAME));
            assertThat(login(guard, "Bot_17x", 1)).isEqualTo(ALLOWED);
        }

        @Test
        void that_are_allowed_pass_every_check() {
            LoginGuard guard = guard(ReconnectCheck.ALWAYS, "F.*");
            for (int i = 0; i < 10; i++) {
                assertThat(login(guard, "Friend", 1)).isEqualTo(ALLOWED);
            }
        }
    }

    @Nested
    class TheRate {

        @Test
        void lets_a_burst_in_and_then_so_many_a_second() {
            LoginGuard guard = guard(ReconnectCheck.OFF);
            for (int i = 0; i < 4; i++) {
                assertThat(login(guard, "P" + i, i)).isEqualTo(ALLOWED);
            }
            assertThat(login(guard, "P5", 5)).isEqualTo(denied(BY_RATE));
            passes(Duration.ofMillis(500));
            assertThat(login(guard, "P6", 6)).isEqualTo(ALLOWED);
            assertThat(login(guard, "P7", 7)).isEqualTo(denied(BY_RATE));
            assertThat(guard.refused()).isEqualTo(new LoginGuard.Refused(0, 2, 0));
            assertThat(guard.refused().any()).isFalse();
        }
    }

    @Nested
    class ComingBack {

        @Test
        void lets_in_who_comes_a_second_time_and_remembers() {
            LoginGuard guard = guard(ReconnectCheck.ALWAYS);
            assertThat(login(guard, "Ada", 1)).isEqualTo(denied(RECONNECT));
            passes(Duration.ofSeconds(5));
            assertThat(login(guard, "ADA", 1)).isEqualTo(ALLOWED);
            passes(Duration.ofMinutes(59));
            assertThat(login(guard, "Ada", 1)).isEqualTo(ALLOWED);
            passes(Duration.ofHours(2));
            assertThat(login(guard, "Ada", 1)).isEqualTo(denied(RECONNECT));
        }

        @Test
        void counts_only_in_time_and_from_the_same_address() {
            LoginGuard guard = guard(ReconnectCheck.ALWAYS);
            assertThat(login(guard, "Ada", 1)).isEqualTo(denied(RECONNECT));
            assertThat(login(guard, "Ada", 2)).isEqualTo(denied(RECONNECT));
            passes(Duration.ofSeconds(61));
            assertThat(login(guard, "Ada", 1)).isEqualTo(denied(RECONNECT));
        }

        @Test
        void is_asked_only_during_an_attack_when_so_set() {
            LoginGuard guard = guard(ReconnectCheck.ATTACK);
            assertThat(login(guard, "Ada", 1)).isEqualTo(ALLOWED);
            for (int i = 0; i < 10; i++) {
                login(guard, "P" + i, i);
            }
            passes(Duration.ofSeconds(1));
            assertThat(login(guard, "Bob", 1)).isEqualTo(denied(RECONNECT));
            passes(Duration.ofSeconds(31));
            assertThat(login(guard, "Cid", 1)).isEqualTo(ALLOWED);
        }
    }
}
