package infrarust.proxy.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A block of IP addresses: those that begin with the same bits (RFC 4632, RFC 4291 §2.3).
 *
 * @param network the block's first address; bits behind the prefix are made 0
 * @param prefix how many bits are the same: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Cidr(InetAddress network, int prefix) {

    public Cidr {
        byte[] bytes = network.getAddress();
        if (prefix < 0 || prefix > bytes.length * Byte.SIZE) {
            throw new IllegalArgumentException(
                    "the prefix length " + prefix + " is not in 0.." + bytes.length * Byte.SIZE);
        }
        for (int bit = prefix; bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
        }
        network = address(bytes);
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address. Names are not looked up.
     *
     * @throws IllegalArgumentException with a message for the operator, when the text is none of these
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        InetAddress address = address(literal);
        int bits = address.getAddress().length * Byte.SIZE;
        if (slash < 0) {
            return new Cidr(address, bits);
        }
        String prefix = text.substring(slash + 1);
        if (prefix.isEmpty() || prefix.length() > 3 || !prefix.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("the prefix length \"" + prefix + "\" is not a number in 0.." + bits);
        }
        return new Cidr(address, Integer.parseInt(prefix));
    }

    private static InetAddress address(String literal) {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + literal + "\" is no IP address", e);
        }
        // The JDK also reads 10.1 and 167772161, which hardly anybody means.
        boolean shortForm = address instanceof Inet4Address
                && literal.chars().filter(c -> c == '.').count() != 3;
        if (shortForm || literal.indexOf('%') >= 0 || literal.startsWith("[")) {
            throw new IllegalArgumentException("\"" + literal + "\" is no IP address as it is written in a list");
        }
        return address;
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address has the bytes " + Arrays.toString(bytes), e);
        }
    }

    /** In the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
