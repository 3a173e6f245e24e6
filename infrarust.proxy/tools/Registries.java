import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.nbt.NetworkNbt;
import infrarust.proxy.protocol.nbt.Tag;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipFile;

/**
 * Makes the registry resources of the limbo from the published artefacts net.minestom:data (Apache-2.0, Maven Central), one
 * file for each protocol number. Run by hand when a version is added; what it writes is committed.
 *
 * <pre>
 * ./mvnw -q -B -pl infrarust.proxy -am compile
 * mvn dependency:copy -Dartifact=net.minestom:data:26.2-rv3 -DoutputDirectory=FOLDER   (and the others of VERSIONS)
 * java -cp infrarust.proxy/target/classes:GSON_JAR:NETTY_BUFFER_JAR:NETTY_COMMON_JAR infrarust.proxy/tools/Registries.java \
 *      FOLDER infrarust.proxy/src/main/resources/infrarust/proxy/limbo
 * </pre>
 *
 * The format is described at {@code infrarust.proxy.limbo.RegistryResource}, which reads it.
 */
public final class Registries {

    /**
     * One file.
     *
     * @param protocol the number
     * @param data the version of net.minestom:data
     * @param packs the versions of the pack minecraft:core whose entries have these names; none where full data must be sent
     * @param namesOnly the data has the wrong format for this protocol number: only a client that has the pack can be served
     */
    private record Version(int protocol, String data, List<String> packs, boolean namesOnly) {}

    private static final List<Version> VERSIONS = List.of(
            new Version(766, "1.20.5-rv3", List.of("1.20.5", "1.20.6"), false),
            new Version(767, "1.21-rv4", List.of("1.21", "1.21.1"), false),
            new Version(768, "1.21.3-rv2", List.of("1.21.2", "1.21.3"), false),
            new Version(769, "1.21.4-rv2", List.of("1.21.4"), false),
            new Version(770, "1.21.5-rv2", List.of("1.21.5"), false),
            // No data of 1.21.6; that of 1.21.8 has a painting and a song more, which its pack does not know.
            new Version(771, "1.21.8-rv1", List.of(), false),
            new Version(772, "1.21.8-rv1", List.of("1.21.7", "1.21.8"), false),
            new Version(773, "1.21.10-rv3", List.of("1.21.9", "1.21.10"), false),
            new Version(774, "1.21.11-rv2", List.of("1.21.11"), false),
            new Version(775, "26.1.2-rv1", List.of("26.1", "26.1.1", "26.1.2"), false),
            new Version(776, "26.2-rv3", List.of("26.2"), false),
            // No data of 26.3, whose formats changed.
            new Version(777, "26.2-rv3", List.of("26.3"), true));

    /** The registries that clients expect, by the first protocol number that does, in the order in which they are sent. */
    private static final Map<String, Integer> SINCE = new LinkedHashMap<>();

    static {
        SINCE.put("worldgen/biome", 766);
        SINCE.put("chat_type", 766);
        SINCE.put("trim_pattern", 766);
        SINCE.put("trim_material", 766);
        SINCE.put("wolf_variant", 766);
        SINCE.put("wolf_sound_variant", 770);
        SINCE.put("pig_variant", 770);
        SINCE.put("pig_sound_variant", 775);
        SINCE.put("frog_variant", 770);
        SINCE.put("cat_variant", 770);
        SINCE.put("cat_sound_variant", 775);
        SINCE.put("cow_variant", 770);
        SINCE.put("cow_sound_variant", 775);
        SINCE.put("chicken_variant", 770);
        SINCE.put("chicken_sound_variant", 775);
        SINCE.put("zombie_nautilus_variant", 774);
        SINCE.put("sulfur_cube_archetype", 776);
        SINCE.put("painting_variant", 767);
        SINCE.put("dimension_type", 766);
        SINCE.put("damage_type", 766);
        SINCE.put("banner_pattern", 766);
        // Expected since 767, but not in the artefacts before 1.21.5, and no client needs it in an empty world.
        SINCE.put("enchantment", 770);
        SINCE.put("jukebox_song", 767);
        SINCE.put("instrument", 768);
        SINCE.put("dialog", 771);
        SINCE.put("world_clock", 775);
        SINCE.put("timeline", 774);
    }

    /** New in 26.3: three entries of its pack, and patterns that are so simple that their data can be given. */
    private static final List<String> BLOCK_TRANSFORMERS = List.of("axe", "hoe", "shovel");

    private static final List<String> POT_PATTERNS = List.of(
            "angler", "archer", "arms_up", "blade", "brewer", "burn", "danger", "explorer", "flow", "friend", "guster",
            "heart", "heartbreak", "howl", "miner", "mourner", "plenty", "prize", "scrape", "sheaf", "shelter", "skull",
            "snort");

    /** Registries of the client itself: their tags must exist, but what is in them matters to no empty world. */
    private static final List<String> STATIC =
            List.of("block", "item", "fluid", "entity_type", "game_event", "potion");

    /** What a client reads of a biome; the rest is for the generation of worlds. */
    private static final Set<String> BIOME_MEMBERS =
            Set.of("has_precipitation", "temperature", "temperature_modifier", "downfall", "effects", "attributes");

    private Registries() {}

    public static void main(String[] arguments) throws IOException {
        for (Version version : VERSIONS) {
            Path jar = Path.of(arguments[0], "data-" + version.data() + ".jar");
            try (var zip = new ZipFile(jar.toFile())) {
                ByteBuf out = write(version, new Source(zip));
                byte[] bytes = new byte[out.readableBytes()];
                out.readBytes(bytes);
                Path file = Path.of(arguments[1], "registries-" + version.protocol() + ".bin.gz");
                try (var gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
                    gzip.write(bytes);
                }
                System.out.println(file + ": " + bytes.length + " bytes, " + Files.size(file) + " compressed");
            }
        }
    }

    private static ByteBuf write(Version version, Source source) throws IOException {
        ByteBuf out = Unpooled.buffer();
        Wire.writeVarInt(out, version.packs().size());
        version.packs().forEach(pack -> Wire.writeString(out, pack));

        Map<String, List<String>> names = new LinkedHashMap<>();
        ByteBuf registries = Unpooled.buffer();
        for (String registry : SINCE.keySet()) {
            if (version.protocol() >= SINCE.get(registry)) {
                JsonObject entries = source.registry(registry);
                names.put(registry, List.copyOf(entries.keySet()));
                Wire.writeString(registries, "minecraft:" + registry);
                Wire.writeVarInt(registries, entries.size());
                for (Map.Entry<String, JsonElement> entry : entries.entrySet()) {
                    JsonObject data = client(registry, entry.getValue().getAsJsonObject());
                    writeEntry(registries, entry.getKey(), false, version.namesOnly() ? null : data);
                }
            }
        }
        if (version.protocol() >= 777) {
            names.put("block_transformer", BLOCK_TRANSFORMERS);
            Wire.writeString(registries, "minecraft:block_transformer");
            Wire.writeVarInt(registries, BLOCK_TRANSFORMERS.size());
            BLOCK_TRANSFORMERS.forEach(name -> writeEntry(registries, "minecraft:" + name, false, null));
            names.put("decorated_pot_pattern", POT_PATTERNS);
            Wire.writeString(registries, "minecraft:decorated_pot_pattern");
            Wire.writeVarInt(registries, POT_PATTERNS.size());
            for (String name : POT_PATTERNS) {
                var data = new JsonObject();
                data.addProperty("asset_id", "minecraft:" + name + "_pottery_pattern");
                writeEntry(registries, "minecraft:" + name, true, data);
            }
        }
        Wire.writeVarInt(out, names.size());
        out.writeBytes(registries);
        writeTags(out, source, names);
        return out;
    }

    private static void writeEntry(ByteBuf out, String name, boolean always, JsonObject data) {
        Wire.writeString(out, name);
        out.writeBoolean(always);
        ByteBuf nbt = Unpooled.buffer();
        if (data != null) {
            NetworkNbt.write(nbt, nbt(data), NetworkNbt.UNNAMED_ROOT_SINCE);
        }
        Wire.writeVarInt(out, nbt.readableBytes());
        out.writeBytes(nbt);
    }

    private static void writeTags(ByteBuf out, Source source, Map<String, List<String>> names) throws IOException {
        Map<String, JsonObject> tags = new LinkedHashMap<>();
        for (String registry : STATIC) {
            tags.put(registry, source.tags(registry));
        }
        for (String registry : names.keySet()) {
            tags.put(registry, source.tags(registry));
        }
        tags.values().removeIf(tagsOfRegistry -> tagsOfRegistry.isEmpty());
        Wire.writeVarInt(out, tags.size());
        tags.forEach((registry, tagsOfRegistry) -> {
            Wire.writeString(out, "minecraft:" + registry);
            Wire.writeVarInt(out, tagsOfRegistry.size());
            for (String tag : tagsOfRegistry.keySet()) {
                Wire.writeString(out, tag);
                List<Integer> ids = new ArrayList<>();
                if (names.containsKey(registry)) {
                    Set<String> members = new LinkedHashSet<>();
                    resolve(tagsOfRegistry, tag, members);
                    for (String member : members) {
                        int id = names.get(registry).indexOf(member);
                        if (id >= 0) {
                            ids.add(id);
                        }
                    }
                }
                Wire.writeVarInt(out, ids.size());
                ids.forEach(id -> Wire.writeVarInt(out, id));
            }
        });
    }

    private static void resolve(JsonObject tags, String tag, Set<String> members) {
        JsonObject definition = tags.getAsJsonObject(tag);
        if (definition == null) {
            throw new IllegalStateException("There is no tag " + tag);
        }
        for (JsonElement value : definition.getAsJsonArray("values")) {
            String name = value.isJsonObject()
                    ? value.getAsJsonObject().get("id").getAsString()
                    : value.getAsString();
            if (name.startsWith("#")) {
                resolve(tags, name.substring(1), members);
            } else {
                members.add(name);
            }
        }
    }

    /** The members of an entry that clients read, under the names that they read. */
    private static JsonObject client(String registry, JsonObject entry) {
        if (!registry.equals("worldgen/biome")) {
            return entry;
        }
        var biome = new JsonObject();
        var effects = new JsonObject();
        entry.asMap().forEach((name, value) -> {
            // The artefacts until 1.21.10 name the colours in their own way, beside the rest.
            switch (name) {
                case "fogColor" -> effects.add("fog_color", value);
                case "waterColor" -> effects.add("water_color", value);
                case "waterFogColor" -> effects.add("water_fog_color", value);
                case "skyColor" -> effects.add("sky_color", value);
                case "foliageColor" -> effects.add("foliage_color", value);
                case "grassColor" -> effects.add("grass_color", value);
                case "grassColorModifier" -> effects.add("grass_color_modifier", value);
                default -> {
                    if (BIOME_MEMBERS.contains(name)) {
                        biome.add(name, value);
                    }
                }
            }
        });
        if (!effects.isEmpty()) {
            biome.add("effects", effects);
        }
        return biome;
    }

    private static Tag nbt(JsonElement json) {
        return switch (json) {
            case JsonObject object -> {
                Map<String, Tag> values = new LinkedHashMap<>();
                object.asMap().forEach((name, value) -> values.put(name, nbt(value)));
                yield new Tag.OfCompound(values);
            }
            case JsonArray array -> {
                boolean fractions = array.asList().stream().anyMatch(Registries::isFraction);
                List<Tag> values = new ArrayList<>();
                array.forEach(element -> values.add(fractions ? new Tag.OfDouble(element.getAsDouble()) : nbt(element)));
                yield new Tag.OfList(values);
            }
            case JsonPrimitive primitive when primitive.isBoolean() ->
                new Tag.OfByte((byte) (primitive.getAsBoolean() ? 1 : 0));
            case JsonPrimitive primitive when primitive.isString() -> new Tag.OfString(primitive.getAsString());
            case JsonPrimitive primitive when isFraction(primitive) -> new Tag.OfDouble(primitive.getAsDouble());
            case JsonPrimitive primitive -> {
                long number = primitive.getAsLong();
                yield number == (int) number ? new Tag.OfInt((int) number) : new Tag.OfLong(number);
            }
            default -> throw new IllegalStateException("No NBT for " + json);
        };
    }

    private static boolean isFraction(JsonElement json) {
        return json instanceof JsonPrimitive primitive
                && primitive.isNumber()
                && !primitive.getAsString().matches("-?\\d+");
    }

    /** The files of an artefact, which changed their places and names with time. */
    private record Source(ZipFile zip) {

        JsonObject registry(String name) throws IOException {
            String last = name.substring(name.indexOf('/') + 1);
            return first(name + ".json", last + ".json", last + "s.json");
        }

        JsonObject tags(String name) throws IOException {
            String last = name.substring(name.indexOf('/') + 1);
            String until121 = last.equals("game_event") ? "gameplay" : last;
            try {
                return first("tags/" + name + ".json", "tags/" + last + ".json", "tags/" + until121 + "_tags.json");
            } catch (IOException none) {
                return new JsonObject();
            }
        }

        private JsonObject first(String... names) throws IOException {
            for (String folder : new String[] {"net/minestom/data/", ""}) {
                for (String name : names) {
                    var entry = zip.getEntry(folder + name);
                    if (entry != null) {
                        try (var reader = new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8)) {
                            return JsonParser.parseReader(reader).getAsJsonObject();
                        }
                    }
                }
            }
            throw new IOException(zip.getName() + " has no " + String.join(", ", names));
        }
    }
}
