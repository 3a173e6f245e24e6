package infrarust.proxy.net;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns names into addresses without blocking the caller. The system's resolver is asked (so that its hosts file and search
 * domains count), which blocks; it is asked on a virtual thread. The JDK remembers answers for some seconds. Addresses in
 * numbers are answered at once.
 */
final class NameLookup {

    /** Asks for the addresses of one name; may block. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private final Executor blocking;

    NameLookup(Resolver resolver, Executor blocking) {
        this.resolver = resolver;
        this.blocking = blocking;
    }

    static NameLookup ofSystem() {
        return new NameLookup(InetAddress::getAllByName, Thread.ofVirtual().name("name-lookup-", 0)::start);
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
            BiConsumer<List<InetSocketAddress>, @Nullable UnknownHostException> answer) {
        List<InetSocketAddress> known = immediate(address);
        if (!known.isEmpty()) {
            answer.accept(known, null);
            return;
        }
        blocking.execute(() -> {
            var found = new ArrayList<InetSocketAddress>();
            UnknownHostException failure = null;
            try {
                for (InetAddress one : resolver.addresses(address.getHostString())) {
                    found.add(new InetSocketAddress(one, address.getPort()));
                }
            } catch (UnknownHostException e) {
                failure = e;
            }
            UnknownHostException reason = failure;
            caller.execute(() -> answer.accept(List.copyOf(found), reason));
        });
    }
}
