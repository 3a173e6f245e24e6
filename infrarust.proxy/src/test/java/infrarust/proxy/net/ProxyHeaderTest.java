package infrarust.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes as The PROXY protocol, §2.1 and §2.2, has them. */
class ProxyHeaderTest {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static byte[] bytes(ProxyHeader.Version version, ProxyHeader.Origin origin) {
        ByteBuf out = Unpooled.buffer();
        new ProxyHeader(version, origin).write(out);
        assertThat(out.readableBytes()).isLessThanOrEqualTo(ProxyHeader.MAX_BYTES);
        return ByteBufUtil.getBytes(out);
    }

    private static ProxyHeader.Origin client(String client, int clientPort, String proxy, int proxyPort) {
        return new ProxyHeader.Origin.Client(
                new Endpoints(new InetSocketAddress(client, clientPort), new InetSocketAddress(proxy, proxyPort)));
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.0.1,56324,192.168.0.11,443,PROXY TCP4 192.168.0.1 192.168.0.11 56324 443",
        "255.255.255.255,65535,255.255.255.255,65535,PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535",
        "2001:db8::1,1,::1,2,PROXY TCP6 2001:db8:0:0:0:0:0:1 0:0:0:0:0:0:0:1 1 2",
        "10.0.0.1,1,2001:db8::1,2,PROXY TCP6 ::ffff:10.0.0.1 2001:db8:0:0:0:0:0:1 1 2",
        "fe80::1%1,1,fe80::2%1,2,PROXY TCP6 fe80:0:0:0:0:0:0:1 fe80:0:0:0:0:0:0:2 1 2"
    })
    void version_1_is_a_line(String client, int clientPort, String proxy, int proxyPort, String line) {
        assertThat(new String(
                        bytes(ProxyHeader.Version.V1, client(client, clientPort, proxy, proxyPort)),
                        StandardCharsets.US_ASCII))
                .isEqualTo(line + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.0.1,56324,192.168.0.11,443,2111000cc0a80001c0a8000bdc0401bb",
        "2001:db8::1,1,::1,65535,2121002420010db8000000000000000000000001000000000000000000000000000000010001ffff",
        "10.0.0.1,1,2001:db8::1,2,2121002400000000000000000000ffff0a00000120010db800000000000000000000000100010002",
        "2001:db8::1,1,10.0.0.1,2,2121002420010db800000000000000000000000100000000000000000000ffff0a00000100010002"
    })
    void version_2_is_bytes(String client, int clientPort, String proxy, int proxyPort, String hex) {
        assertThat(ByteBufUtil.hexDump(bytes(ProxyHeader.Version.V2, client(client, clientPort, proxy, proxyPort))))
                .isEqualTo(SIGNATURE + hex);
    }

    @Test
    void of_the_proxys_own_connections_says_that_there_is_no_client() {
        assertThat(new String(bytes(ProxyHeader.Version.V1, new ProxyHeader.Origin.Own()), StandardCharsets.US_ASCII))
                .isEqualTo("PROXY UNKNOWN\r\n");
        assertThat(ByteBufUtil.hexDump(bytes(ProxyHeader.Version.V2, new ProxyHeader.Origin.Own())))
                .isEqualTo(SIGNATURE + "20000000");
    }
}
