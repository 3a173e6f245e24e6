package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.command.Argument;
import infrarust.api.command.CommandSpec;
import infrarust.proxy.command.ShownCommand;
import infrarust.proxy.protocol.packet.CommandNode;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CommandNodesTest {

    private static String shown(CommandSpec spec) {
        return CommandNodes.of(List.of(new ShownCommand(spec.name(), spec.forms()))).stream()
                .map(CommandNodesTest::text)
                .collect(Collectors.joining());
    }

    /** Name, parser, {@code !} where the command may end, {@code ?} where the proxy completes, children in parentheses. */
    private static String text(CommandNode node) {
        String parser = node.parser().getClass().getSimpleName();
        return (parser.equals("Literal") ? node.name() : node.name() + ":" + parser)
                + (node.isExecutable() ? "!" : "")
                + (node.asksServer() ? "?" : "")
                + (node.children().isEmpty()
                        ? ""
                        : node.children().stream()
                                .map(CommandNodesTest::text)
                                .collect(Collectors.joining(" ", "(", ")")));
    }

    @Test
    void a_command_that_reads_its_line_itself_has_one_text() {
        assertThat(shown(CommandSpec.of("raw"))).isEqualTo("raw!(arguments:Text!?)");
    }

    @Test
    void arguments_have_the_types_of_the_game() {
        assertThat(shown(CommandSpec.of("x")
                        .withArguments(
                                Argument.player("who"),
                                Argument.whole("level", 1, 5),
                                Argument.truth("on").optional(),
                                Argument.text("why").optional())))
                .isEqualTo("x(who:Word?(level:Whole!(on:Truth!(why:Text!?))))");
    }

    @Test
    void forms_share_how_they_begin() {
        assertThat(shown(CommandSpec.of("warp")
                        .withArguments()
                        .withArguments(Argument.literal("set"), Argument.word("name"))
                        .withArguments(Argument.literal("set"), Argument.word("name"), Argument.whole("x"))
                        .withArguments(Argument.literal("list"))))
                .isEqualTo("warp!(set(name:Word!?(x:Whole!)) list!)");
    }

    @Test
    void what_cannot_be_told_apart_is_one_text() {
        assertThat(shown(CommandSpec.of("x").withArguments(Argument.word("a")).withArguments(Argument.whole("a"))))
                .isEqualTo("x!(arguments:Text!?)");
    }

    @Test
    void aliases_share_their_arguments() {
        var forms = CommandSpec.of("x").withArguments(Argument.word("a")).forms();
        var nodes = CommandNodes.of(List.of(new ShownCommand("x", forms), new ShownCommand("y", forms)));
        assertThat(nodes.getFirst().children()).isSameAs(nodes.getLast().children());
    }
}
