package infrarust.proxy.ban;

import infrarust.api.player.Players;
import infrarust.proxy.config.BanSettings;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Bans for tests that care for other things. */
public final class GivenBans {

    private GivenBans() {}

    /** Nobody is ever banned. */
    public static ProxyBans none(EventDispatcher events, Players players, Deadlines clock) {
        BanSettings off =
                new BanSettings(Path.of("none"), Duration.ofMinutes(5), false, BanSettings.NONE, Duration.ofSeconds(5));
        return new ProxyBans(
                off,
                new StoredBans(new Database(Path.of("none")), InstantSource.system(), false),
                events,
                players,
                clock,
                InstantSource.system());
    }

    /** Those that the proxy itself keeps. */
    public static ProxyBans stored(StoredBans stored, EventDispatcher events, Players players, Deadlines clock) {
        return new ProxyBans(BanSettings.defaults(), stored, events, players, clock, InstantSource.system());
    }
}
