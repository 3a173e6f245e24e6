package infrarust.proxy.console;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.Plugin;
import infrarust.api.command.CommandSpec;
import infrarust.proxy.command.Operations;
import infrarust.proxy.command.OperatorCommands;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.event.FakeDeadlines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import net.kyori.adventure.text.format.TextColor;
import net.kyori.adventure.text.format.TextDecoration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTest {

    private final AnsiText plain = new AnsiText(false, false);

    @Nested
    class Text {

        private final Component warning = Component.text("Careful: ", NamedTextColor.RED)
                .append(Component.text("very", NamedTextColor.GOLD, TextDecoration.BOLD))
                .append(Component.text(" hot"));

        @Test
        void is_coloured_and_inherits_what_it_does_not_say() {
            assertThat(new AnsiText(true, false).of(warning))
                    .isEqualTo("\033[31mCareful: \033[0m\033[33;1mvery\033[0m\033[31m hot\033[0m");
            assertThat(plain.of(warning)).isEqualTo("Careful: very hot");
        }

        @Test
        void without_a_style_has_no_codes() {
            assertThat(new AnsiText(true, true).of(Component.text("a\nb"))).isEqualTo("a\nb");
        }

        @Test
        void has_any_colour_where_the_terminal_has_it_and_else_the_nearest() {
            Component orange = Component.text("x", TextColor.color(0xFF8001));
            assertThat(new AnsiText(true, true).of(orange)).isEqualTo("\033[38;2;255;128;1mx\033[0m");
            assertThat(new AnsiText(true, false).of(orange)).isEqualTo("\033[33mx\033[0m");
        }

        @Test
        void from_strangers_gives_the_terminal_no_orders() {
            assertThat(plain.of(Component.text("a\033]0;title\007b\u009b2Jc\r\n\td")))
                    .isEqualTo("a\uFFFD]0;title\uFFFDb\uFFFD2Jc\n    d");
        }
    }

    @Nested
    class A_pipe {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final OperatorCommands commands;

        A_pipe() {
            var operations = new Operations();
            operations.add(CommandSpec.of("echo"), invocation -> {
                invocation.source().sendMessage(Component.text(invocation.raw(), NamedTextColor.RED));
                return Plugin.done();
            });
            commands = new OperatorCommands(operations, new ProxyCommands(new FakeDeadlines(), (source, node) -> true));
        }

        private String answers(InputStream in) {
            new PlainLines(commands, in, new PrintStream(out, true, StandardCharsets.UTF_8), plain).serve();
            return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
        }

        @Test
        void has_a_command_in_each_line_answered_in_order_without_prompt_or_colours() {
            String lines = "echo one\n\necho zw\u00f6lf\r\nnothing\necho last";
            assertThat(answers(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo("one\nzw\u00f6lf\nThere is no command \"nothing\". help lists them all.\nlast\n");
        }

        @Test
        void that_is_empty_or_broken_ends_the_reading_and_nothing_else() throws IOException {
            assertThat(answers(InputStream.nullInputStream())).isEmpty();
            InputStream closed = InputStream.nullInputStream();
            closed.close();
            assertThat(answers(closed)).isEmpty();
        }
    }

    @Nested
    class In_the_background {

        @Test
        void the_terminal_is_left_alone() {
            assertThat(ForegroundProcess.isInForeground("7 (java) S 1 7 3 34816 7 4194304 1"))
                    .isTrue();
            assertThat(ForegroundProcess.isInForeground("7 (java) S 1 7 3 34816 3 4194304 1"))
                    .isFalse();
            assertThat(ForegroundProcess.isInForeground("7 (a) b (c) S 1 7 7 0 -1 4194304 1"))
                    .isFalse();
            assertThat(ForegroundProcess.isInForeground("")).isTrue();
        }
    }

    @Nested
    class The_history {

        @TempDir
        Path folder;

        @Test
        void is_its_owners_alone() throws IOException {
            Path file = HistoryFile.prepared(folder.resolve("a/history")).orElseThrow();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            Files.writeString(file, "1:kick Bob\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(HistoryFile.prepared(file)).contains(file);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(file).hasContent("1:kick Bob");
        }

        @Test
        void is_not_kept_where_there_is_no_place() throws IOException {
            Path file = Files.createFile(folder.resolve("file"));
            assertThat(HistoryFile.prepared(file.resolve("history"))).isEmpty();
        }
    }
}
