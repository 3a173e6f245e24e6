package infrarust.nativeplugins.antibot;

import infrarust.api.Plugin;
import infrarust.api.PluginContext;
import infrarust.api.PluginMetadata;
import infrarust.api.event.EventPriority;
import infrarust.api.event.PreLoginEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;

/**
 * Refuses logins that look like those of bots, before anything is asked of the session server. {@link AntibotSettings} says what can
 * be set. What was refused is one line a minute in the log, not one for each.
 */
public final class Antibot implements Plugin {

    private static final Duration REPORT = Duration.ofMinutes(1);

    /** For the service loader. */
    public Antibot() {}

    @Override
    public PluginMetadata metadata() {
        return new PluginMetadata(
                "antibot",
                "Antibot",
                "1.0.0",
                List.of(),
                Optional.of("refuses logins of bots: by rate, by name, and by whether they come back"),
                List.of());
    }

    @Override
    public boolean isOnByDefault() {
        return false;
    }

    @Override
    public CompletionStage<?> onEnable(PluginContext context) {
        var guard = new LoginGuard(AntibotSettings.read(context.settings()), System::nanoTime);
        context.events().subscribe(PreLoginEvent.class, EventPriority.EARLY, guard::judge);
        context.scheduler().every(REPORT, () -> report(guard.refused(), context.logger()));
        return Plugin.done();
    }

    private static void report(LoginGuard.Refused refused, Logger log) {
        if (refused.any()) {
            log.info(
                    "In the last minute refused: {} by name, {} by rate, {} told to connect again",
                    refused.byName(),
                    refused.byRate(),
                    refused.toReconnect());
        }
    }
}
