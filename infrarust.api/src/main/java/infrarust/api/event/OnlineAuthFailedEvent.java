package infrarust.api.event;

import java.net.InetSocketAddress;
import net.kyori.adventure.text.Component;

/**
 * A client could not prove that the account is its own. Only where accounts are verified: in {@code client_only}, and where a
 * listener of {@link PreLoginEvent} has forced it. The login waits for the result.
 */
public final class OnlineAuthFailedEvent implements ResultedEvent<OnlineAuthFailedEvent.Result> {

    private final String username;
    private final InetSocketAddress remoteAddress;
    private final int protocolVersion;
    private final Cause cause;
    private volatile Result result;

    /**
     * For the proxy. The result starts as {@link Result.Deny}.
     *
     * @param reason of the denial
     */
    public OnlineAuthFailedEvent(
            String username, InetSocketAddress remoteAddress, int protocolVersion, Cause cause, Component reason) {
        this.username = username;
        this.remoteAddress = remoteAddress;
        this.protocolVersion = protocolVersion;
        this.cause = cause;
        this.result = new Result.Deny(reason);
    }

    /** The name that the client claims. */
    public String username() {
        return username;
    }

    /** Where the client is. */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** The protocol number that the client speaks, for example 767. */
    public int protocolVersion() {
        return protocolVersion;
    }

    /** What has failed. */
    public Cause cause() {
        return cause;
    }

    @Override
    public Result result() {
        return result;
    }

    @Override
    public void setResult(Result result) {
        this.result = result;
    }

    /** What has failed. */
    public enum Cause {
        /** The session server does not know that the account has joined. */
        NOT_JOINED,
        /** The session server could not be asked. */
        UNREACHABLE
    }

    /** What becomes of the login? */
    public sealed interface Result {

        /**
         * It ends.
         *
         * @param reason shown by the client
         */
        record Deny(Component reason) implements Result {}

        /**
         * It goes on with an account that nobody has verified, whose id follows from the name; as after {@link
         * PreLoginEvent.Result.ForceOffline}. Whoever takes the name gets in.
         */
        record AllowOffline() implements Result {}
    }
}
