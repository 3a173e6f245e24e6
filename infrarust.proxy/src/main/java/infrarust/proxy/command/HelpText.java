package infrarust.proxy.command;

import infrarust.api.command.CommandSpec;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.kyori.adventure.text.Component;

/** How help shows a command: each of its forms, what it does beside the first. */
final class HelpText {

    private HelpText() {}

    /**
     * A line for each form.
     *
     * @param calledAs what is typed to call it
     */
    static Stream<Component> lines(String calledAs, CommandSpec spec) {
        List<String> usages = spec.usages();
        return IntStream.range(0, usages.size()).mapToObj(i -> {
            Component line = Replies.typed((calledAs + " " + usages.get(i)).stripTrailing());
            return i == 0 && !spec.description().isEmpty()
                    ? line.append(Replies.aside(" " + spec.description()))
                    : line;
        });
    }

    /** Everything about one command. */
    static Component of(String calledAs, CommandSpec spec) {
        Component text = lines(calledAs, spec)
                .reduce((above, below) -> above.append(Component.newline()).append(below))
                .orElse(Component.empty());
        return spec.aliases().isEmpty()
                ? text
                : text.append(Component.newline())
                        .append(Replies.aside("Also called: " + String.join(", ", spec.aliases())));
    }
}
