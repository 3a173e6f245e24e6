package infrarust.proxy.ban;

import infrarust.api.ban.Ban;
import infrarust.proxy.config.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.TextComponent;
import net.kyori.adventure.text.format.NamedTextColor;

/** What people read about a ban. */
final class BanText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** When it cannot be found out whether somebody is banned. */
    static final Component UNKNOWN =
            Component.text("It cannot be checked at the moment whether you may join. Try again later.");

    private BanText() {}

    /** What a player reads who is kept out. */
    static Component toPlayer(Ban ban, Instant now) {
        TextComponent.Builder text = Component.text().append(Component.text(whom(ban), NamedTextColor.RED));
        ban.reason().ifPresent(reason -> text.append(Component.text("\nReason: " + reason)));
        text.append(Component.text(
                ban.expiresAt()
                        .map(end -> "\nUntil: " + time(end) + " (" + left(now, end) + " from now)")
                        .orElse("\nThis ban does not expire."),
                NamedTextColor.GRAY));
        return text.build();
    }

    private static String whom(Ban ban) {
        return switch (ban.target().type()) {
            case "ip", "ip-range" -> "Your address is banned from this server.";
            default -> "You are banned from this server.";
        };
    }

    /** A point in time. */
    static String time(Instant time) {
        return TIME.format(time);
    }

    /** How long until then, in as few words as say something: down to the minute, or to the second within the last one. */
    static String left(Instant now, Instant end) {
        Duration left = Duration.between(now, end);
        if (left.compareTo(Duration.ofSeconds(1)) < 0) {
            return "1s";
        }
        return DurationText.format(
                left.compareTo(Duration.ofMinutes(1)) < 0
                        ? left.truncatedTo(ChronoUnit.SECONDS)
                        : left.truncatedTo(ChronoUnit.MINUTES));
    }

    /** One line for operators: whom, until when, why, by whom. */
    static String line(Ban ban, Instant now) {
        return ban.target() + " (" + kind(ban) + "), "
                + ban.expiresAt().map(end -> "for " + left(now, end) + " more").orElse("for ever")
                + ban.reason().map(reason -> ": " + reason).orElse("") + " ["
                + ban.source().text() + ", "
                + time(ban.createdAt()) + "]";
    }

    private static String kind(Ban ban) {
        return switch (ban.target().type()) {
            case "ip" -> "address";
            case "ip-range" -> "addresses";
            case "username" -> "name";
            default -> "account";
        };
    }
}
