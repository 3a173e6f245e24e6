package infrarust.proxy.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.filter.PacketWriter;
import infrarust.api.filter.RawPacket;
import infrarust.api.filter.UnreadableBytesException;
import io.netty.buffer.Unpooled;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BytesCursorTest {

    private final FrameCursor cursor = new FrameCursor(id -> id == 9);

    private void show(RawPacket packet) {
        cursor.begin(0, Unpooled.buffer().writeByte(0).writeBytes(packet.body()));
    }

    private void show(int... bytes) {
        var writer = new PacketWriter(0);
        for (int one : bytes) {
            writer.writeByte(one);
        }
        show(writer.packet());
    }

    @Test
    void what_the_writer_writes_is_read() {
        UUID uuid = UUID.randomUUID();
        show(new PacketWriter(0)
                .writeByte(-2)
                .writeBoolean(true)
                .writeShort(-3)
                .writeShort(0xFFFE)
                .writeInt(Integer.MIN_VALUE)
                .writeLong(Long.MIN_VALUE + 1)
                .writeFloat(1.5f)
                .writeDouble(-0.25)
                .writeVarInt(-1)
                .writeVarInt(300)
                .writeVarLong(Long.MIN_VALUE)
                .writeString("grün 😀")
                .writeUuid(uuid)
                .writeBytes(new byte[] {1, 2, 3})
                .packet());
        assertThat(cursor.readByte()).isEqualTo((byte) -2);
        assertThat(cursor.readBoolean()).isTrue();
        assertThat(cursor.readShort()).isEqualTo((short) -3);
        assertThat(cursor.readUnsignedShort()).isEqualTo(0xFFFE);
        assertThat(cursor.readInt()).isEqualTo(Integer.MIN_VALUE);
        assertThat(cursor.readLong()).isEqualTo(Long.MIN_VALUE + 1);
        assertThat(cursor.readFloat()).isEqualTo(1.5f);
        assertThat(cursor.readDouble()).isEqualTo(-0.25);
        assertThat(cursor.readVarInt()).isEqualTo(-1);
        assertThat(cursor.readVarInt()).isEqualTo(300);
        assertThat(cursor.readVarLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(cursor.readString(7)).isEqualTo("grün 😀");
        assertThat(cursor.readUuid()).isEqualTo(uuid);
        cursor.skip(1);
        byte[] two = new byte[4];
        cursor.readBytes(two, 1, 2);
        assertThat(two).containsExactly(0, 2, 3, 0);
        assertThat(cursor.remaining()).isZero();
        cursor.position(1);
        assertThat(cursor.readBoolean()).isTrue();
        assertThat(cursor.at(0)).isEqualTo((byte) -2);
        assertThat(cursor.position()).isEqualTo(2);
    }

    @Nested
    class Cannot_read {

        private void isUnreadable(Consumer<FrameCursor> read) {
            assertThatThrownBy(() -> read.accept(cursor)).isInstanceOf(UnreadableBytesException.class);
        }

        @Test
        void beyond_the_end() {
            show(1, 2, 3);
            isUnreadable(FrameCursor::readInt);
            isUnreadable(bytes -> bytes.readBytes(4));
            isUnreadable(bytes -> bytes.readBytes(-1));
            isUnreadable(bytes -> bytes.skip(Integer.MAX_VALUE));
            isUnreadable(bytes -> bytes.position(4));
            isUnreadable(bytes -> bytes.position(-1));
            isUnreadable(bytes -> bytes.at(3));
            isUnreadable(bytes -> bytes.at(-1));
            assertThat(cursor.readBytes(3)).containsExactly(1, 2, 3);
            isUnreadable(FrameCursor::readByte);
        }

        @Test
        void lengths_that_are_none() {
            show(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1);
            isUnreadable(FrameCursor::readVarInt);
            cursor.position(0);
            isUnreadable(FrameCursor::readVarLong);
            show(0xFF, 0xFF, 0xFF, 0xFF, 0x0F);
            isUnreadable(bytes -> bytes.readString(10));
            show(5, 'a');
            isUnreadable(bytes -> bytes.readString(10));
            show(3, 'a', 'b', 'c');
            isUnreadable(bytes -> bytes.readString(2));
        }

        @Test
        void what_is_not_its_turn_any_more() {
            show(1);
            cursor.forget();
            isUnreadable(FrameCursor::readByte);
            assertThat(cursor.length()).isZero();
        }
    }

    @Nested
    class Injects {

        @Test
        void only_while_it_is_looked_at() {
            show(1);
            assertThatThrownBy(() -> cursor.injectAfter(new RawPacket(1, new byte[0])))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void nothing_that_the_proxy_has_to_see() {
            show(1);
            cursor.open();
            assertThatThrownBy(() -> cursor.injectBefore(new RawPacket(9, new byte[0])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0x09");
        }

        @Test
        void no_more_than_fits() {
            show(1);
            cursor.open();
            var long1 = new RawPacket(1, new byte[RawPacket.MAX_BODY]);
            assertThatThrownBy(() -> cursor.injectBefore(new RawPacket(1, new byte[RawPacket.MAX_BODY + 1])))
                    .isInstanceOf(IllegalArgumentException.class);
            cursor.injectBefore(long1);
            cursor.injectAfter(long1);
            assertThatThrownBy(() -> cursor.injectBefore(long1)).isInstanceOf(IllegalStateException.class);
            show(1);
            cursor.open();
            for (int i = 0; i < FrameCursor.MAX_INJECTED_PACKETS; i++) {
                cursor.injectBefore(new RawPacket(1, new byte[1]));
            }
            assertThatThrownBy(() -> cursor.injectAfter(new RawPacket(1, new byte[1])))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
