package infrarust.proxy.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.proxy.protocol.MalformedPacketException;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import net.kyori.adventure.key.Key;
import net.kyori.adventure.nbt.api.BinaryTagHolder;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.TranslationArgument;
import net.kyori.adventure.text.event.ClickEvent;
import net.kyori.adventure.text.event.HoverEvent;
import net.kyori.adventure.text.format.NamedTextColor;
import net.kyori.adventure.text.format.TextColor;
import net.kyori.adventure.text.format.TextDecoration;
import net.kyori.adventure.text.object.ObjectContents;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextDialectTest {

    private static final Component LINK = Component.text("site")
            .clickEvent(ClickEvent.openUrl("https://example.org"))
            .hoverEvent(HoverEvent.showText(Component.text("go")));

    private static String written(int protocol, Component text) {
        var out = Unpooled.buffer();
        TextDialect.at(protocol).write(out, text);
        return ByteBufUtil.hexDump(out);
    }

    private static String hex(String text) {
        return ByteBufUtil.hexDump(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, V1_7",
        "0, V1_7",
        "5, V1_7",
        "47, V1_8",
        "334, V1_8",
        "335, V1_12",
        "477, V1_14",
        "578, V1_14",
        "735, V1_16",
        "764, V1_16",
        "765, V1_20_3",
        "766, V1_20_5",
        "768, V1_20_5",
        "769, V1_21_4",
        "770, V1_21_5",
        "771, V1_21_6",
        "772, V1_21_6",
        "773, V1_21_9",
        "777, V1_21_9",
        "2147483647, V1_21_9"
    })
    void a_protocol_number_speaks_the_dialect_of_its_band(int protocol, TextDialect dialect) {
        assertThat(TextDialect.at(protocol)).isEqualTo(dialect);
    }

    @Nested
    class In_configuration_and_play {

        @Test
        void text_is_a_json_string_until_1_20_2() {
            String json = "{\"text\":\"Hi\"}";
            assertThat(written(764, Component.text("Hi"))).isEqualTo("0d" + hex(json));
        }

        @Test
        void text_is_nbt_with_an_unnamed_root_since_1_20_3() {
            assertThat(written(765, Component.text("Hi")))
                    .isEqualTo("0a" + "080004" + hex("text") + "0002" + hex("Hi") + "00");
        }

        @Test
        void arguments_of_several_types_are_wrapped_in_their_list() {
            Component text = Component.translatable("k", Component.text("a"), TranslationArgument.bool(true));
            assertThat(written(775, text))
                    .contains("090004" + hex("with") + "0a00000002" + "080004" + hex("text") + "0001" + hex("a") + "00"
                            + "0100000100");
        }

        @Test
        void the_uuid_of_a_hovered_entity_is_an_array_of_four_integers() {
            Component text = Component.text("x")
                    .hoverEvent(HoverEvent.showEntity(Key.key("pig"), new UUID(1, 2), Component.text("n")));
            assertThat(written(775, text))
                    .contains("0b0004" + hex("uuid") + "00000004" + "00000000000000010000000000000002");
        }

        @Test
        void what_was_written_is_read_back() {
            Component text = LINK.append(Component.translatable(
                    "k", Component.text("a"), TranslationArgument.bool(true), TranslationArgument.numeric(7)));
            for (int protocol : new int[] {4, 735, 765, 766, 769, 770, 777}) {
                var buffer = Unpooled.buffer();
                TextDialect.at(protocol).write(buffer, text);
                TextDialect dialect = TextDialect.at(protocol);
                assertThat(dialect.json(dialect.read(buffer))).isEqualTo(dialect.json(text));
                assertThat(buffer.isReadable()).isFalse();
            }
        }

        @Test
        void nbt_that_is_no_component_is_refused() {
            var buffer = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("0a00"));
            assertThatThrownBy(() -> TextDialect.V1_21_5.read(buffer)).isInstanceOf(MalformedPacketException.class);
        }

        @Test
        void events_are_named_in_camel_case_before_1_21_5_and_in_snake_case_since() {
            assertThat(written(769, LINK)).contains(hex("clickEvent"), hex("hoverEvent"), hex("contents"));
            assertThat(written(770, LINK))
                    .contains(hex("click_event"), hex("hover_event"), hex("url"))
                    .doesNotContain(hex("clickEvent"), hex("contents"));
        }
    }

    @Nested
    class In_a_login_disconnect_or_a_status {

        @Test
        void text_is_json_in_every_version() {
            for (int protocol : new int[] {4, 47, 754, 765, 777}) {
                var out = Unpooled.buffer();
                TextDialect.at(protocol).writeJson(out, Component.text("Hi"));
                assertThat(ByteBufUtil.hexDump(out)).isEqualTo("0d" + hex("{\"text\":\"Hi\"}"));
            }
        }

        @Test
        void a_colour_of_its_own_becomes_the_nearest_of_sixteen_before_1_16() {
            Component text = Component.text("x", TextColor.color(0xFE5454));
            assertThat(TextDialect.at(578).json(text)).contains("\"color\":\"red\"");
            assertThat(TextDialect.at(735).json(text)).contains("\"color\":\"#FE5454\"");
        }

        @Test
        void hover_text_is_a_value_before_1_16() {
            assertThat(TextDialect.at(578).json(LINK)).contains("\"hoverEvent\":{\"action\":\"show_text\",\"value\":");
        }

        @Test
        void what_was_written_is_read_back() {
            for (TextDialect dialect : TextDialect.values()) {
                assertThat(dialect.parseJson(dialect.json(LINK))).isEqualTo(LINK);
            }
        }

        @Test
        void what_is_no_component_is_refused() {
            for (String bad : new String[] {"{\"text\":{}}", "{}", "{\"extra\":[]}", "{\"color\":\"red\"}"}) {
                assertThatThrownBy(() -> TextDialect.V1_16.parseJson(bad)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> TextDialect.V1_16.parseJson("null")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> TextDialect.V1_16.parseJson("")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> TextDialect.V1_16.parseJson("[".repeat(100_000)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> TextDialect.V1_16.parseJson("{\"text\":"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> TextDialect.V1_16.parseJson("[]")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class For_a_game_that_does_not_know_a_kind_of_component {

        static List<Arguments> kinds() {
            return List.of(
                    Arguments.of(Component.score("Steve", "kills"), 47, "{\"text\":\"\"}"),
                    Arguments.of(Component.selector("@a", Component.text(",")), 47, "{\"text\":\"@a\"}"),
                    Arguments.of(Component.keybind("key.jump"), 335, "{\"text\":\"key.jump\"}"),
                    Arguments.of(Component.storageNBT("a.b", Key.key("a:b")), 477, "{\"text\":\"a.b\"}"),
                    Arguments.of(
                            Component.object(ObjectContents.sprite(Key.key("block/stone"))), 773, "{\"text\":\"\"}"),
                    Arguments.of(Component.object(ObjectContents.playerHead("Steve")), 773, "{\"text\":\"Steve\"}"));
        }

        @ParameterizedTest
        @MethodSource("kinds")
        void it_becomes_words(Component text, int since, String words) {
            assertThat(TextDialect.at(since - 1).json(text)).isEqualTo(words);
            assertThat(TextDialect.at(since).json(text)).isNotEqualTo(words).doesNotContain("\"text\":\"" + words);
        }

        @Test
        void it_is_what_its_author_wrote_for_that_case() {
            Component text = Component.object(ObjectContents.sprite(Key.key("block/stone")))
                    .fallback(Component.text("stone"))
                    .append(Component.text("!"));
            assertThat(TextDialect.at(772).json(text))
                    .isEqualTo("{\"extra\":[{\"text\":\"stone\"},{\"text\":\"!\"}],\"text\":\"\"}");
        }

        @Test
        void it_keeps_its_looks_and_what_comes_behind_it() {
            Component text = Component.text("Jump with ")
                    .append(Component.keybind("key.jump", NamedTextColor.RED).append(Component.text("!")));
            assertThat(TextDialect.at(47).json(text))
                    .isEqualTo("{\"extra\":[{\"color\":\"red\",\"extra\":[{\"text\":\"!\"}],\"text\":\"key.jump\"}],"
                            + "\"text\":\"Jump with \"}");
        }

        @Test
        void it_is_found_in_arguments_and_under_the_mouse_too() {
            Component key = Component.keybind("key.jump");
            assertThat(TextDialect.at(47).json(Component.translatable("k", key).hoverEvent(HoverEvent.showText(key))))
                    .doesNotContain("keybind");
            Component head = Component.object(ObjectContents.playerHead("Steve"));
            assertThat(TextDialect.at(772).json(Component.text("x").hoverEvent(HoverEvent.showText(head))))
                    .contains("\"value\":{\"text\":\"Steve\"}");
        }

        @Test
        void actions_of_servers_are_left_out_before_1_21_6() {
            Component text = Component.text("x")
                    .clickEvent(ClickEvent.custom(Key.key("a:b"), BinaryTagHolder.binaryTagHolder("{}")));
            assertThat(TextDialect.at(770).json(text)).isEqualTo("{\"text\":\"x\"}");
            assertThat(TextDialect.at(769).json(text)).isEqualTo("{\"text\":\"x\"}");
            assertThat(TextDialect.at(771).json(text)).contains("\"action\":\"custom\"");
        }

        @Test
        void items_under_the_mouse_are_left_out_before_1_16() {
            Component text = Component.text("x").hoverEvent(HoverEvent.showItem(Key.key("stone"), 1));
            assertThat(TextDialect.at(578).json(text)).isEqualTo("{\"text\":\"x\"}");
            assertThat(TextDialect.at(735).json(text)).contains("minecraft:stone");
        }
    }

    @Nested
    class Of_a_peer {

        private static Component nbt(String hex) {
            var buffer = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
            Component read = TextDialect.at(765).read(buffer);
            assertThat(buffer.isReadable()).isFalse();
            return read;
        }

        @Test
        void a_string_is_text() {
            assertThat(TextDialect.V1_7.parseJson("\"Hi\"")).isEqualTo(Component.text("Hi"));
            assertThat(nbt("080002" + hex("Hi"))).isEqualTo(Component.text("Hi"));
        }

        @Test
        void a_list_is_its_first_element_with_the_others_behind_it() {
            Component text = Component.text("a").append(Component.text("b", NamedTextColor.RED));
            assertThat(TextDialect.V1_7.parseJson("[\"a\",{\"text\":\"b\",\"color\":\"red\"}]"))
                    .isEqualTo(text);
            assertThat(nbt("090a00000002" + "080000" + "0001" + hex("a") + "00" + "080004" + hex("text") + "0001"
                            + hex("b") + "080005" + hex("color") + "0003" + hex("red") + "00"))
                    .isEqualTo(text);
        }

        @ParameterizedTest
        @EnumSource(TextDialect.class)
        void events_are_understood_under_their_old_and_their_new_names(TextDialect dialect) {
            assertThat(dialect.parseJson(TextDialect.V1_7.json(LINK))).isEqualTo(LINK);
            assertThat(dialect.parseJson(TextDialect.V1_16.json(LINK))).isEqualTo(LINK);
            assertThat(dialect.parseJson(TextDialect.V1_21_6.json(LINK))).isEqualTo(LINK);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"text\":\"a\",\"bold\":true,\"font\":\"Bad Key\"}",
                    "{\"text\":\"a\",\"bold\":true,\"color\":\"mauve\"}",
                    "{\"text\":\"a\",\"bold\":true,\"color\":\"#zzzzzz\"}",
                    "{\"text\":\"a\",\"bold\":true,\"hoverEvent\":{\"action\":\"unheard_of\",\"contents\":1}}",
                    "{\"text\":\"a\",\"bold\":true,\"hoverEvent\":{\"action\":\"show_item\",\"contents\":{\"id\":\"Bad Key\"}}}",
                    "{\"text\":\"a\",\"bold\":true,\"clickEvent\":{\"action\":\"open_url\",\"value\":\"no url\"}}",
                    "{\"text\":\"a\",\"bold\":true,\"click_event\":{\"action\":\"custom\",\"id\":\"a:b\",\"payload\":{\"x\":[1]}}}",
                    "{\"text\":\"a\",\"bold\":true,\"extra\":{}}"
                })
        void what_the_proxy_does_not_understand_is_left_out_and_the_words_stay(String json) {
            for (TextDialect dialect : TextDialect.values()) {
                assertThat(dialect.parseJson(json))
                        .isEqualTo(Component.text("a").decorate(TextDecoration.BOLD));
            }
        }

        @Test
        void what_is_not_understood_in_one_part_leaves_the_words_of_all_parts() {
            Component text = TextDialect.V1_21_6.parseJson("{\"translate\":\"k\",\"color\":\"red\",\"with\":[null,"
                    + "{\"text\":\"b\",\"color\":\"mauve\",\"extra\":[\"c\"]}]}");
            assertThat(text)
                    .isEqualTo(Component.translatable(
                            "k",
                            NamedTextColor.RED,
                            Component.empty(),
                            Component.text("b").append(Component.text("c"))));
        }
    }

    @Nested
    class Plain_text {

        @Test
        void has_section_signs_for_colours_and_styles() {
            assertThat(PlainText.section(Component.text("x", NamedTextColor.GREEN)))
                    .isEqualTo("§ax");
        }

        @Test
        void of_an_operator_may_hold_any_colour() {
            assertThat(PlainText.parse("§x§1§2§3§4§5§6x")).isEqualTo(Component.text("x", TextColor.color(0x123456)));
            assertThat(PlainText.parse("§7a§lb"))
                    .isEqualTo(PlainText.parse(PlainText.section(PlainText.parse("§7a§lb"))));
        }

        @Test
        void without_codes_is_only_the_words() {
            assertThat(PlainText.plain(PlainText.parse("§7a§lb"))).isEqualTo("ab");
        }
    }

    @Test
    void what_has_no_words_outside_of_a_game_is_left_out_of_plain_text() {
        Component text = Component.text("a").append(Component.score("n", "o")).append(Component.text("b"));
        assertThat(PlainText.plain(text)).isEqualTo("ab");
        assertThat(PlainText.section(text)).isEqualTo("ab");
    }
}
