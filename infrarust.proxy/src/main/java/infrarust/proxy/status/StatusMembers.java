package infrarust.proxy.status;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import infrarust.api.event.PingResponse;
import infrarust.api.event.PingResponse.SamplePlayer;
import infrarust.proxy.protocol.text.TextDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.kyori.adventure.text.Component;

/**
 * The members of a status that have a meaning, read and changed in a JSON object that may have any others, and not these. A
 * member that is missing or of the wrong type reads as empty and is not written unless somebody changes it.
 */
final class StatusMembers {

    private StatusMembers() {}

    static PingResponse read(JsonObject status) {
        JsonObject version = child(status, "version");
        JsonObject players = child(status, "players");
        return new PingResponse(
                description(status),
                number(players, "online"),
                number(players, "max"),
                sample(players),
                number(version, "protocol"),
                text(version, "name").orElse(""),
                text(status, "favicon"));
    }

    /**
     * Writes what differs.
     *
     * @param dialect of the client's texts
     */
    static void write(JsonObject status, PingResponse before, PingResponse after, TextDialect dialect) {
        if (!after.description().equals(before.description())) {
            status.add("description", dialect.jsonTree(after.description()));
        }
        if (after.onlinePlayers() != before.onlinePlayers()) {
            made(status, "players").addProperty("online", after.onlinePlayers());
        }
        if (after.maxPlayers() != before.maxPlayers()) {
            made(status, "players").addProperty("max", after.maxPlayers());
        }
        if (!after.sample().equals(before.sample())) {
            made(status, "players").add("sample", json(after.sample()));
        }
        if (after.protocolVersion() != before.protocolVersion()) {
            made(status, "version").addProperty("protocol", after.protocolVersion());
        }
        if (!after.versionName().equals(before.versionName())) {
            made(status, "version").addProperty("name", after.versionName());
        }
        if (!after.favicon().equals(before.favicon())) {
            status.remove("favicon");
            after.favicon().ifPresent(uri -> status.addProperty("favicon", uri));
        }
    }

    private static Component description(JsonObject status) {
        JsonElement description = status.get("description");
        if (description == null) {
            return Component.empty();
        }
        try {
            return TextDialect.at(Integer.MAX_VALUE).parseTree(description);
        } catch (IllegalArgumentException malformed) {
            return Component.empty();
        }
    }

    private static List<SamplePlayer> sample(JsonObject players) {
        if (!(players.get("sample") instanceof JsonArray array)) {
            return List.of();
        }
        List<SamplePlayer> sample = new ArrayList<>();
        for (JsonElement element : array) {
            if (element instanceof JsonObject one) {
                text(one, "name").ifPresent(name -> sample.add(new SamplePlayer(name, uuid(one))));
            }
        }
        return sample;
    }

    /** Servers that only want to show a line give it any id. */
    private static UUID uuid(JsonObject player) {
        try {
            return text(player, "id").map(UUID::fromString).orElse(new UUID(0, 0));
        } catch (IllegalArgumentException none) {
            return new UUID(0, 0);
        }
    }

    private static JsonArray json(List<SamplePlayer> sample) {
        var array = new JsonArray();
        for (SamplePlayer player : sample) {
            var one = new JsonObject();
            one.addProperty("name", player.name());
            one.addProperty("id", player.uuid().toString());
            array.add(one);
        }
        return array;
    }

    private static JsonObject child(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonObject object ? object : new JsonObject();
    }

    private static JsonObject made(JsonObject parent, String name) {
        JsonObject child = child(parent, name);
        parent.add(name, child);
        return child;
    }

    private static Optional<String> text(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonPrimitive value ? Optional.of(value.getAsString()) : Optional.empty();
    }

    private static int number(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonPrimitive value && value.isNumber()
                ? value.getAsNumber().intValue()
                : 0;
    }
}
