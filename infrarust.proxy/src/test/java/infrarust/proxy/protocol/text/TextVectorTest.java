package infrarust.proxy.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import infrarust.proxy.protocol.golden.GoldenVector;
import infrarust.proxy.protocol.nbt.NetworkNbt;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import net.kyori.adventure.key.Key;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.TranslationArgument;
import net.kyori.adventure.text.event.ClickEvent;
import net.kyori.adventure.text.event.HoverEvent;
import net.kyori.adventure.text.format.NamedTextColor;
import net.kyori.adventure.text.format.ShadowColor;
import net.kyori.adventure.text.format.TextColor;
import net.kyori.adventure.text.format.TextDecoration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Components as Minestom writes them, each with one thing in it. The order of members and the choice between equal forms has
 * no meaning, so what is compared is the NBT in one form of our choice; the list is that of the generator ({@code
 * e2e/minestom}, GoldenTexts).
 */
class TextVectorTest {

    private static final Map<String, Component> TEXTS = new LinkedHashMap<>();

    static {
        TEXTS.put("plain", Component.text("Hi"));
        TEXTS.put("astral", Component.text("ä € \uD83D\uDE00 \0"));
        TEXTS.put("colour", Component.text("x", NamedTextColor.RED));
        TEXTS.put("own_colour", Component.text("x", TextColor.color(0x0FE545)));
        TEXTS.put(
                "styles",
                Component.text("x")
                        .decorate(
                                TextDecoration.BOLD,
                                TextDecoration.UNDERLINED,
                                TextDecoration.STRIKETHROUGH,
                                TextDecoration.OBFUSCATED)
                        .decoration(TextDecoration.ITALIC, false));
        TEXTS.put("insertion", Component.text("x").insertion("y"));
        TEXTS.put("font", Component.text("x").font(Key.key("uniform")));
        TEXTS.put("shadow_colour", Component.text("x").shadowColor(ShadowColor.shadowColor(0x80112233)));
        TEXTS.put(
                "parts",
                Component.text("a")
                        .append(Component.text("b", NamedTextColor.AQUA).append(Component.text("c"))));
        TEXTS.put(
                "translation",
                Component.translatable("k", Component.text("a"), Component.text("b", NamedTextColor.GRAY)));
        TEXTS.put("fallback", Component.translatable("k", "else"));
        TEXTS.put(
                "numbers",
                Component.translatable("k", TranslationArgument.numeric(7), TranslationArgument.numeric(-8)));
        TEXTS.put(
                "mixed_arguments",
                Component.translatable(
                        "k",
                        TranslationArgument.bool(true),
                        TranslationArgument.numeric(2.5),
                        Component.text("c", NamedTextColor.RED)));
        TEXTS.put("open_url", Component.text("x").clickEvent(ClickEvent.openUrl("https://example.org/a?b=c&d")));
        TEXTS.put("run_command", Component.text("x").clickEvent(ClickEvent.runCommand("/help")));
        TEXTS.put("suggest_command", Component.text("x").clickEvent(ClickEvent.suggestCommand("/say ")));
        TEXTS.put("copy", Component.text("x").clickEvent(ClickEvent.copyToClipboard("y")));
        TEXTS.put("change_page", Component.text("x").clickEvent(ClickEvent.changePage(3)));
        TEXTS.put(
                "hover_text",
                Component.text("x").hoverEvent(HoverEvent.showText(Component.text("y", NamedTextColor.GREEN))));
        TEXTS.put("hover_item", Component.text("x").hoverEvent(HoverEvent.showItem(Key.key("stone"), 2)));
        TEXTS.put(
                "hover_entity",
                Component.text("x")
                        .hoverEvent(HoverEvent.showEntity(
                                Key.key("pig"),
                                new UUID(0x0123456789abcdefL, 0xfedcba9876543210L),
                                Component.text("n"))));
        TEXTS.put("keybind", Component.keybind("key.jump"));
        TEXTS.put("score", Component.score("*", "o"));
        TEXTS.put("selector", Component.selector("@a", Component.text(", ")));
    }

    static List<GoldenVector> vectors() {
        return Stream.of("minestom-text.txt", "minestom-text-1.21.5.txt")
                .flatMap(source -> GoldenVector.load(source).stream())
                .toList();
    }

    /** Members that say what kind of component it is, beside "type", which may say it too. */
    private static final Set<String> KINDS = Set.of("text", "translate", "keybind", "score", "selector");

    private static JsonElement tree(ByteBuf nbt) {
        JsonElement tree = JsonNbt.toJson(NetworkNbt.read(nbt, NetworkNbt.UNNAMED_ROOT_SINCE));
        assertThat(nbt.isReadable()).isFalse();
        return inOneForm(tree, false);
    }

    private static JsonElement inOneForm(JsonElement value, boolean isArgument) {
        return switch (value) {
            case JsonObject object -> {
                var same = new JsonObject();
                boolean isComponent = object.keySet().stream().anyMatch(KINDS::contains);
                object.asMap().forEach((name, member) -> {
                    boolean saysNothing = (name.equals("type") && isComponent)
                            || (name.equals("components")
                                    && member.getAsJsonObject().isEmpty());
                    if (!saysNothing) {
                        same.add(
                                name,
                                switch (name) {
                                    case "uuid" -> uuid(member);
                                    case "color" -> text(member.getAsString().toLowerCase(Locale.ROOT));
                                    default -> inOneForm(member, name.equals("with"));
                                });
                    }
                });
                yield same;
            }
            case JsonArray array -> {
                var same = new JsonArray();
                array.forEach(element -> same.add(
                        isArgument && element instanceof JsonPrimitive primitive
                                ? text(primitive.getAsString())
                                : inOneForm(element, false)));
                yield same;
            }
            default -> value;
        };
    }

    /** Arguments that are numbers may also be their digits as text. */
    private static JsonObject text(String words) {
        var text = new JsonObject();
        text.addProperty("text", words);
        return text;
    }

    /** Four integers, which may also be text with dashes. */
    private static JsonElement uuid(JsonElement value) {
        if (!(value instanceof JsonPrimitive words)) {
            return value;
        }
        UUID uuid = UUID.fromString(words.getAsString());
        var four = new JsonArray();
        for (long half : new long[] {uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()}) {
            four.add((int) (half >> 32));
            four.add((int) half);
        }
        return four;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_component_is_written_with_the_same_members(GoldenVector vector) {
        ByteBuf written = Unpooled.buffer();
        TextDialect.at(vector.since()).write(written, TEXTS.get(vector.packet()));

        assertThat(tree(written)).isEqualTo(tree(Unpooled.wrappedBuffer(vector.bytes())));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_component_is_read_as_what_it_was(GoldenVector vector) {
        TextDialect dialect = TextDialect.at(vector.since());
        ByteBuf again = Unpooled.buffer();
        dialect.write(again, dialect.read(Unpooled.wrappedBuffer(vector.bytes())));

        assertThat(tree(again)).isEqualTo(tree(Unpooled.wrappedBuffer(vector.bytes())));
    }

    @Test
    void every_component_has_a_vector() {
        assertThat(GoldenVector.load("minestom-text.txt"))
                .extracting(GoldenVector::packet)
                .containsExactlyElementsOf(TEXTS.keySet());
    }
}
