package infrarust.proxy.protocol.nbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.proxy.protocol.MalformedPacketException;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NetworkNbtTest {

    private static String written(Tag root, int protocol) {
        var out = Unpooled.buffer();
        NetworkNbt.write(out, root, protocol);
        return ByteBufUtil.hexDump(out);
    }

    private static Tag.OfCompound compound(Object... namesAndTags) {
        Map<String, Tag> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTags.length; i += 2) {
            values.put((String) namesAndTags[i], (Tag) namesAndTags[i + 1]);
        }
        return new Tag.OfCompound(values);
    }

    @Nested
    class The_root {

        @Test
        void has_an_empty_name_until_1_20_1() {
            assertThat(written(compound(), 763)).isEqualTo("0a000000");
        }

        @Test
        void has_no_name_since_1_20_2() {
            assertThat(written(compound(), 764)).isEqualTo("0a00");
        }

        @Test
        void may_be_a_string() {
            assertThat(written(new Tag.OfString("Hi"), 765)).isEqualTo("0800024869");
        }
    }

    @Nested
    class Values {

        @Test
        void of_every_type_lie_as_the_format_says() {
            Tag all = compound(
                    "b", new Tag.OfByte((byte) -1),
                    "s", new Tag.OfShort((short) 0x102),
                    "i", new Tag.OfInt(0x1020304),
                    "l", new Tag.OfLong(0x102030405060708L),
                    "f", new Tag.OfFloat(1.5f),
                    "d", new Tag.OfDouble(-2.0),
                    "B", new Tag.OfByteArray(new byte[] {1, 2}),
                    "S", new Tag.OfString("x"),
                    "L", new Tag.OfList(List.of(new Tag.OfShort((short) 7))),
                    "C", compound("n", new Tag.OfByte((byte) 5)),
                    "I", new Tag.OfIntArray(new int[] {3}),
                    "J", new Tag.OfLongArray(new long[] {4}));
            assertThat(written(all, 775))
                    .isEqualTo("0a" + "01000162ff" + "020001730102" + "0300016901020304" + "0400016c0102030405060708"
                            + "050001663fc00000" + "06000164c000000000000000" + "07000142000000020102"
                            + "080001530001" + "78" + "0900014c02000000010007" + "0a000143" + "0100016e05" + "00"
                            + "0b0001490000000100000003" + "0c00014a000000010000000000000004" + "00");
        }

        @Test
        void an_empty_list_has_the_end_mark_as_its_type() {
            assertThat(written(new Tag.OfList(List.of()), 775)).isEqualTo("090000000000");
        }

        @Test
        void a_list_of_several_types_wraps_what_is_no_compound() {
            Tag mixed = new Tag.OfList(List.of(new Tag.OfByte((byte) 1), compound()));
            assertThat(written(mixed, 775)).isEqualTo("090a00000002" + "0100000100" + "00");
        }
    }

    @Nested
    class Strings {

        @Test
        void are_written_as_java_writes_them() throws IOException {
            String text = "aä€\u0000\uD83D\uDE00\u07FF\u0800";
            var expected = new ByteArrayOutputStream();
            new DataOutputStream(expected).writeUTF(text);
            assertThat(written(new Tag.OfString(text), 775))
                    .isEqualTo("08" + ByteBufUtil.hexDump(expected.toByteArray()));
        }

        @Test
        void may_have_65_535_bytes_and_no_more() {
            assertThat(written(new Tag.OfString("x".repeat(65_535)), 775)).startsWith("08ffff78");
            assertThatThrownBy(() -> written(new Tag.OfString("x".repeat(65_536)), 775))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("65536");
        }
    }

    @Nested
    class Reading {

        private static Tag read(String hex, int protocol) {
            return NetworkNbt.read(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)), protocol);
        }

        @Test
        void gives_back_what_was_written_in_both_forms_of_the_root() {
            Tag tag = compound(
                    "b", new Tag.OfByte((byte) -1),
                    "L", new Tag.OfList(List.of(new Tag.OfString("aä€\u0000\uD83D\uDE00"), new Tag.OfString(""))),
                    "C", compound("n", new Tag.OfDouble(0.5), "l", new Tag.OfLong(1), "f", new Tag.OfFloat(2)),
                    "s", new Tag.OfShort((short) 3),
                    "i", new Tag.OfInt(4));
            assertThat(read(written(tag, 763), 763)).isEqualTo(tag);
            assertThat(read(written(tag, 764), 764)).isEqualTo(tag);
        }

        @Test
        void gives_back_arrays() {
            String hex = written(
                    compound(
                            "B", new Tag.OfByteArray(new byte[] {1, 2}),
                            "I", new Tag.OfIntArray(new int[] {3, 4}),
                            "J", new Tag.OfLongArray(new long[] {5, 6})),
                    775);
            assertThat(written(read(hex, 775), 775)).isEqualTo(hex);
        }

        @Test
        void refuses_every_way_of_being_cut_off() {
            String hex = written(
                    compound("B", new Tag.OfByteArray(new byte[2]), "L", new Tag.OfList(List.of(new Tag.OfInt(1)))),
                    775);
            for (int length = 0; length < hex.length(); length += 2) {
                String cut = hex.substring(0, length);
                assertThatThrownBy(() -> read(cut, 775)).isInstanceOf(MalformedPacketException.class);
            }
        }

        @Test
        void refuses_lengths_that_lie() {
            for (String hex :
                    List.of("07ffffffff", "077fffffff", "0b7fffffff00", "0c20000000", "09007fffffff", "0d", "ff")) {
                assertThatThrownBy(() -> read(hex, 775)).isInstanceOf(MalformedPacketException.class);
            }
        }

        @Test
        void refuses_what_is_small_on_the_wire_and_large_in_memory() {
            String manyEmptyCompounds = "090a00100000" + "00".repeat(0x100000);
            assertThatThrownBy(() -> read(manyEmptyCompounds, 775))
                    .isInstanceOf(MalformedPacketException.class)
                    .hasMessageContaining("memory");
        }

        @Test
        void refuses_nesting_without_end() {
            assertThatThrownBy(() -> read("09" + "0900000001".repeat(100_000), 775))
                    .isInstanceOf(MalformedPacketException.class)
                    .hasMessageContaining("nested");
        }

        @Test
        void refuses_strings_that_are_no_modified_utf_8() {
            for (String hex : List.of("080001ff", "080001c3", "080002c341", "080002e282")) {
                assertThatThrownBy(() -> read(hex, 775)).isInstanceOf(MalformedPacketException.class);
            }
        }
    }
}
