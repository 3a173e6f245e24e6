package infrarust.api.event;

import infrarust.api.player.Player;
import net.kyori.adventure.text.Component;

/**
 * A server wants to send a player's client to another address (since 1.20.5). Until there is a result, nothing else of the server
 * passes. Not fired for {@link Player#transfer}.
 */
public final class PreTransferEvent implements AccessEvent, PlayerEvent, ResultedEvent<PreTransferEvent.Result> {

    private final Player player;
    private final String host;
    private final int port;
    private volatile Result result = new Result.Allowed();

    /** For the proxy. The result starts as {@link Result.Allowed}. */
    public PreTransferEvent(Player player, String host, int port) {
        this.player = player;
        this.host = host;
        this.port = port;
    }

    @Override
    public Player player() {
        return player;
    }

    /** Where the server wants the client to go. */
    public String host() {
        return host;
    }

    /** The port there, as the server wrote it. */
    public int port() {
        return port;
    }

    @Override
    public Result result() {
        return result;
    }

    @Override
    public void setResult(Result result) {
        this.result = result;
    }

    /** As {@link Result.Denied}; nobody is told the reason. */
    @Override
    public void deny(Component reason) {
        setResult(new Result.Denied());
    }

    /** May the client be sent there? */
    public sealed interface Result {

        /** Yes. */
        record Allowed() implements Result {}

        /** No: the client does not hear of it and stays where it is, unless the server ends the connection. */
        record Denied() implements Result {}

        /**
         * To another address instead.
         *
         * @param host a name or an address, 1 to 255 characters
         * @param port 1 to 65535
         */
        record Redirect(String host, int port) implements Result {

            /** @throws IllegalArgumentException if host or port is out of its range */
            public Redirect {
                if (host.isEmpty() || host.length() > 255 || port < 1 || port > 65_535) {
                    throw new IllegalArgumentException("no client can go to \"" + host + "\", port " + port);
                }
            }
        }
    }
}
