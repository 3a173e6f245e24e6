package infrarust.proxy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InterestTest {

    private static final PacketIds IDS = PacketTable.load().ids(765);
    private static final PacketType KNOWN = PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION;

    private static Interest ids(int... ids) {
        BitSet bits = new BitSet();
        IntStream.of(ids).forEach(bits::set);
        return Interest.ofIds(bits);
    }

    @Test
    void of_two_want_what_either_wants() {
        Interest both = ids(1, 200).or(ids(64));
        assertThat(IntStream.range(-5, 300).filter(both::wants)).containsExactly(1, 64, 200);
        assertThat(both.or(Interest.NONE)).isSameAs(both);
        assertThat(Interest.NONE.or(both)).isSameAs(both);
        assertThat(Interest.ALL.or(both)).isSameAs(Interest.ALL);
        assertThat(both.or(Interest.ALL)).isSameAs(Interest.ALL);
    }

    @Test
    void of_none_are_nothing() {
        assertThat(ids().isNone()).isTrue();
        assertThat(Interest.NONE.isNone()).isTrue();
        assertThat(Interest.ALL.isNone()).isFalse();
        assertThat(ids(0).isNone()).isFalse();
    }

    @Test
    void may_end_at_a_length() {
        Interest some = Interest.upTo(100, IDS, KNOWN);
        assertThat(some.wants(IDS.id(KNOWN), 100)).isTrue();
        assertThat(some.wants(IDS.id(KNOWN), 101)).isFalse();
        assertThat(some.or(ids(3)).wants(IDS.id(KNOWN), 101)).isTrue();
        assertThat(Interest.ALL.wants(-1, Frames.MAX_LENGTH)).isTrue();
        assertThat(ids(3).wants(-1, 0)).isFalse();
    }
}
