package infrarust.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressSetTest {

    private static AddressSet set(String... blocks) {
        return AddressSet.of(Arrays.stream(blocks).map(Cidr::parse).toList());
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    @Nested
    class A_block {

        @ParameterizedTest
        @CsvSource({
            "10.0.0.0/8,10.0.0.0/8",
            "10.1.2.3/8,10.0.0.0/8",
            "10.1.2.3,10.1.2.3/32",
            "255.255.255.255/31,255.255.255.254/31",
            "1.2.3.4/0,0.0.0.0/0",
            "2001:db8::1/32,2001:db8:0:0:0:0:0:0/32",
            "::1,0:0:0:0:0:0:0:1/128",
            "2001:db8:0:1ff::/57,2001:db8:0:180:0:0:0:0/57"
        })
        void reads_address_and_prefix(String text, String shown) {
            assertThat(Cidr.parse(text)).hasToString(shown);
            assertThat(Cidr.parse(shown)).isEqualTo(Cidr.parse(text));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "/8",
                    "10.0.0.0/",
                    "10.0.0.0/33",
                    "10.0.0.0/-1",
                    "10.0.0.0/8/8",
                    "10.0.0.0/255.0.0.0",
                    "10.0.0/8",
                    "10",
                    "010.0.0.256",
                    "localhost",
                    "localhost/8",
                    "fe80::1%eth0",
                    "[::1]",
                    "::1/129",
                    "::ffff:10.0.0.0/104"
                })
        void refuses_anything_else(String text) {
            assertThatThrownBy(() -> Cidr.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("null");
        }
    }

    @Nested
    class A_set {

        @ParameterizedTest
        @CsvSource({
            "9.255.255.255,false",
            "10.0.0.0,true",
            "10.255.255.255,true",
            "11.0.0.0,false",
            "200.1.2.3,true",
            "200.1.2.4,false",
            "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff,false",
            "2001:db8::,true",
            "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,true",
            "2001:db9::,false",
            "fe80::1,true",
            "fe80::2,false",
            "::ffff:10.1.1.1,true"
        })
        void has_the_addresses_of_its_blocks(String address, boolean expected) {
            AddressSet set = set("fe80::1", "200.1.2.3", "10.0.0.0/8", "2001:db8::/32");
            assertThat(set.contains(address(address))).isEqualTo(expected);
        }

        @Test
        void of_everything_in_one_family_has_nothing_of_the_other() {
            assertThat(set("0.0.0.0/0").contains(address("255.1.2.3"))).isTrue();
            assertThat(set("0.0.0.0/0").contains(address("::1"))).isFalse();
            assertThat(set("::/0").contains(address("ffff::1"))).isTrue();
            assertThat(set("::/0").contains(address("0.0.0.1"))).isFalse();
        }

        @Test
        void is_shown_as_it_was_listed_and_a_long_one_in_short() {
            assertThat(set("10.0.0.1", "10.0.0.0/8")).hasToString("[10.0.0.1/32, 10.0.0.0/8]");
            String[] many = new String[100_000];
            for (int i = 0; i < many.length; i++) {
                many[i] = "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255);
            }
            assertThat(set(many).toString()).hasSizeLessThan(200).endsWith("10.0.0.7/32, ... 100000 in all]");
        }

        @Test
        void of_no_block_has_nothing() {
            assertThat(AddressSet.empty().contains(address("10.0.0.1"))).isFalse();
            assertThat(AddressSet.empty().contains(address("::"))).isFalse();
        }

        @Test
        void of_many_blocks_in_and_beside_each_other_says_what_a_look_at_each_says() throws UnknownHostException {
            var random = new Random(20260);
            List<Cidr> blocks = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                // Few bits vary, so that many blocks lie inside others.
                boolean ipv4 = random.nextBoolean();
                int bits = ipv4 ? 32 : 128;
                blocks.add(new Cidr(random(random, bits), bits - 17 + random.nextInt(18)));
            }
            AddressSet set = AddressSet.of(blocks);
            int hits = 0;
            for (int i = 0; i < 3000; i++) {
                InetAddress address = random(random, random.nextBoolean() ? 32 : 128);
                boolean expected = blocks.stream().anyMatch(block -> has(block, address));
                assertThat(set.contains(address)).as("%s", address).isEqualTo(expected);
                hits += expected ? 1 : 0;
            }
            assertThat(hits).isBetween(500, 2900);
        }

        private static InetAddress random(Random random, int bits) throws UnknownHostException {
            byte[] bytes = new byte[bits / 8];
            bytes[0] = (byte) (0x20 + random.nextInt(2));
            bytes[bytes.length - 3] = (byte) random.nextInt(256);
            bytes[bytes.length - 2] = (byte) random.nextInt(256);
            bytes[bytes.length - 1] = (byte) random.nextInt(256);
            return InetAddress.getByAddress(bytes);
        }

        private static boolean has(Cidr block, InetAddress address) {
            byte[] one = block.network().getAddress();
            byte[] other = address.getAddress();
            int rest = one.length * 8 - block.prefix();
            return one.length == other.length
                    && new BigInteger(1, one).shiftRight(rest).equals(new BigInteger(1, other).shiftRight(rest));
        }
    }

    @Nested
    class A_filter {

        @Test
        void of_nothing_admits_everybody() {
            assertThat(IpFilter.none().admits(address("10.0.0.1"))).isTrue();
        }

        @Test
        void with_a_whitelist_admits_only_who_is_on_it() {
            var filter = new IpFilter(set("10.0.0.0/8"), AddressSet.empty());
            assertThat(filter.admits(address("10.0.0.1"))).isTrue();
            assertThat(filter.admits(address("11.0.0.1"))).isFalse();
            assertThat(filter.admits(address("::1"))).isFalse();
        }

        @Test
        void refuses_who_is_on_both_lists() {
            var filter = new IpFilter(set("10.0.0.0/8"), set("10.0.0.1"));
            assertThat(filter.admits(address("10.0.0.1"))).isFalse();
            assertThat(filter.admits(address("10.0.0.2"))).isTrue();
        }
    }
}
