package infrarust.proxy.wasm.contract023;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import net.kyori.adventure.title.Title;

/** The contract's spellings of the API's values. */
final class Conversions {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

    private Conversions() {}

    static Types.GameProfile profile(infrarust.api.player.GameProfile profile) {
        return new Types.GameProfile(
                profile.uuid().toString(),
                profile.username(),
                profile.properties().stream()
                        .map(one -> new Types.ProfileProperty(one.name(), one.value(), one.signature()))
                        .toList());
    }

    /** Times are in ticks of 50 ms; what is less than none is none. */
    static Title title(Types.TitleData title) {
        return Title.title(
                GuestText.fromGuest(title.title()),
                GuestText.fromGuest(title.subtitle()),
                Title.Times.times(ticks(title.fadeInTicks()), ticks(title.stayTicks()), ticks(title.fadeOutTicks())));
    }

    private static Duration ticks(int count) {
        return Duration.ofMillis(50L * Math.max(0, count));
    }

    /** As {@code ip:port} or {@code [v6]:port}; the IPv6 address in the shortest form. */
    static String address(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            return address.getHostString() + ":" + address.getPort(); // never looked up: nobody connects from there
        }
        return ip instanceof Inet6Address v6
                ? "[" + compressed(v6.getAddress()) + "]:" + address.getPort()
                : ip.getHostAddress() + ":" + address.getPort();
    }

    /** RFC 5952: no leading zeros, the longest run of two or more zero groups (the first of equals) as {@code ::}. */
    private static String compressed(byte[] address) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (address[2 * i] & 0xFF) << 8 | (address[2 * i + 1] & 0xFF);
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** Reads a UUID with or without hyphens, in braces, or as a URN; empty for anything else. */
    static Optional<UUID> uuid(String text) {
        String bare = text.toLowerCase(Locale.ROOT);
        if (bare.startsWith("urn:uuid:")) {
            bare = bare.substring("urn:uuid:".length());
        } else if (bare.startsWith("{") && bare.endsWith("}")) {
            bare = bare.substring(1, bare.length() - 1);
        }
        if (bare.length() == 36
                && bare.charAt(8) == '-'
                && bare.charAt(13) == '-'
                && bare.charAt(18) == '-'
                && bare.charAt(23) == '-') {
            bare = bare.replace("-", "");
        }
        return HEX.matcher(bare).matches()
                ? Optional.of(
                        new UUID(Long.parseUnsignedLong(bare, 0, 16, 16), Long.parseUnsignedLong(bare, 16, 32, 16)))
                : Optional.empty();
    }
}
