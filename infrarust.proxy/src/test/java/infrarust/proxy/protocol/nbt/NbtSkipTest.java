package infrarust.proxy.protocol.nbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.proxy.protocol.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NbtSkipTest {

    private static final Tag EVERYTHING = new Tag.OfCompound(Map.of(
            "numbers",
                    new Tag.OfList(List.of(
                            new Tag.OfCompound(Map.of("a", new Tag.OfByte((byte) 1), "b", new Tag.OfShort((short) 2))),
                            new Tag.OfCompound(Map.of("c", new Tag.OfInt(3), "d", new Tag.OfLong(4))),
                            new Tag.OfCompound(Map.of("e", new Tag.OfFloat(5), "f", new Tag.OfDouble(6))))),
            "arrays",
                    new Tag.OfCompound(Map.of(
                            "a", new Tag.OfByteArray(new byte[3]),
                            "b", new Tag.OfIntArray(new int[3]),
                            "c", new Tag.OfLongArray(new long[3]),
                            "d", new Tag.OfString("text")))));

    @ParameterizedTest
    @ValueSource(ints = {763, 764})
    void what_was_written_is_left_behind(int protocol) {
        ByteBuf in = Unpooled.buffer();
        NetworkNbt.write(in, EVERYTHING, protocol);
        in.writeByte(77);
        NetworkNbt.skip(in, protocol);
        assertThat(in.readByte()).isEqualTo((byte) 77);
    }

    @ParameterizedTest
    @ValueSource(ints = {763, 764})
    void what_ends_too_early_is_malformed_wherever_it_ends(int protocol) {
        ByteBuf whole = Unpooled.buffer();
        NetworkNbt.write(whole, EVERYTHING, protocol);
        for (int length = 0; length < whole.readableBytes(); length++) {
            ByteBuf in = whole.slice(0, length);
            assertThatThrownBy(() -> NetworkNbt.skip(in, protocol)).isInstanceOf(MalformedPacketException.class);
        }
    }

    @Test
    void lists_of_nothing_and_nests_without_end_are_refused() {
        ByteBuf nothing = Unpooled.buffer().writeByte(9).writeByte(0).writeInt(Integer.MAX_VALUE);
        assertThatThrownBy(() -> NetworkNbt.skip(nothing, 764)).isInstanceOf(MalformedPacketException.class);
        ByteBuf array = Unpooled.buffer().writeByte(12).writeInt(Integer.MAX_VALUE);
        assertThatThrownBy(() -> NetworkNbt.skip(array, 764)).isInstanceOf(MalformedPacketException.class);
        ByteBuf deep = Unpooled.buffer().writeByte(9);
        for (int i = 0; i < 100_000; i++) {
            deep.writeByte(9).writeInt(1);
        }
        assertThatThrownBy(() -> NetworkNbt.skip(deep, 764)).isInstanceOf(MalformedPacketException.class);
        ByteBuf unknown = Unpooled.buffer().writeByte(13);
        assertThatThrownBy(() -> NetworkNbt.skip(unknown, 764)).isInstanceOf(MalformedPacketException.class);
    }
}
