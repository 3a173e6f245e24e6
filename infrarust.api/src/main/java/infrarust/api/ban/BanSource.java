package infrarust.api.ban;

import java.util.Optional;

/** Who has issued a ban, or lifted one. */
public sealed interface BanSource {

    /** The operator, at the console. */
    record Console() implements BanSource {}

    /**
     * The web API.
     *
     * @param actor who used it, if it is known
     */
    record WebApi(Optional<String> actor) implements BanSource {}

    /**
     * A plugin.
     *
     * @param id of the plugin
     */
    record Plugin(String id) implements BanSource {}

    /**
     * A player, by a command in the game.
     *
     * @param name of the player
     */
    record Player(String name) implements BanSource {}

    /** The proxy itself: an import, or the end of a ban's time. */
    record Proxy() implements BanSource {}

    /**
     * In words: {@code console}, {@code web-api}, {@code web-api:ACTOR}, {@code plugin:ID}, {@code player:NAME} or {@code
     * system}.
     */
    default String text() {
        return switch (this) {
            case Console() -> "console";
            case WebApi(Optional<String> actor) ->
                actor.map(name -> "web-api:" + name).orElse("web-api");
            case Plugin(String id) -> "plugin:" + id;
            case Player(String name) -> "player:" + name;
            case Proxy() -> "system";
        };
    }

    /** Reads what {@link #text} wrote; what it has not written is the proxy's own. */
    static BanSource of(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        Optional<String> rest = colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
        return switch (kind) {
            case "console" -> new Console();
            case "web-api" -> new WebApi(rest);
            case "plugin" -> new Plugin(rest.orElse("?"));
            case "player" -> new Player(rest.orElse("?"));
            default -> new Proxy();
        };
    }
}
