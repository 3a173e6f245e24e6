package infrarust.api.ban;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** IP addresses as people write them. */
final class Addresses {

    private Addresses() {}

    /** Reads an address; names are not looked up. */
    static InetAddress parse(String text) {
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no IP address", e);
        }
        // The JDK also reads 10.1 and 167772161, which hardly anybody means.
        boolean shortForm = address instanceof Inet4Address
                && text.indexOf(':') < 0
                && text.chars().filter(c -> c == '.').count() != 3;
        if (shortForm || text.indexOf('%') >= 0 || text.startsWith("[")) {
            throw new IllegalArgumentException("\"" + text + "\" is no IP address as it is written in a ban");
        }
        return address;
    }

    /** The address in numbers, without a zone, which means something on one machine only. */
    static String text(InetAddress address) {
        String numbers = address.getHostAddress();
        int zone = numbers.indexOf('%');
        return zone < 0 ? numbers : numbers.substring(0, zone);
    }

    /** The first address of the block that begins with these bits. */
    static InetAddress masked(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        int bits = bytes.length * Byte.SIZE;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("the prefix length " + prefix + " is not in 0.." + bits);
        }
        for (int at = 0; at < bytes.length; at++) {
            int kept = Math.clamp(prefix - (long) at * Byte.SIZE, 0, Byte.SIZE);
            bytes[at] &= (byte) (0xFF00 >> kept);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    static boolean isHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
