package infrarust.proxy.protocol.golden;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.CommandNode;
import infrarust.proxy.protocol.packet.CommandTree;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trees of commands that others write, with the proxy's commands in them as the same others write those. They have each form of
 * an argument, and a type of a mod that nobody else knows.
 */
class GoldenTreeTest {

    private static final List<CommandNode> OURS =
            List.of(CommandNode.ofAnything("infrarust"), CommandNode.ofAnything("ir"));
    private static final String EXTENDED = ".extended";
    private static final String OWN = "own";
    private static final PacketTable TABLE = PacketTable.load();

    private static final List<GoldenVector> VECTORS = Stream.of("nmp-commands.txt", "minestom-commands.txt")
            .flatMap(source -> GoldenVector.load(source).stream())
            .toList();

    static Stream<GoldenVector> trees() {
        return VECTORS.stream()
                .filter(vector ->
                        !vector.packet().endsWith(EXTENDED) && !vector.packet().equals(OWN));
    }

    static Stream<GoldenVector> own() {
        return VECTORS.stream().filter(vector -> vector.packet().equals(OWN));
    }

    private static Stream<PacketIds> versions(GoldenVector vector) {
        return TABLE.versions().stream()
                .mapToInt(ProtocolVersion::number)
                .filter(number -> number >= vector.since() && number <= vector.until())
                .mapToObj(TABLE::ids);
    }

    private static byte[] vector(String packet, int protocol) {
        return VECTORS.stream()
                .filter(vector ->
                        vector.packet().equals(packet) && protocol >= vector.since() && protocol <= vector.until())
                .findFirst()
                .orElseThrow()
                .bytes();
    }

    private static void assertSame(ByteBuf packet, PacketIds ids, byte[] body) {
        try {
            assertThat(Wire.readVarInt(packet)).isEqualTo(ids.id(PacketType.CLIENTBOUND_PLAY_COMMANDS));
            assertThat(ByteBufUtil.hexDump(packet)).as("in %d", ids.protocol()).isEqualTo(ByteBufUtil.hexDump(body));
        } finally {
            packet.release();
        }
    }

    @ParameterizedTest
    @MethodSource("trees")
    void a_tree_gets_our_commands_and_every_other_node_stays_what_it_was(GoldenVector tree) {
        versions(tree)
                .forEach(ids -> assertSame(
                        CommandTree.extended(Unpooled.wrappedBuffer(tree.bytes()), OURS, ids, ByteBufAllocator.DEFAULT)
                                .orElseThrow(),
                        ids,
                        vector(tree.packet() + EXTENDED, ids.protocol())));
    }

    @ParameterizedTest
    @MethodSource("own")
    void a_tree_of_nothing_but_ours_is_what_others_write(GoldenVector own) {
        versions(own).forEach(ids -> assertSame(CommandTree.of(OURS, ids, ByteBufAllocator.DEFAULT), ids, own.bytes()));
    }

    @Test
    void every_version_of_the_others_is_tried() {
        List<Integer> tried = trees().filter(tree -> tree.packet().equals("root_first"))
                .flatMap(GoldenTreeTest::versions)
                .map(PacketIds::protocol)
                .distinct()
                .toList();
        assertThat(tried)
                .containsAll(TABLE.versions().stream()
                        .map(ProtocolVersion::number)
                        .filter(number -> number >= ProtocolVersion.V1_13 && number <= 776)
                        .toList());
    }
}
