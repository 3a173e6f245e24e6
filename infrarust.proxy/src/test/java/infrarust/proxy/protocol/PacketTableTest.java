package infrarust.proxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
