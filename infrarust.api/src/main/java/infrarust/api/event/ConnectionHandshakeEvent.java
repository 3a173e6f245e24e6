package infrarust.api.event;

import java.net.InetSocketAddress;
import java.util.Optional;
import net.kyori.adventure.text.Component;

/**
 * A client has said what it wants: to see the status, to log in, or to log in because another server sent it here. Fired on every
 * mode, after the address filter and the limits per address, and before anything else is done. The connection waits for
 * the result; what the client sends meanwhile waits too.
 */
public final class ConnectionHandshakeEvent implements ResultedEvent<ConnectionHandshakeEvent.Result> {

    private final InetSocketAddress remoteAddress;
    private final Target target;
    private final int protocolVersion;
    private final Intent intent;
    private final boolean legacy;
    private volatile Result result = new Result.Allow();

    /** For the proxy. The result starts as {@link Result.Allow}. */
    public ConnectionHandshakeEvent(
            InetSocketAddress remoteAddress, Target target, int protocolVersion, Intent intent, boolean legacy) {
        this.remoteAddress = remoteAddress;
        this.target = target;
        this.protocolVersion = protocolVersion;
        this.intent = intent;
        this.legacy = legacy;
    }

    /** Where the client is, or where a trusted proxy before us says that it is. */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** Whom the client has dialled. */
    public Target target() {
        return target;
    }

    /** The protocol number that the client speaks, for example 767; -1 for {@linkplain #isLegacy() one before 1.7}. */
    public int protocolVersion() {
        return protocolVersion;
    }

    /** What the client wants. */
    public Intent intent() {
        return intent;
    }

    /** Whether it is a status question of a client before 1.7, of which nothing but the address is known yet. */
    public boolean isLegacy() {
        return legacy;
    }

    @Override
    public Result result() {
        return result;
    }

    @Override
    public void setResult(Result result) {
        this.result = result;
    }

    /**
     * Whom a client has dialled, as its handshake says.
     *
     * @param host the host name as the routing sees it: lower case, without markers and trailing dot; empty for none
     * @param rawHost the same as the client has sent it, with what mods append
     * @param port 0 to 65535
     * @param server the id of the server that the host name leads to, if to any
     */
    public record Target(String host, String rawHost, int port, Optional<String> server) {

        /** Of a client that has not said it. */
        public static Target unknown() {
            return new Target("", "", 0, Optional.empty());
        }
    }

    /** What a client wants. */
    public enum Intent {
        /** To see the server's status. */
        STATUS,
        /** To log in. */
        LOGIN,
        /** To log in because another server sent it here; since 1.20.5. */
        TRANSFER
    }

    /** May this connection go on? */
    public sealed interface Result {

        /** Yes. */
        record Allow() implements Result {}

        /**
         * No.
         *
         * @param reason shown by a client that wants to log in, if there is one; one that wants the status sees a server that does
         *     not answer
         */
        record Deny(Optional<Component> reason) implements Result {

            /** With a reason. */
            public Deny(Component reason) {
                this(Optional.of(reason));
            }
        }

        /** The connection is closed without a word. */
        record DropSilently() implements Result {}
    }
}
