package infrarust.nativeplugins.antibot;

import infrarust.api.event.PreLoginEvent;
import infrarust.nativeplugins.antibot.AntibotSettings.ReconnectCheck;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import net.kyori.adventure.text.Component;

/** The three checks, the cheapest first. Any thread. */
final class LoginGuard {

    private final AntibotSettings settings;
    private final JoinRate rate;
    private final Reconnects reconnects;
    private final LongAdder byName = new LongAdder();
    private final LongAdder byRate = new LongAdder();
    private final LongAdder toReconnect = new LongAdder();

    /** How many have been refused since the last time that somebody asked. */
    record Refused(long byName, long byRate, long toReconnect) {

        boolean any() {
            return byName + byRate + toReconnect > 0;
        }
    }

    /** @param nanos a clock, as {@link System#nanoTime} */
    LoginGuard(AntibotSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.rate = new JoinRate(settings.joinsPerSecond(), settings.burst(), settings.attackLasts(), nanos);
        this.reconnects = new Reconnects(settings.reconnectWithin(), settings.rememberedFor(), nanos);
    }

    /** Denies the login if it looks like one of a bot. */
    void judge(PreLoginEvent event) {
        String name = event.profile().username();
        if (matches(settings.allowedNames(), name)) {
            return;
        }
        if (matches(settings.deniedNames(), name)) {
            deny(event, byName, settings.namesText());
        } else if (!rate.admits()) {
            deny(event, byRate, settings.rateText());
        } else if (mustReconnect()
                && !reconnects.hasComeBack(event.remoteAddress().getAddress(), name)) {
            deny(
                    event,
                    toReconnect,
                    settings.reconnectText()
                            .replace(
                                    "{seconds}",
                                    String.valueOf(settings.reconnectWithin().toSeconds())));
        }
    }

    private boolean mustReconnect() {
        return settings.reconnectCheck() == ReconnectCheck.ALWAYS
                || (settings.reconnectCheck() == ReconnectCheck.ATTACK && rate.isAttack());
    }

    private static void deny(PreLoginEvent event, LongAdder counter, String reason) {
        counter.increment();
        event.deny(Component.text(reason));
    }

    private static boolean matches(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    /** Counts from zero again. */
    Refused refused() {
        return new Refused(byName.sumThenReset(), byRate.sumThenReset(), toReconnect.sumThenReset());
    }
}
