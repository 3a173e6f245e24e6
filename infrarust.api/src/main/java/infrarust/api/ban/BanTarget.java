package infrarust.api.ban;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom a ban keeps out. Immutable; two targets are equal if they keep out the same. */
public sealed interface BanTarget {

    /**
     * Whoever comes from one address.
     *
     * @param address an IPv4 or IPv6 address
     */
    record Ip(InetAddress address) implements BanTarget {

        @Override
        public String type() {
            return "ip";
        }

        @Override
        public String value() {
            return Addresses.text(address);
        }

        @Override
        public boolean covers(InetAddress from, Optional<String> username, Optional<UUID> uuid) {
            return address.equals(from);
        }

        @Override
        public String toString() {
            return value();
        }
    }

    /**
     * Whoever comes from a block of addresses (RFC 4632, RFC 4291 §2.3).
     *
     * @param network the block's first address; bits behind the prefix are made 0
     * @param prefix how many bits are the same: 0 to 32 for IPv4, 0 to 128 for IPv6
     */
    record IpRange(InetAddress network, int prefix) implements BanTarget {

        /** @throws IllegalArgumentException if the prefix is longer than an address */
        public IpRange {
            network = Addresses.masked(network, prefix);
        }

        @Override
        public String type() {
            return "ip-range";
        }

        @Override
        public String value() {
            return Addresses.text(network) + "/" + prefix;
        }

        @Override
        public boolean covers(InetAddress from, Optional<String> username, Optional<UUID> uuid) {
            byte[] bytes = from.getAddress();
            return bytes.length == network.getAddress().length
                    && Addresses.masked(from, prefix).equals(network);
        }

        @Override
        public String toString() {
            return value();
        }
    }

    /**
     * Whoever has that name, in any spelling.
     *
     * @param name 1 to 16 characters, none of them blank
     */
    record Username(String name) implements BanTarget {

        private static final int LONGEST = 16;

        /** @throws IllegalArgumentException if nobody can have that name */
        public Username {
            if (name.isEmpty()
                    || name.length() > LONGEST
                    || name.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is no player's name: those have 1 to 16 characters and no blanks");
            }
        }

        @Override
        public String type() {
            return "username";
        }

        @Override
        public String value() {
            return name;
        }

        @Override
        public boolean covers(InetAddress from, Optional<String> username, Optional<UUID> uuid) {
            return username.filter(name::equalsIgnoreCase).isPresent();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Username(String theirs)
                    && name.toLowerCase(Locale.ROOT).equals(theirs.toLowerCase(Locale.ROOT));
        }

        @Override
        public int hashCode() {
            return name.toLowerCase(Locale.ROOT).hashCode();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Whoever has that account. A player whom no session server has verified has the account that follows from the name.
     *
     * @param uuid the account's id
     */
    record Uuid(UUID uuid) implements BanTarget {

        @Override
        public String type() {
            return "uuid";
        }

        @Override
        public String value() {
            return uuid.toString();
        }

        @Override
        public boolean covers(InetAddress from, Optional<String> username, Optional<UUID> theirs) {
            return theirs.filter(uuid::equals).isPresent();
        }

        @Override
        public String toString() {
            return value();
        }
    }

    /** The kind: {@code ip}, {@code ip-range}, {@code username} or {@code uuid}. */
    String type();

    /** The rest, as {@link #of} reads it: an address, a block like {@code 10.0.0.0/8}, a name or a UUID. */
    String value();

    /** Whether somebody is kept out who comes from that address, with that name and account as far as they are known. */
    boolean covers(InetAddress from, Optional<String> username, Optional<UUID> uuid);

    /**
     * The target of that kind.
     *
     * @param type as {@link #type}
     * @param value as {@link #value}; a UUID may have its hyphens or not
     * @throws IllegalArgumentException if there is no such kind, or the value does not fit; the message is for people
     */
    static BanTarget of(String type, String value) {
        return switch (type) {
            case "ip" -> new Ip(Addresses.parse(value));
            case "ip-range" -> range(value);
            case "username" -> new Username(value);
            case "uuid" ->
                new Uuid(uuid(value)
                        .orElseThrow(() -> new IllegalArgumentException("\"" + value + "\" is no UUID: those have 32"
                                + " digits of 0-9 a-f, with hyphens or without")));
            default ->
                throw new IllegalArgumentException(
                        "there are no bans of the kind \"" + type + "\"; there are ip, ip-range, username and uuid");
        };
    }

    /**
     * An account, if the text is a UUID, else a name.
     *
     * @throws IllegalArgumentException if it is neither; the message is for people
     */
    static BanTarget player(String text) {
        return uuid(text).<BanTarget>map(Uuid::new).orElseGet(() -> new Username(text));
    }

    /**
     * An address, or a block of them if the text has a slash. Names are not looked up.
     *
     * @throws IllegalArgumentException if it is neither; the message is for people
     */
    static BanTarget address(String text) {
        return text.indexOf('/') < 0 ? new Ip(Addresses.parse(text)) : range(text);
    }

    private static IpRange range(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is no block of addresses like 10.0.0.0/8");
        }
        InetAddress network = Addresses.parse(text.substring(0, slash));
        String prefix = text.substring(slash + 1);
        boolean number =
                !prefix.isEmpty() && prefix.length() <= 3 && prefix.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            throw new IllegalArgumentException("the prefix length \"" + prefix + "\" is not a number in 0.."
                    + network.getAddress().length * Byte.SIZE);
        }
        return new IpRange(network, Integer.parseInt(prefix));
    }

    private static Optional<UUID> uuid(String text) {
        String digits = text.replace("-", "");
        boolean hyphens =
                text.length() == 36 && Arrays.stream(new int[] {8, 13, 18, 23}).allMatch(at -> text.charAt(at) == '-');
        if (digits.length() != 32
                || !(hyphens || text.length() == 32)
                || !digits.chars().allMatch(Addresses::isHex)) {
            return Optional.empty();
        }
        return Optional.of(
                new UUID(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16)));
    }
}
