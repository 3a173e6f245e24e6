package infrarust.proxy.net;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns names into addresses without blocking the caller. The system's resolver is asked (so that its hosts file and search
 * domains count), which blocks, for as long as it likes: callers have a deadline of their own. However many want the same
 * name at a time, it is asked once, so there are never more questions under way than names in the configuration. The JDK
 * remembers answers for some seconds ({@code networkaddress.cache.ttl}). Addresses in numbers are answered at once.
 */
final class NameLookup {

    /** How long a thread waits for the next question. */
    private static final int IDLE_SECONDS = 10;

    /** Asks for the addresses of one name; may block. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private final Executor blocking;
    private final ConcurrentHashMap<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    NameLookup(Resolver resolver, Executor blocking) {
        this.resolver = resolver;
        this.blocking = blocking;
    }

    /**
     * Asks on platform threads: the resolver is native code, and a virtual thread in it would hold one of the few threads that
     * carry all virtual threads, for as long as a name server is silent.
     */
    static NameLookup ofSystem() {
        return new NameLookup(
                InetAddress::getAllByName,
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        Thread.ofPlatform().name("name-lookup-", 0).daemon().factory()));
    }

    /** The addresses of an IP address in numbers, or the address itself when it is resolved; empty when it needs a look-up. */
    static List<InetSocketAddress> immediate(InetSocketAddress address) {
        if (!address.isUnresolved()) {
            return List.of(address);
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address.getHostString());
        if (bytes == null) {
            return List.of();
        }
        try {
            return List.of(new InetSocketAddress(InetAddress.getByAddress(bytes), address.getPort()));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("An address of " + bytes.length + " bytes", impossible);
        }
    }

    /**
     * Looks the name up.
     *
     * @param caller where the answer is wanted
     * @param answer gets all addresses in the resolver's order, or why there are none
     */
    void resolve(
            InetSocketAddress address,
            Executor caller,
            BiConsumer<List<InetSocketAddress>, @Nullable Throwable> answer) {
        List<InetSocketAddress> known = immediate(address);
        if (!known.isEmpty()) {
            answer.accept(known, null);
            return;
        }
        CompletableFuture<List<InetAddress>> asked;
        try {
            asked = underWay.computeIfAbsent(address.getHostString(), this::ask);
        } catch (RuntimeException | OutOfMemoryError noThread) { // the system has no thread left
            answer.accept(List.of(), noThread);
            return;
        }
        var _ = asked.whenCompleteAsync(
                (found, failure) -> {
                    if (found == null) {
                        answer.accept(List.of(), failure);
                    } else {
                        answer.accept(
                                found.stream()
                                        .map(one -> new InetSocketAddress(one, address.getPort()))
                                        .toList(),
                                null);
                    }
                },
                caller);
    }

    private CompletableFuture<List<InetAddress>> ask(String host) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return Arrays.asList(resolver.addresses(host));
                    } catch (UnknownHostException e) {
                        throw new CompletionException(e);
                    } finally {
                        underWay.remove(host);
                    }
                },
                blocking);
    }
}
