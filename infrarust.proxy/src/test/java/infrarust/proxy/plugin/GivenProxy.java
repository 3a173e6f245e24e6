package infrarust.proxy.plugin;

import infrarust.api.ProxyInfo;
import java.time.Instant;

/** A proxy of which nothing is known. */
final class GivenProxy implements ProxyInfo {

    @Override
    public String version() {
        return "0";
    }

    @Override
    public Instant startedAt() {
        return Instant.EPOCH;
    }

    @Override
    public int players() {
        return 0;
    }

    @Override
    public long connectionsSoFar() {
        return 0;
    }

    @Override
    public int oldestProtocol() {
        return 4;
    }

    @Override
    public int newestProtocol() {
        return 4;
    }

    @Override
    public void requestStop(String reason) {}
}
