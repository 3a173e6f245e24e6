package infrarust.proxy.gate;

import infrarust.proxy.config.AddressSet;
import infrarust.proxy.config.IpFilter;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.RateLimit;
import infrarust.proxy.config.ReceiveProxyProtocol;
import infrarust.proxy.gate.AddressRate.Ruling;
import infrarust.proxy.net.ProxyHeaderReader;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Who may come in, and how often, whatever server they want. Any thread. */
public final class Admission {

    private final ReceiveProxyProtocol headers;
    private final IpFilter filter;
    private final RateLimit limit;
    private final Optional<AddressRate> logins;
    private final Optional<AddressRate> pings;
    private final Optional<ProxyHeaderReader.Rules> rules;

    private Admission(ProxyConfig config, LongSupplier nanoTime) {
        headers = config.receiveProxyProtocol();
        filter = config.ipFilter();
        limit = config.rateLimit();
        logins = rate(limit.maxConnections(), limit.window(), nanoTime);
        pings = rate(limit.statusMax(), limit.statusWindow(), nanoTime);
        rules = rules(headers);
    }

    /**
     * As the configuration says.
     *
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public static Admission of(ProxyConfig config, LongSupplier nanoTime) {
        return new Admission(config, nanoTime);
    }

    private Optional<AddressRate> rate(int most, Duration window, LongSupplier nanoTime) {
        return limit.enabled()
                ? Optional.of(
                        new AddressRate(most, window, AddressRate.CAPACITY, nanoTime, new SecureRandom().nextLong()))
                : Optional.empty();
    }

    /** Which connections begin with a header that says whose they are; empty when none does. */
    Optional<ProxyHeaderReader.Rules> headers() {
        return rules;
    }

    private static Optional<ProxyHeaderReader.Rules> rules(ReceiveProxyProtocol headers) {
        AddressSet trusted = headers.trusted();
        return switch (headers.presence()) {
            case OFF -> Optional.empty();
            case OPTIONAL -> Optional.of(new ProxyHeaderReader.Rules(false, trusted::contains));
            case REQUIRED ->
                Optional.of(new ProxyHeaderReader.Rules(
                        true, headers.trustsEverybody() ? address -> true : trusted::contains));
        };
    }

    /** Whether the address may connect. */
    boolean admits(InetAddress address) {
        return filter.admits(address);
    }

    /** One more login of that address. */
    Ruling login(InetAddress address) {
        return logins.map(rate -> rate.take(address)).orElse(Ruling.ALLOWED);
    }

    /** One more ping of that address. */
    Ruling ping(InetAddress address) {
        return pings.map(rate -> rate.take(address)).orElse(Ruling.ALLOWED);
    }

    /** What the operator has switched on, a line for each. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        String trusted =
                headers.trustsEverybody() ? "everybody" : headers.trusted().toString();
        switch (headers.presence()) {
            case OFF -> {}
            case OPTIONAL -> lines.add("PROXY protocol: believed of " + trusted + ", others connect without");
            case REQUIRED -> lines.add("PROXY protocol: every connection needs a header, of " + trusted);
        }
        if (!filter.isEmpty()) {
            lines.add("IP filter: " + filter.summary());
        }
        if (limit.enabled()) {
            lines.add("Limits per address: " + limit.summary());
        }
        return lines;
    }
}
