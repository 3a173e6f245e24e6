package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Locale;

/**
 * A node of a {@link CommandTree} that the proxy adds. Only argument types of Brigadier itself, which every version since 1.13 has
 * under the same names and, since 1.19, numbers.
 *
 * @param name a fixed word, or what the client calls the argument; differs from those of its siblings
 * @param parser what the client checks it by
 * @param isExecutable whether the command may end here
 * @param asksServer whether the client asks the proxy what could stand here; never for literals
 * @param children what may follow. Nodes that have the very same list share what it holds
 */
public record CommandNode(
        String name, Parser parser, boolean isExecutable, boolean asksServer, List<CommandNode> children) {

    /** What a client checks a word by. */
    public sealed interface Parser {

        /** It is the node's name. */
        record Literal() implements Parser {}

        /** It is {@code true} or {@code false}. */
        record Truth() implements Parser {}

        /**
         * It is a number in these bounds.
         *
         * @param least the smallest
         * @param most the largest
         */
        record Whole(int least, int most) implements Parser {}

        /** It is one word of letters, digits and {@code _ - . +}; the client marks others, and sends them all the same. */
        record Word() implements Parser {}

        /** It is the rest of the line. */
        record Text() implements Parser {}
    }

    /** How a parser is called before 1.19, and its number since. */
    private enum ParserId {
        BOOL(0),
        INTEGER(3),
        STRING(5);

        private final int number;

        ParserId(int number) {
            this.number = number;
        }

        void write(ByteBuf out, int protocol) {
            if (protocol >= ProtocolVersion.V1_19) {
                Wire.writeVarInt(out, number);
            } else {
                Wire.writeString(out, "brigadier:" + name().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static final int LITERAL = 1;
    private static final int ARGUMENT = 2;
    private static final int EXECUTABLE = 0x04;
    private static final int SUGGESTIONS = 0x10;

    private static final int SINGLE_WORD = 0;
    private static final int GREEDY = 2;
    private static final int HAS_LEAST = 1;
    private static final int HAS_MOST = 2;

    /** The one argument of commands of which nothing is known. */
    private static final List<CommandNode> ANYTHING =
            List.of(new CommandNode("arguments", new Parser.Text(), true, true, List.of()));

    public CommandNode {
        children = List.copyOf(children); // the same list, when it is one that cannot change
    }

    /** A command whose arguments the server, that is the proxy, completes. */
    public static CommandNode ofAnything(String label) {
        return literal(label, true, ANYTHING);
    }

    /** A fixed word. */
    public static CommandNode literal(String word, boolean isExecutable, List<CommandNode> children) {
        return new CommandNode(word, new Parser.Literal(), isExecutable, false, children);
    }

    /**
     * Writes the node as it stands in the packet.
     *
     * @param childIndices where its children stand
     */
    void write(ByteBuf out, List<Integer> childIndices, int protocol) {
        boolean literal = parser instanceof Parser.Literal;
        out.writeByte((literal ? LITERAL : ARGUMENT)
                | (isExecutable ? EXECUTABLE : 0)
                | (asksServer && !literal ? SUGGESTIONS : 0));
        Wire.writeVarInt(out, childIndices.size());
        childIndices.forEach(index -> Wire.writeVarInt(out, index));
        Wire.writeString(out, name);
        switch (parser) {
            case Parser.Literal() -> {}
            case Parser.Truth() -> ParserId.BOOL.write(out, protocol);
            case Parser.Whole(int least, int most) -> {
                ParserId.INTEGER.write(out, protocol);
                writeBounds(out, least, most);
            }
            case Parser.Word() -> {
                ParserId.STRING.write(out, protocol);
                Wire.writeVarInt(out, SINGLE_WORD);
            }
            case Parser.Text() -> {
                ParserId.STRING.write(out, protocol);
                Wire.writeVarInt(out, GREEDY);
            }
        }
        if (asksServer && !literal) {
            Wire.writeString(out, "minecraft:ask_server");
        }
    }

    private static void writeBounds(ByteBuf out, int least, int most) {
        boolean hasLeast = least > Integer.MIN_VALUE;
        boolean hasMost = most < Integer.MAX_VALUE;
        out.writeByte((hasLeast ? HAS_LEAST : 0) | (hasMost ? HAS_MOST : 0));
        if (hasLeast) {
            out.writeInt(least);
        }
        if (hasMost) {
            out.writeInt(most);
        }
    }
}
