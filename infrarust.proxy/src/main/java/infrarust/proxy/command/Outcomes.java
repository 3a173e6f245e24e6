package infrarust.proxy.command;

import infrarust.api.player.ConnectionResult;
import net.kyori.adventure.text.Component;

/** What became of somebody's way to another server, in words. */
final class Outcomes {

    private Outcomes() {}

    /** For the player himself. */
    static Component ofOwnWay(String server, ConnectionResult result) {
        return switch (result) {
            case ConnectionResult.Connected(String reached) -> Replies.done("You are on " + reached + " now.");
            case ConnectionResult.AlreadyConnected() -> Replies.wrong("You are on " + server + " already.");
            case ConnectionResult.Denied(Component reason) ->
                Replies.wrong("You may not go to " + server + ": ").append(reason);
            case ConnectionResult.Failed(Component reason) ->
                Replies.wrong(server + " cannot take you: ").append(reason);
            case ConnectionResult.Cancelled() -> Replies.wrong("The way to " + server + " was given up.");
        };
    }

    /** For whoever has sent the player. */
    static Component of(String player, String server, ConnectionResult result) {
        return switch (result) {
            case ConnectionResult.Connected(String reached) -> Replies.done(player + " is on " + reached + " now.");
            case ConnectionResult.AlreadyConnected() -> Replies.wrong(player + " is on " + server + " already.");
            case ConnectionResult.Denied(Component reason) ->
                Replies.wrong(player + " may not go to " + server + ": ").append(reason);
            case ConnectionResult.Failed(Component reason) ->
                Replies.wrong(server + " cannot take " + player + ": ").append(reason);
            case ConnectionResult.Cancelled() ->
                Replies.wrong("The way of " + player + " to " + server + " was given up.");
        };
    }
}
