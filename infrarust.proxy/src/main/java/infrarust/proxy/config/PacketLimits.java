package infrarust.proxy.config;

import java.time.Duration;

/**
 * How much a player may send in the modes that end the protocol in the proxy; table {@code packet_limits}. Who sends more is
 * ended. The defaults are for floods and harm nobody who plays: Paper ends who sends more than 500 packets a second over 7 s,
 * which holds in addition; Velocity allows 5 MiB a second, which mods that upload buildings have been seen to exceed.
 *
 * @param interval over which is counted; a burst may use up all of it at once, two in a row at most
 * @param packetsPerSecond on average of the interval; 0 for no limit
 * @param bytesPerSecond the same of bytes, after inflating where the proxy inflates; 0 for no limit
 */
public record PacketLimits(Duration interval, int packetsPerSecond, int bytesPerSecond) {

    /** 2,000 packets and 16 MiB a second, over 7 s. */
    public static PacketLimits defaults() {
        return new PacketLimits(Duration.ofSeconds(7), 2_000, 16 << 20);
    }

    /** How many packets may come in one interval. */
    public long packets() {
        return total(packetsPerSecond);
    }

    /** How many bytes may come in one interval. */
    public long bytes() {
        return total(bytesPerSecond);
    }

    private long total(int perSecond) {
        return perSecond == 0 ? Long.MAX_VALUE : Math.max(1, (long) (perSecond * (interval.toMillis() / 1000.0)));
    }
}
