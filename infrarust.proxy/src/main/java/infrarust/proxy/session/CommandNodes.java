package infrarust.proxy.session;

import infrarust.api.command.Argument;
import infrarust.api.command.ArgumentType;
import infrarust.proxy.command.ShownCommand;
import infrarust.proxy.protocol.packet.CommandNode;
import infrarust.proxy.protocol.packet.CommandNode.Parser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The commands of the proxy as nodes for clients. Forms that begin alike share those nodes. A form that would need two arguments of
 * one name and different types in one place is shown as one text that the proxy completes.
 */
final class CommandNodes {

    private CommandNodes() {}

    /** A literal for each command; aliases share what follows. */
    static List<CommandNode> of(List<ShownCommand> commands) {
        Map<List<List<Argument<?>>>, CommandNode> made = new HashMap<>();
        List<CommandNode> nodes = new ArrayList<>();
        for (ShownCommand command : commands) {
            if (command.forms().isEmpty()) {
                nodes.add(CommandNode.ofAnything(command.label()));
                continue;
            }
            CommandNode first = made.computeIfAbsent(command.forms(), forms -> node(command.label(), forms));
            nodes.add(CommandNode.literal(command.label(), first.isExecutable(), first.children()));
        }
        return nodes;
    }

    private static CommandNode node(String label, List<List<Argument<?>>> forms) {
        var branch = new Branch(label, new Parser.Literal(), false);
        boolean clear = forms.stream().allMatch(form -> branch.add(form, 0));
        return clear ? branch.node() : CommandNode.ofAnything(label);
    }

    /** A node that is being put together. */
    private static final class Branch {

        private final String name;
        private final Parser parser;
        private final boolean asksServer;
        private final List<Branch> children = new ArrayList<>();
        private boolean executable;

        Branch(String name, Parser parser, boolean asksServer) {
            this.name = name;
            this.parser = parser;
            this.asksServer = asksServer;
        }

        /** Adds the arguments of a form from one on. Answers whether there is a place for them. */
        boolean add(List<Argument<?>> form, int from) {
            executable |= from == form.size() || form.get(from).isOptional();
            if (from == form.size()) {
                return true;
            }
            Argument<?> argument = form.get(from);
            Parser wanted = parser(argument.type());
            Optional<Branch> there = children.stream()
                    .filter(child -> child.name.equals(argument.name()))
                    .findFirst();
            if (there.isPresent()) {
                return there.get().parser.equals(wanted) && there.get().add(form, from + 1);
            }
            var child = new Branch(argument.name(), wanted, asksServer(argument.type()));
            children.add(child);
            return child.add(form, from + 1);
        }

        CommandNode node() {
            return new CommandNode(
                    name,
                    parser,
                    executable,
                    asksServer,
                    children.stream().map(Branch::node).toList());
        }
    }

    private static Parser parser(ArgumentType<?> type) {
        return switch (type) {
            case ArgumentType.Literal _ -> new Parser.Literal();
            case ArgumentType.Truth _ -> new Parser.Truth();
            case ArgumentType.Whole(int least, int most) -> new Parser.Whole(least, most);
            case ArgumentType.Text _ -> new Parser.Text();
            case ArgumentType.Word _,
                    ArgumentType.Choice _,
                    ArgumentType.OnlinePlayer _,
                    ArgumentType.OnlinePlayers _,
                    ArgumentType.Server _,
                    ArgumentType.Time _,
                    ArgumentType.Custom<?> _ -> new Parser.Word();
        };
    }

    /** Numbers and truth are completed by the client, or not at all; a command may have more to say to any other. */
    private static boolean asksServer(ArgumentType<?> type) {
        return switch (type) {
            case ArgumentType.Literal _, ArgumentType.Truth _, ArgumentType.Whole _ -> false;
            default -> true;
        };
    }
}
