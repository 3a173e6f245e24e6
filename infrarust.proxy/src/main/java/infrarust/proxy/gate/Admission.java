package infrarust.proxy.gate;

import infrarust.proxy.config.AddressSet;
import infrarust.proxy.config.IpFilter;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.RateLimit;
import infrarust.proxy.config.ReceiveProxyProtocol;
import infrarust.proxy.filter.TransportFilters;
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

    private final TransportFilters filters;
    private final LongSupplier nanoTime;

    /** Replaced as a whole; who asks twice may see two, which is as if it had come a moment later. */
    private volatile State state;

    private record State(
            ReceiveProxyProtocol headers,
            IpFilter filter,
            RateLimit limit,
            Optional<AddressRate> logins,
            Optional<AddressRate> pings,
            Optional<ProxyHeaderReader.Rules> rules) {}

    private Admission(ProxyConfig config, TransportFilters filters, LongSupplier nanoTime) {
        this.filters = filters;
        this.nanoTime = nanoTime;
        this.state = state(config, Optional.empty());
    }

    /**
     * As the configuration says.
     *
     * @param filters those of plugins
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public static Admission of(ProxyConfig config, TransportFilters filters, LongSupplier nanoTime) {
        return new Admission(config, filters, nanoTime);
    }

    /** The configuration has changed. What has been counted of addresses goes on to count while their limits are the same. */
    public void configure(ProxyConfig config) {
        state = state(config, Optional.of(state));
    }

    private State state(ProxyConfig config, Optional<State> before) {
        RateLimit limit = config.rateLimit();
        Optional<State> same = before.filter(last -> last.limit().equals(limit));
        return new State(
                config.receiveProxyProtocol(),
                config.ipFilter(),
                limit,
                same.map(State::logins).orElseGet(() -> rate(limit, limit.maxConnections(), limit.window())),
                same.map(State::pings).orElseGet(() -> rate(limit, limit.statusMax(), limit.statusWindow())),
                rules(config.receiveProxyProtocol()));
    }

    private Optional<AddressRate> rate(RateLimit limit, int most, Duration window) {
        return limit.enabled()
                ? Optional.of(
                        new AddressRate(most, window, AddressRate.CAPACITY, nanoTime, new SecureRandom().nextLong()))
                : Optional.empty();
    }

    /** Which connections begin with a header that says whose they are; empty when none does. */
    Optional<ProxyHeaderReader.Rules> headers() {
        return state.rules();
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
        return state.filter().admits(address);
    }

    /** What plugins say about connections of which nothing has been read. */
    TransportFilters filters() {
        return filters;
    }

    /** One more login of that address. */
    Ruling login(InetAddress address) {
        return state.logins().map(rate -> rate.take(address)).orElse(Ruling.ALLOWED);
    }

    /** One more ping of that address. */
    Ruling ping(InetAddress address) {
        return state.pings().map(rate -> rate.take(address)).orElse(Ruling.ALLOWED);
    }

    /** What the operator has switched on, a line for each. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        State now = state;
        ReceiveProxyProtocol headers = now.headers();
        IpFilter filter = now.filter();
        RateLimit limit = now.limit();
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
