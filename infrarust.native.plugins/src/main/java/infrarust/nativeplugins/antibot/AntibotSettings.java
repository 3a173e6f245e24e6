package infrarust.nativeplugins.antibot;

import infrarust.api.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What the operator has set in {@code [plugins.antibot]}.
 *
 * @param joinsPerSecond {@code joins_per_second}: how many may log in in a second on average, of all together (default 20)
 * @param burst {@code burst}: how many may come at once after a quiet time (default 3 seconds' worth)
 * @param deniedNames {@code denied_names}: regular expressions; a name that one of them matches whole is refused (default none)
 * @param allowedNames {@code allowed_names}: the same for names that no other check looks at (default none)
 * @param reconnectCheck {@code reconnect_check}: who has to connect a second time to come in (default {@code "attack"})
 * @param reconnectWithin {@code reconnect_within}: how long one has for that (default {@code "60s"})
 * @param rememberedFor {@code remembered_for}: how long who has done so need not do it again (default {@code "1h"})
 * @param attackLasts {@code attack_lasts}: how long after the last login that came too fast an attack is taken to go on (default
 *     {@code "30s"})
 * @param namesText {@code messages.name}: what is read by who is refused by name
 * @param rateText {@code messages.rate}: what is read by who is one too many
 * @param reconnectText {@code messages.reconnect}: what is read by who has to connect again; {@code {seconds}} is how long
 */
record AntibotSettings(
        long joinsPerSecond,
        long burst,
        List<Pattern> deniedNames,
        List<Pattern> allowedNames,
        ReconnectCheck reconnectCheck,
        Duration reconnectWithin,
        Duration rememberedFor,
        Duration attackLasts,
        String namesText,
        String rateText,
        String reconnectText) {

    /** Who has to connect a second time. */
    enum ReconnectCheck {
        OFF,
        ATTACK,
        ALWAYS
    }

    /** @throws IllegalArgumentException with a text for the operator */
    static AntibotSettings read(Settings settings) {
        long rate = settings.integer("joins_per_second", 1, 100_000, 20);
        Settings messages = settings.table("messages");
        return new AntibotSettings(
                rate,
                settings.integer("burst", 1, 1_000_000, 3 * rate),
                patterns(settings, "denied_names"),
                patterns(settings, "allowed_names"),
                check(settings),
                settings.duration("reconnect_within").orElse(Duration.ofSeconds(60)),
                settings.duration("remembered_for").orElse(Duration.ofHours(1)),
                settings.duration("attack_lasts").orElse(Duration.ofSeconds(30)),
                messages.text("name").orElse("This name is not allowed here."),
                messages.text("rate")
                        .orElse("Too many players are joining at once. Please try again in a few seconds."),
                messages.text("reconnect")
                        .orElse("Please connect again within {seconds} seconds, to show that you are no bot."));
    }

    private static List<Pattern> patterns(Settings settings, String key) {
        return settings.texts(key).stream()
                .map(text -> {
                    try {
                        return Pattern.compile(text);
                    } catch (PatternSyntaxException wrong) {
                        throw settings.wrong(
                                key, "regular expressions; \"" + text + "\" is none: " + wrong.getDescription());
                    }
                })
                .toList();
    }

    private static ReconnectCheck check(Settings settings) {
        String word = settings.text("reconnect_check").orElse("attack");
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "off" -> ReconnectCheck.OFF;
            case "attack" -> ReconnectCheck.ATTACK;
            case "always" -> ReconnectCheck.ALWAYS;
            default -> throw settings.wrong("reconnect_check", "\"off\", \"attack\" or \"always\"");
        };
    }
}
