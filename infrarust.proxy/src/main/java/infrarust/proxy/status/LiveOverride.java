package infrarust.proxy.status;

import com.google.gson.JsonObject;
import infrarust.proxy.config.Motd;
import infrarust.proxy.protocol.text.PlainText;
import infrarust.proxy.protocol.text.TextDialect;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the operator puts in place of members of a backend's own answer: {@code motd.online} and {@code max_players}. Never
 * applied to anything but a live answer.
 */
record LiveOverride(Optional<Motd> motd, Optional<String> favicon, OptionalInt maxPlayers) {

    /** Replaces these members and leaves all others, in their order. */
    void apply(JsonObject status, int protocol) {
        motd.ifPresent(message ->
                status.add("description", TextDialect.at(protocol).jsonTree(PlainText.parse(message.text()))));
        motd.flatMap(Motd::versionName)
                .ifPresent(name -> child(status, "version").addProperty("name", name));
        maxPlayers.ifPresent(max -> child(status, "players").addProperty("max", max));
        favicon.ifPresent(uri -> status.addProperty("favicon", uri));
    }

    private static JsonObject child(JsonObject status, String name) {
        if (status.get(name) instanceof JsonObject present) {
            return present;
        }
        var made = new JsonObject();
        status.add(name, made);
        return made;
    }
}
