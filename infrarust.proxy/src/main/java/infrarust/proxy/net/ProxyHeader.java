package infrarust.proxy.net;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * What a backend reads first to learn whose connection it is (The PROXY protocol, versions 1 and 2, §2.1 and §2.2). Not by the
 * codec that reads such headers: it would be a handler for one write, and cannot write version 1 for an unknown client.
 *
 * @param version which form
 * @param origin whose connection
 */
public record ProxyHeader(Version version, Origin origin) {

    /** The longest header. */
    public static final int MAX_BYTES = 107;

    private static final byte[] SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int UNSPECIFIED = 0x00;
    private static final int TCP_IPV4 = 0x11;
    private static final int TCP_IPV6 = 0x21;
    private static final int IPV6_BYTES = 16;
    private static final int MAPPED = 0xFFFF;

    /** The two forms. */
    public enum Version {
        /** A line of text. */
        V1,
        /** Bytes. */
        V2
    }

    /** Whose connection it is. */
    public sealed interface Origin {

        /** A client's. */
        record Client(Endpoints ends) implements Origin {}

        /**
         * The proxy's own, such as a health check: {@code UNKNOWN} or {@code LOCAL}. {@link SocketConnector} puts the ends of its
         * socket in the place of this.
         */
        record Own() implements Origin {}
    }

    /** Appends the header, at most {@link #MAX_BYTES}. */
    public void write(ByteBuf out) {
        switch (version) {
            case V1 -> out.writeCharSequence(line(), StandardCharsets.US_ASCII);
            case V2 -> {
                out.writeBytes(SIGNATURE);
                switch (origin) {
                    case Origin.Own() ->
                        out.writeByte(LOCAL).writeByte(UNSPECIFIED).writeShort(0);
                    case Origin.Client(Endpoints ends) -> writeEnds(out, ends);
                }
            }
        }
    }

    private static void writeEnds(ByteBuf out, Endpoints ends) {
        boolean ipv4 = isIpv4(ends);
        byte[] client = bytes(ends.client(), ipv4);
        byte[] proxy = bytes(ends.proxy(), ipv4);
        out.writeByte(PROXY).writeByte(ipv4 ? TCP_IPV4 : TCP_IPV6);
        out.writeShort(client.length + proxy.length + 2 * Short.BYTES);
        out.writeBytes(client).writeBytes(proxy);
        out.writeShort(ends.client().getPort()).writeShort(ends.proxy().getPort());
    }

    private String line() {
        return switch (origin) {
            case Origin.Own() -> "PROXY UNKNOWN\r\n";
            case Origin.Client(Endpoints ends) -> {
                boolean ipv4 = isIpv4(ends);
                yield "PROXY " + (ipv4 ? "TCP4 " : "TCP6 ")
                        + text(ends.client(), ipv4) + " " + text(ends.proxy(), ipv4) + " "
                        + ends.client().getPort() + " " + ends.proxy().getPort() + "\r\n";
            }
        };
    }

    /** A header has one family: with an end of each, the IPv4 one is written as an IPv6 address (RFC 4291 §2.5.5.2). */
    private static boolean isIpv4(Endpoints ends) {
        return ends.client().getAddress() instanceof Inet4Address
                && ends.proxy().getAddress() instanceof Inet4Address;
    }

    private static byte[] bytes(InetSocketAddress end, boolean ipv4) {
        byte[] bytes = end.getAddress().getAddress();
        if (ipv4 || bytes.length == IPV6_BYTES) {
            return bytes;
        }
        byte[] mapped = new byte[IPV6_BYTES];
        mapped[10] = (byte) (MAPPED >>> 8);
        mapped[11] = (byte) MAPPED;
        System.arraycopy(bytes, 0, mapped, IPV6_BYTES - bytes.length, bytes.length);
        return mapped;
    }

    private static String text(InetSocketAddress end, boolean ipv4) {
        InetAddress address = end.getAddress();
        if (!ipv4 && address instanceof Inet4Address) {
            return "::ffff:" + address.getHostAddress();
        }
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
