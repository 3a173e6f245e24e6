package infrarust.api.event;

import infrarust.api.player.GameProfile;
import java.net.InetSocketAddress;
import net.kyori.adventure.text.Component;

/**
 * It is known who a player is, and servers are going to be told so: the last moment to say it otherwise. Fired in {@code client_only}
 * and {@code offline}, after the account is verified where that is to be, and before bans and permissions are looked at. The login
 * waits for the result.
 */
public final class GameProfileRequestEvent implements AccessEvent, ResultedEvent<GameProfileRequestEvent.Result> {

    private final GameProfile original;
    private final boolean onlineMode;
    private final InetSocketAddress remoteAddress;
    private final int protocolVersion;
    private final String serverDomain;
    private volatile Result result;

    /** For the proxy. The result starts as {@link Result.Use} of the original. */
    public GameProfileRequestEvent(
            GameProfile original,
            boolean onlineMode,
            InetSocketAddress remoteAddress,
            int protocolVersion,
            String serverDomain) {
        this.original = original;
        this.onlineMode = onlineMode;
        this.remoteAddress = remoteAddress;
        this.protocolVersion = protocolVersion;
        this.serverDomain = serverDomain;
        this.result = new Result.Use(original);
    }

    /** The profile as the session server has it, or as it follows from the name. */
    public GameProfile original() {
        return original;
    }

    /** Whether the session server has confirmed it. */
    public boolean isOnlineMode() {
        return onlineMode;
    }

    /** Where the client is. */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** The protocol number that the client speaks, for example 767. */
    public int protocolVersion() {
        return protocolVersion;
    }

    /** The host name that the client connected to, as the routing sees it. */
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

    /**
     * Sets the profile.
     *
     * @throws IllegalArgumentException as {@link Result.Use}
     */
    public void use(GameProfile profile) {
        setResult(new Result.Use(profile));
    }

    @Override
    public void deny(Component reason) {
        setResult(new Result.Denied(reason));
    }

    /** Who is the player? */
    public sealed interface Result {

        /**
         * This one: name, id and properties are the player's from here on, and what servers are told by the forwarding.
         *
         * @param profile whose name has 1 to 16 characters, none of them a space or a control character
         */
        record Use(GameProfile profile) implements Result {

            /** @throws IllegalArgumentException if the name is not one that a server takes */
            public Use {
                String name = profile.username();
                if (name.isEmpty()
                        || name.length() > 16
                        || !name.chars().allMatch(each -> each > ' ' && each != 0x7F)) {
                    throw new IllegalArgumentException(
                            "\"" + name + "\" is no name of a player: 1 to 16 characters without spaces");
                }
            }
        }

        /**
         * Nobody: the login ends.
         *
         * @param reason shown by the client
         */
        record Denied(Component reason) implements Result {}
    }
}
