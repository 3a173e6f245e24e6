package infrarust.proxy.protocol.packet;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTreeTest {

    /** What a mod's argument type may look like: nobody here can read it, and it is full of zeros and continuation bits. */
    private static final byte[] UNKNOWN_PARSER = {(byte) 0xFE, 0x7F, 0, 0, (byte) 0x80, 0, 3, 0, (byte) 0xFF, 1};

    private static final PacketTable PACKETS = PacketTable.load();
    private static final List<CommandNode> OURS =
            List.of(CommandNode.ofAnything("infrarust"), CommandNode.ofAnything("ir"));

    private final List<byte[]> nodes = new ArrayList<>();

    private static PacketIds ids(int protocol) {
        return PACKETS.ids(protocol);
    }

    /** Adds a node and answers its index. */
    private int node(int flags, String name, byte[] argument, int... children) {
        ByteBuf out = Unpooled.buffer().writeByte(flags);
        Wire.writeVarInt(out, children.length);
        for (int child : children) {
            Wire.writeVarInt(out, child);
        }
        if ((flags & 0x08) != 0) {
            Wire.writeVarInt(out, 0);
        }
        if ((flags & 3) != 0) {
            Wire.writeString(out, name);
        }
        nodes.add(Wire.readRest(out.writeBytes(argument)));
        return nodes.size() - 1;
    }

    private int literal(String name, int... children) {
        return node(5, name, new byte[0], children);
    }

    private int argument(String name) {
        return node(6, name, UNKNOWN_PARSER);
    }

    private int root(int... children) {
        return node(0, "", new byte[0], children);
    }

    private ByteBuf tree(int root) {
        ByteBuf out = Unpooled.buffer();
        Wire.writeVarInt(out, nodes.size());
        nodes.forEach(out::writeBytes);
        Wire.writeVarInt(out, root);
        return out;
    }

    private Optional<ByteBuf> extended(int protocol, int root) {
        return CommandTree.extended(tree(root), OURS, ids(protocol), ByteBufAllocator.DEFAULT);
    }

    /** The tree that must come out: the same nodes, another root, ours at the end. */
    private byte[] expected(int protocol, int root, int... rootChildren) {
        int first = nodes.size();
        var all = new ArrayList<>(nodes);
        nodes.clear();
        root(rootChildren);
        byte[] newRoot = nodes.removeFirst();
        all.set(root, newRoot);
        nodes.addAll(all);
        ByteBuf parser = Unpooled.buffer();
        if (protocol >= 759) {
            Wire.writeVarInt(parser, 5);
        } else {
            Wire.writeString(parser, "brigadier:string");
        }
        Wire.writeVarInt(parser, 2);
        Wire.writeString(parser, "minecraft:ask_server");
        node(0x16, "arguments", Wire.readRest(parser));
        literal("infrarust", first);
        literal("ir", first);
        ByteBuf out = Unpooled.buffer();
        Wire.writeVarInt(out, ids(protocol).id(PacketType.CLIENTBOUND_PLAY_COMMANDS));
        return Wire.readRest(out.writeBytes(tree(root)));
    }

    private static byte[] bytes(Optional<ByteBuf> packet) {
        ByteBuf there = packet.orElseThrow();
        byte[] bytes = Wire.readRest(there);
        there.release();
        return bytes;
    }

    @Nested
    class With_the_root_in_front {

        @ParameterizedTest
        @ValueSource(ints = {393, 758, 759, 765, 770, 777})
        void commands_are_added_and_arguments_of_any_type_are_left_alone(int protocol) {
            root(1, 2);
            literal("give", 3);
            literal("help");
            argument("thing");
            assertThat(bytes(extended(protocol, 0))).isEqualTo(expected(protocol, 0, 1, 2, 5, 6));
        }

        @Test
        void a_command_of_the_same_name_is_hidden() {
            root(1, 2, 3);
            literal("give", 4);
            node(0x0D, "ir", new byte[0], 4);
            literal("help");
            argument("thing");
            assertThat(bytes(extended(765, 0))).isEqualTo(expected(765, 0, 1, 3, 6, 7));
        }

        @Test
        void a_name_deeper_in_the_tree_or_behind_an_argument_is_left_alone() {
            root(1, 4);
            literal("proxy", 2);
            literal("ir");
            argument("thing");
            literal("infrarust");
            assertThat(bytes(extended(765, 0))).isEqualTo(expected(765, 0, 1, 4, 6, 7));
        }

        @Test
        void nothing_else_need_be_there() {
            root();
            assertThat(bytes(extended(765, 0))).isEqualTo(expected(765, 0, 2, 3));
        }

        @Test
        void indices_of_several_bytes_are_written_right() {
            int[] children = new int[40_000];
            for (int i = 0; i < children.length; i++) {
                children[i] = i + 1;
            }
            root(children);
            for (int child : children) {
                literal("c" + child);
            }
            int[] more = Arrays.copyOf(children, children.length + 2);
            more[children.length] = nodes.size() + 1;
            more[children.length + 1] = nodes.size() + 2;
            assertThat(bytes(extended(765, 0))).isEqualTo(expected(765, 0, more));
        }
    }

    @Nested
    class With_the_root_at_the_end {

        @Test
        void commands_are_added() {
            literal("give", 1);
            argument("thing");
            literal("help");
            int root = root(0, 2);
            assertThat(bytes(extended(765, root))).isEqualTo(expected(765, root, 0, 2, 5, 6));
        }

        @Test
        void many_nodes_make_its_index_longer() {
            int[] children = new int[300];
            for (int i = 0; i < children.length; i++) {
                children[i] = literal("c" + i);
            }
            int root = root(children);
            int[] more = Arrays.copyOf(children, children.length + 2);
            more[300] = nodes.size() + 1;
            more[301] = nodes.size() + 2;
            assertThat(bytes(extended(765, root))).isEqualTo(expected(765, root, more));
        }

        @Test
        void it_is_left_alone_when_two_readings_of_the_end_are_possible() {
            literal("a");
            literal("b");
            // The children read as a root with one child as well.
            int root = root(1, 0, 1, 1);
            assertThat(extended(765, root)).isEmpty();
        }
    }

    @Nested
    class Anything_else {

        @Test
        void is_left_alone_when_the_root_is_in_the_middle() {
            literal("a");
            int root = root(0);
            argument("thing");
            assertThat(extended(765, root)).isEmpty();
        }

        @Test
        void is_left_alone_when_it_is_no_tree() {
            byte[][] wrong = {
                {},
                {0},
                {0, 0},
                {1},
                {1, 1, 0, 0},
                {1, 0, 1, 5, 0},
                {1, 0, (byte) 0xFF, 0},
                {(byte) 0x80},
                {127, 0, 0, 0},
                {3, 0, 1, 1, 5, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7, 0}
            };
            for (byte[] body : wrong) {
                assertThat(CommandTree.extended(Unpooled.wrappedBuffer(body), OURS, ids(765), ByteBufAllocator.DEFAULT))
                        .isEmpty();
            }
        }

        @Test
        void is_survived_whatever_bytes_it_has() {
            var random = new Random(11);
            for (int i = 0; i < 20_000; i++) {
                byte[] body = new byte[random.nextInt(60)];
                random.nextBytes(body);
                for (int j = 0; j < body.length; j++) {
                    if (random.nextBoolean()) {
                        body[j] = (byte) random.nextInt(4);
                    }
                }
                CommandTree.extended(Unpooled.wrappedBuffer(body), OURS, ids(765), ByteBufAllocator.DEFAULT)
                        .ifPresent(ByteBuf::release);
            }
        }
    }

    @Test
    void a_tree_of_nothing_but_ours_can_be_extended_itself() {
        ByteBuf own = CommandTree.of(List.of(CommandNode.ofAnything("lobby")), ids(770), ByteBufAllocator.DEFAULT);
        Wire.readVarInt(own);
        assertThat(bytes(CommandTree.extended(own, OURS, ids(770), ByteBufAllocator.DEFAULT)))
                .isNotEmpty();
        own.release();
    }

    @Nested
    class Arguments_of_ours {

        private final CommandNode warp = CommandNode.literal(
                "warp",
                false,
                List.of(
                        CommandNode.literal("list", true, List.of()),
                        new CommandNode(
                                "who",
                                new CommandNode.Parser.Word(),
                                true,
                                true,
                                List.of(new CommandNode(
                                        "level",
                                        new CommandNode.Parser.Whole(1, Integer.MAX_VALUE),
                                        false,
                                        false,
                                        List.of(new CommandNode(
                                                "on", new CommandNode.Parser.Truth(), true, false, List.of())))))));

        private byte[] parser(int protocol, String name, int number, int... properties) {
            ByteBuf out = Unpooled.buffer();
            if (protocol >= 759) {
                Wire.writeVarInt(out, number);
            } else {
                Wire.writeString(out, "brigadier:" + name);
            }
            for (int property : properties) {
                out.writeByte(property);
            }
            return Wire.readRest(out);
        }

        private byte[] joined(byte[] parser, String suggestions) {
            ByteBuf out = Unpooled.buffer().writeBytes(parser);
            Wire.writeString(out, suggestions);
            return Wire.readRest(out);
        }

        @ParameterizedTest
        @ValueSource(ints = {393, 758, 759, 765, 777})
        void are_written_by_their_types_behind_the_nodes_that_were_there(int protocol) {
            root(1);
            literal("give", 2);
            argument("thing");
            ByteBuf body = tree(0);
            nodes.clear();
            root(1, 7);
            literal("give", 2);
            argument("thing");
            literal("list");
            node(6, "on", parser(protocol, "bool", 0));
            node(2, "level", parser(protocol, "integer", 3, 1, 0, 0, 0, 1), 4);
            node(0x16, "who", joined(parser(protocol, "string", 5, 0), "minecraft:ask_server"), 5);
            node(1, "warp", new byte[0], 3, 6);
            ByteBuf wanted = Unpooled.buffer();
            Wire.writeVarInt(wanted, ids(protocol).id(PacketType.CLIENTBOUND_PLAY_COMMANDS));
            assertThat(bytes(CommandTree.extended(body, List.of(warp), ids(protocol), ByteBufAllocator.DEFAULT)))
                    .isEqualTo(Wire.readRest(wanted.writeBytes(tree(0))));
        }
    }
}
