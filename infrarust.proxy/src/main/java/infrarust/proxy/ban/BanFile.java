package infrarust.proxy.ban;

import infrarust.api.ban.Ban;
import infrarust.api.ban.BanSource;
import infrarust.api.ban.BanTarget;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bans as other programs write them, in JSON:
 *
 * <ul>
 *   <li>the original's file: an object with the list {@code bans}, each with {@code target} {type, value}, {@code
 *       reason}, {@code created_at} and {@code expires_at} in seconds since 1970, {@code source}. Its account of what was
 *       done is not read
 *   <li>the game server's {@code banned-players.json}: a list with {@code uuid}, {@code name}, {@code created}, {@code
 *       source}, {@code expires}, {@code reason}; and its {@code banned-ips.json}, with {@code ip} in place of {@code
 *       uuid} and {@code name}
 * </ul>
 *
 * @param bans what could be read
 * @param problems what could not, each with its place
 */
record BanFile(List<Ban> bans, List<String> problems) {

    /** As the game server writes times: {@code 2026-01-31 12:00:00 +0100}. */
    private static final DateTimeFormatter GAME_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z", Locale.ROOT);

    /**
     * Reads a file's text.
     *
     * @param now when bans were made that do not say it
     * @throws IllegalArgumentException if it is none of these; the message says where and why
     */
    static BanFile read(String text, Instant now) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw new IllegalArgumentException(
                    (at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ")
                            + e.getOriginalMessage(),
                    e);
        }
        JsonNode list = root.isObject() ? root.path("bans") : root;
        if (!list.isArray()) {
            throw new IllegalArgumentException(
                    "it is neither an object with the list `bans`, nor a list of bans as a game" + " server writes it");
        }
        List<Ban> bans = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            try {
                bans.add(ban(list.get(i), now));
            } catch (IllegalArgumentException | DateTimeException e) {
                problems.add("entry " + (i + 1) + ": " + e.getMessage());
            }
        }
        return new BanFile(bans, problems);
    }

    private static Ban ban(JsonNode entry, Instant now) {
        if (entry.has("target")) {
            JsonNode target = entry.path("target");
            String type = text(target, "type").orElse("").toLowerCase(Locale.ROOT);
            return new Ban(
                    "",
                    target(
                            type.equals("ip_range") || type.equals("iprange") || type.equals("range")
                                    ? "ip-range"
                                    : type,
                            text(target, "value").orElse("")),
                    text(entry, "reason"),
                    text(entry, "source").map(BanSource::of).orElse(new BanSource.Proxy()),
                    seconds(entry, "created_at").orElse(now),
                    seconds(entry, "expires_at"));
        }
        BanTarget target;
        if (entry.has("ip")) {
            target = target("ip", text(entry, "ip").orElse(""));
        } else if (entry.has("uuid")) {
            target = target("uuid", text(entry, "uuid").orElse(""));
        } else {
            throw new IllegalArgumentException("it has none of `target`, `ip` and `uuid`");
        }
        return new Ban(
                "",
                target,
                text(entry, "reason").map(reason -> named(entry, reason)),
                source(text(entry, "source").orElse("")),
                text(entry, "created").map(BanFile::gameTime).orElse(now),
                text(entry, "expires")
                        .filter(time -> !time.equalsIgnoreCase("forever"))
                        .map(BanFile::gameTime));
    }

    private static BanTarget target(String type, String value) {
        return type.equals("ip") && value.indexOf('/') >= 0
                ? BanTarget.of("ip-range", value)
                : BanTarget.of(type, value);
    }

    /** The account's name would be lost otherwise, and operators know names. */
    private static String named(JsonNode entry, String reason) {
        return text(entry, "name").map(name -> reason + " (" + name + ")").orElse(reason);
    }

    /** The game server writes the operator's name, or "Server", or "(Unknown)". */
    private static BanSource source(String text) {
        return switch (text) {
            case "", "(Unknown)" -> new BanSource.Proxy();
            case "Server", "Rcon", "Console" -> new BanSource.Console();
            default -> new BanSource.Player(text);
        };
    }

    private static Optional<String> text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isString() && !value.asString().isBlank() ? Optional.of(value.asString()) : Optional.empty();
    }

    private static Optional<Instant> seconds(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("`" + key + "` is " + value + ", and not seconds since 1970");
        }
        return Optional.of(Instant.ofEpochSecond(value.longValue()));
    }

    private static Instant gameTime(String text) {
        return OffsetDateTime.parse(text, GAME_TIME).toInstant();
    }
}
