package infrarust.wasm.component.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.bind.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WasiTest {

    /** Time that passes only while somebody sleeps. */
    static final class FakeClock implements WasiClock {

        long nanos = 1_000;

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public Instant now() {
            return Instant.ofEpochSecond(1_700_000_000L, nanos);
        }

        @Override
        public void sleep(Duration duration) {
            nanos += duration.toNanos();
        }
    }

    private static <T> T offered(Wasi wasi, Class<T> type) {
        return wasi.offered(type).orElseThrow();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Nested
    class StandardOutput {

        final List<String> lines = new ArrayList<>();

        @Test
        void comes_in_lines_and_the_rest_at_the_end() throws IOException {
            try (Wasi wasi = Wasi.builder().stdout(lines::add).build()) {
                WasiIo.Output out = offered(wasi, WasiCli.Stdout.class).getStdout();
                out.write(utf8("one\ntw"));
                assertThat(lines).containsExactly("one");
                out.blockingWriteAndFlush(utf8("o\r\n\nthr"));
                assertThat(lines).containsExactly("one", "two", "");
                out.write(utf8("é"));
            }
            assertThat(lines).containsExactly("one", "two", "", "thré");
        }

        @Test
        void is_cut_where_a_line_has_no_end() throws IOException {
            try (Wasi wasi = Wasi.builder().stderr(lines::add).build()) {
                WasiIo.Output out = offered(wasi, WasiCli.Stderr.class).getStderr();
                out.write(utf8("x".repeat(Wasi.MAX_LINE_BYTES + 10)));
            }
            assertThat(lines).containsExactly("x".repeat(Wasi.MAX_LINE_BYTES), "x".repeat(10));
        }

        @Test
        void takes_no_more_than_it_allows() throws IOException {
            try (Wasi wasi = Wasi.builder().build()) {
                WasiIo.Output out = offered(wasi, WasiCli.Stdout.class).getStdout();
                assertThat(out.checkWrite()).isEqualTo(Result.ok((long) AbstractOutput.MAX_WRITE));
                assertThatThrownBy(() -> out.write(new byte[AbstractOutput.MAX_WRITE + 1]))
                        .hasMessageContaining("allowed");
                assertThatThrownBy(() -> out.writeZeroes(-1)).hasMessageContaining("allowed");
            }
        }
    }

    @Nested
    class Waiting {

        final FakeClock clock = new FakeClock();

        private Wasi wasi() throws IOException {
            return Wasi.builder().clock(clock).maxWait(Duration.ofSeconds(5)).build();
        }

        @Test
        void ends_when_the_time_has_come() throws IOException {
            try (Wasi wasi = wasi()) {
                WasiClocks.MonotonicClock monotonic = offered(wasi, WasiClocks.MonotonicClock.class);
                WasiIo.Pollable timer =
                        monotonic.subscribeDuration(Duration.ofSeconds(2).toNanos());
                assertThat(timer.ready()).isFalse();
                timer.block();
                assertThat(timer.ready()).isTrue();
                assertThat(clock.nanos).isEqualTo(2_000_001_000L);
                assertThat(monotonic.subscribeInstant(5).ready()).isTrue();
            }
        }

        @Test
        void for_several_ends_with_the_first() throws IOException {
            try (Wasi wasi = wasi()) {
                WasiClocks.MonotonicClock monotonic = offered(wasi, WasiClocks.MonotonicClock.class);
                WasiIo.Poll poll = offered(wasi, WasiIo.Poll.class);
                WasiIo.Pollable never = monotonic.subscribeInstant(-1);
                WasiIo.Pollable soon = monotonic.subscribeDuration(100);
                WasiIo.Pollable stream =
                        offered(wasi, WasiCli.Stdin.class).getStdin().subscribe();
                assertThat(poll.poll(List.of(never, soon))).containsExactly(1);
                assertThat(poll.poll(List.of(stream, never))).containsExactly(0);
                assertThatThrownBy(() -> poll.poll(List.of())).hasMessageContaining("never end");
            }
        }

        @Test
        void longer_than_allowed_ends_the_call() throws IOException {
            try (Wasi wasi = wasi()) {
                WasiClocks.MonotonicClock monotonic = offered(wasi, WasiClocks.MonotonicClock.class);
                assertThatThrownBy(() -> monotonic.subscribeDuration(-1).block())
                        .hasMessageContaining("PT5S");
                assertThatThrownBy(() -> monotonic
                                .subscribeDuration(Duration.ofSeconds(6).toNanos())
                                .block())
                        .hasMessageContaining("PT5S are allowed");
            }
        }

        @Test
        void is_told_by_the_wall_clock_too() throws IOException {
            try (Wasi wasi = wasi()) {
                assertThat(offered(wasi, WasiClocks.WallClock.class).now())
                        .isEqualTo(new WasiClocks.Datetime(1_700_000_000L, 1_000));
            }
        }
    }

    @Nested
    class TheRest {

        @Test
        void is_an_empty_world() throws IOException {
            try (Wasi wasi = Wasi.builder().build()) {
                WasiCli.Environment environment = offered(wasi, WasiCli.Environment.class);
                assertThat(environment.getEnvironment()).isEmpty();
                assertThat(environment.getArguments()).isEmpty();
                assertThat(environment.initialCwd()).isEmpty();
                assertThat(offered(wasi, WasiCli.TerminalStdout.class).getTerminalStdout())
                        .isEmpty();
                assertThat(offered(wasi, WasiCli.Stdin.class).getStdin().read(10))
                        .isEqualTo(Result.err(new WasiIo.StreamError.Closed()));
                assertThat(offered(wasi, WasiFilesystem.Preopens.class).getDirectories())
                        .isEmpty();
            }
        }

        @Test
        void exits_with_an_exception_that_says_how() throws IOException {
            try (Wasi wasi = Wasi.builder().build()) {
                WasiCli.Exit exit = offered(wasi, WasiCli.Exit.class);
                assertThatThrownBy(() -> exit.exit(Result.ok()))
                        .isInstanceOfSatisfying(
                                WasiExit.class, e -> assertThat(e.isSuccess()).isTrue());
                assertThatThrownBy(() -> exit.exit(Result.err()))
                        .isInstanceOfSatisfying(
                                WasiExit.class, e -> assertThat(e.isSuccess()).isFalse());
            }
        }

        @Test
        void has_randomness_in_bounded_amounts() throws IOException {
            try (Wasi wasi = Wasi.builder().random(new Random(7)).build()) {
                WasiRandom.Secure random = offered(wasi, WasiRandom.Secure.class);
                byte[] expected = new byte[16];
                new Random(7).nextBytes(expected);
                assertThat(random.getRandomBytes(16)).isEqualTo(expected);
                assertThatThrownBy(() -> random.getRandomBytes(-1)).hasMessageContaining("allowed");
            }
        }

        @Test
        void can_be_withheld() throws IOException {
            try (Wasi wasi = Wasi.builder().without(WasiFilesystem.Types.class).build()) {
                assertThat(wasi.offered(WasiFilesystem.Types.class)).isEmpty();
            }
            assertThatThrownBy(() -> Wasi.builder().without(String.class)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
