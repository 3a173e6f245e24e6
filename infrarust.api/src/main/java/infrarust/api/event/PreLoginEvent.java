package infrarust.api.event;

import infrarust.api.player.GameProfile;
import java.net.InetSocketAddress;
import net.kyori.adventure.text.Component;

/**
 * A client has said who it wants to be, and nobody has verified it yet. The login waits for the result. {@link Result.Denied}
 * ends it; the force results choose how the player is authenticated, whatever the configuration says. Fired on every mode;
 * {@code passthrough}, {@code zero_copy} and {@code server_only} leave authentication to the server, and the force results change
 * nothing there.
 */
public final class PreLoginEvent implements AccessEvent, ResultedEvent<PreLoginEvent.Result> {

    private final GameProfile profile;
    private final InetSocketAddress remoteAddress;
    private final int protocolVersion;
    private final String serverDomain;
    private volatile Result result = new Result.Allowed();

    /** For the proxy. The result starts as {@link Result.Allowed}. */
    public PreLoginEvent(
            GameProfile profile, InetSocketAddress remoteAddress, int protocolVersion, String serverDomain) {
        this.profile = profile;
        this.remoteAddress = remoteAddress;
        this.protocolVersion = protocolVersion;
        this.serverDomain = serverDomain;
    }

    /** The name that the client claims, with the id that an offline player of that name gets. */
    public GameProfile profile() {
        return profile;
    }

    /** Where the client is. */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** The protocol number that the client speaks, for example 767. */
    public int protocolVersion() {
        return protocolVersion;
    }

    /** The host name that the client connected to, as the routing sees it: lower case, without markers and trailing dot. */
    public String serverDomain() {
        return serverDomain;
    }

    @Override
    public Result result() {
        return result;
    }

    @Override
    public void setResult(Result result) {
        this.result = result;
    }

    @Override
    public void deny(Component reason) {
        setResult(new Result.Denied(reason));
    }

    /** May this player log in? */
    public sealed interface Result {

        /** Yes, authenticated as the configuration says. */
        record Allowed() implements Result {}

        /**
         * No.
         *
         * @param reason shown by the client
         */
        record Denied(Component reason) implements Result {}

        /** Yes, without asking the session service. */
        record ForceOffline() implements Result {}

        /** Yes, if the session service knows the player. */
        record ForceOnline() implements Result {}
    }
}
