package infrarust.proxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.proxy.protocol.packet.Disconnect;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.KeepAlive;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.protocol.packet.Marker;
import infrarust.proxy.protocol.packet.SetCompression;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PacketTableTest {

    private final PacketTable table = PacketTable.load();

    @Test
    void all_52_versions_are_known_and_rise() {
        assertThat(table.versions()).hasSize(52);
        assertThat(table.versions().getFirst()).isEqualTo(new ProtocolVersion(4, "1.7.2"));
        assertThat(table.newest()).isEqualTo(new ProtocolVersion(777, "26.3"));
    }

    @Test
    void an_id_is_looked_up_both_ways() {
        PacketIds ids = table.ids(765);

        assertThat(ids.id(PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT)).isEqualTo(0x69);
        assertThat(ids.type(ConnectionState.PLAY, Direction.CLIENTBOUND, 0x69))
                .isEqualTo(PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT);
        assertThat(ids.type(ConnectionState.PLAY, Direction.CLIENTBOUND, 0x7F)).isEqualTo(PacketType.UNKNOWN);
        assertThat(ids.type(ConnectionState.PLAY, Direction.CLIENTBOUND, -5)).isEqualTo(PacketType.UNKNOWN);
        assertThat(ids.type(ConnectionState.PLAY, Direction.CLIENTBOUND, Integer.MAX_VALUE))
                .isEqualTo(PacketType.UNKNOWN);
    }

    @Test
    void a_packet_that_a_version_does_not_have_is_absent() {
        assertThat(table.ids(4).has(PacketType.CLIENTBOUND_LOGIN_SET_COMPRESSION))
                .isFalse();
        assertThat(table.ids(47).id(PacketType.CLIENTBOUND_LOGIN_SET_COMPRESSION))
                .isEqualTo(3);
        assertThat(table.ids(758).has(PacketType.CLIENTBOUND_PLAY_CHAT_LEGACY)).isTrue();
        assertThat(table.ids(759).has(PacketType.CLIENTBOUND_PLAY_CHAT_LEGACY)).isFalse();
    }

    @Nested
    class A_number_that_is_not_in_the_table {

        @Test
        void between_two_versions_has_the_ids_of_the_older_one() {
            assertThat(table.ids(400).id(PacketType.CLIENTBOUND_PLAY_KEEP_ALIVE))
                    .isEqualTo(table.ids(393).id(PacketType.CLIENTBOUND_PLAY_KEEP_ALIVE));
        }

        @Test
        void newer_than_all_has_the_newest_ids_and_keeps_its_number() {
            PacketIds ids = table.ids(0x4000_0123);

            assertThat(ids.protocol()).isEqualTo(0x4000_0123);
            assertThat(ids.id(PacketType.CLIENTBOUND_PLAY_JOIN_GAME)).isEqualTo(0x32);
            assertThat(table.version(0x4000_0123).name()).isEqualTo("protocol 1073742115");
            assertThat(table.isKnown(0x4000_0123)).isFalse();
        }

        @Test
        void older_than_all_or_negative_has_the_oldest_ids() {
            assertThat(table.ids(-1).id(PacketType.CLIENTBOUND_PLAY_JOIN_GAME)).isEqualTo(1);
        }
    }

    @Nested
    class A_version_that_changes_only_ids {

        private static final int NEXT = 778;

        /** The table that comes with the proxy, and one column: every packet of the play state moves up by one. */
        private static PacketTable withOneMoreColumn() throws IOException {
            List<String> lines;
            try (var stream = PacketTable.class.getResourceAsStream("packet-ids.txt")) {
                lines = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
            }
            PacketIds newest = PacketTable.load().ids(777);
            return PacketTable.parse(lines.stream()
                    .map(line -> switch (line.split(" ", -1)[0]) {
                        case "protocol" -> line + " " + NEXT;
                        case "version" -> line + " 26.4";
                        case "serverbound", "clientbound" -> line + " " + moved(line, newest);
                        default -> line;
                    })
                    .toList());
        }

        private static String moved(String row, PacketIds newest) {
            String[] words = row.split(" +", -1);
            PacketType type = PacketType.valueOf((words[0] + "_" + words[1] + "_" + words[2]).toUpperCase(Locale.ROOT));
            return type.state() == ConnectionState.PLAY && newest.has(type)
                    ? Integer.toHexString(newest.id(type) + 1)
                    : ".";
        }

        /** What travels in a status or a login, as bytes and back; each packet is found by its id. */
        private static <T> T travel(PacketTable table, PacketLayout<T> layout, T packet) {
            PacketIds ids = table.ids(NEXT);
            ByteBuf frame = layout.encode(UnpooledByteBufAllocator.DEFAULT, ids, packet);
            try {
                int id = Wire.readVarInt(frame);
                assertThat(ids.type(layout.type().state(), layout.type().direction(), id))
                        .isEqualTo(layout.type());
                T read = layout.read(frame, ids);
                assertThat(frame.isReadable()).isFalse();
                return read;
            } finally {
                frame.release();
            }
        }

        @Test
        void is_known_once_it_has_its_column() throws IOException {
            PacketTable table = withOneMoreColumn();

            assertThat(table.newest()).isEqualTo(new ProtocolVersion(NEXT, "26.4"));
            assertThat(table.isKnown(NEXT)).isTrue();
            assertThat(table.ids(NEXT).id(PacketType.CLIENTBOUND_PLAY_JOIN_GAME))
                    .isEqualTo(table.ids(777).id(PacketType.CLIENTBOUND_PLAY_JOIN_GAME) + 1);
        }

        @Test
        void logs_in_and_plays_with_the_layouts_of_the_version_before() throws IOException {
            PacketTable table = withOneMoreColumn();
            UUID player = new UUID(1, 2);

            var handshake = new Handshake(NEXT, "example.org", 25_565, Handshake.LOGIN);
            assertThat(travel(table, Handshake.LAYOUT, handshake)).isEqualTo(handshake);
            var start = new LoginStart("Steve", Optional.empty(), Optional.of(player));
            assertThat(travel(table, LoginStart.LAYOUT, start)).isEqualTo(start);
            assertThat(travel(table, SetCompression.LAYOUT, new SetCompression(256)))
                    .isEqualTo(new SetCompression(256));
            var success = new LoginSuccess(player, "Steve", List.of(), new UUID(3, 4));
            assertThat(travel(table, LoginSuccess.LAYOUT, success)).isEqualTo(success);
            assertThat(travel(table, Marker.FINISH_CONFIGURATION, Marker.MARKER))
                    .isEqualTo(Marker.MARKER);
            assertThat(travel(table, KeepAlive.PLAY_CLIENTBOUND, new KeepAlive(5)))
                    .isEqualTo(new KeepAlive(5));
            var reason = new Disconnect(Component.text("bye"));
            assertThat(travel(table, Disconnect.PLAY, reason)).isEqualTo(reason);
        }
    }

    @Nested
    class A_broken_table {

        @Test
        void with_a_short_row_is_refused_with_the_row() {
            assertThatThrownBy(() ->
                            PacketTable.parse(List.of("protocol 4 5", "version a b", "clientbound play join_game 01")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("clientbound play join_game 01");
        }

        @Test
        void with_the_same_id_twice_is_refused_with_both_packets() {
            assertThatThrownBy(() -> PacketTable.parse(List.of(
                            "protocol 4", "version a", "clientbound play join_game 01", "clientbound play respawn 01")))
                    .hasMessageContaining("JOIN_GAME")
                    .hasMessageContaining("RESPAWN");
        }
    }
}
