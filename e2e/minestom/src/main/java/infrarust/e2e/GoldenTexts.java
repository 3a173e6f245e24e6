package infrarust.e2e;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import net.kyori.adventure.key.Key;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.TranslationArgument;
import net.kyori.adventure.text.event.ClickEvent;
import net.kyori.adventure.text.event.HoverEvent;
import net.kyori.adventure.text.format.NamedTextColor;
import net.kyori.adventure.text.format.ShadowColor;
import net.kyori.adventure.text.format.TextColor;
import net.kyori.adventure.text.format.TextDecoration;
import net.minestom.server.MinecraftServer;
import net.minestom.server.network.NetworkBuffer;

/**
 * Components, each with one thing in it, as Minestom writes them: NBT. The proxy's TextVectorTest has the same list.
 */
final class GoldenTexts {

    private GoldenTexts() {}

    static void print() {
        System.out.println("# Text components as Minestom writes them in configuration and play; written by e2e/golden/generate.");
        System.out.println("# Component, first and last protocol number with these bytes, bytes.");
        int version = MinecraftServer.PROTOCOL_VERSION;
        all().forEach((name, text) -> System.out.println(name + " " + version + "-" + version + " "
                + HexFormat.of().formatHex(NetworkBuffer.makeArray(NetworkBuffer.COMPONENT, text))));
    }

    private static Map<String, Component> all() {
        Map<String, Component> texts = new LinkedHashMap<>();
        texts.put("plain", Component.text("Hi"));
        texts.put("astral", Component.text("ä € \uD83D\uDE00 \0"));
        texts.put("colour", Component.text("x", NamedTextColor.RED));
        texts.put("own_colour", Component.text("x", TextColor.color(0x0FE545)));
        texts.put("styles", Component.text("x")
                .decorate(TextDecoration.BOLD, TextDecoration.UNDERLINED, TextDecoration.STRIKETHROUGH, TextDecoration.OBFUSCATED)
                .decoration(TextDecoration.ITALIC, false));
        texts.put("insertion", Component.text("x").insertion("y"));
        texts.put("font", Component.text("x").font(Key.key("uniform")));
        texts.put("shadow_colour", Component.text("x").shadowColor(ShadowColor.shadowColor(0x80112233)));
        texts.put("parts", Component.text("a").append(Component.text("b", NamedTextColor.AQUA)
                .append(Component.text("c"))));
        texts.put("translation", Component.translatable("k", Component.text("a"),
                Component.text("b", NamedTextColor.GRAY)));
        texts.put("fallback", Component.translatable("k", "else"));
        texts.put("numbers", Component.translatable("k", TranslationArgument.numeric(7), TranslationArgument.numeric(-8)));
        texts.put("mixed_arguments", Component.translatable("k", TranslationArgument.bool(true),
                TranslationArgument.numeric(2.5), Component.text("c", NamedTextColor.RED)));
        texts.put("open_url", Component.text("x").clickEvent(ClickEvent.openUrl("https://example.org/a?b=c&d")));
        texts.put("run_command", Component.text("x").clickEvent(ClickEvent.runCommand("/help")));
        texts.put("suggest_command", Component.text("x").clickEvent(ClickEvent.suggestCommand("/say ")));
        texts.put("copy", Component.text("x").clickEvent(ClickEvent.copyToClipboard("y")));
        texts.put("change_page", Component.text("x").clickEvent(ClickEvent.changePage(3)));
        texts.put("hover_text", Component.text("x")
                .hoverEvent(HoverEvent.showText(Component.text("y", NamedTextColor.GREEN))));
        texts.put("hover_item", Component.text("x").hoverEvent(HoverEvent.showItem(Key.key("stone"), 2)));
        texts.put("hover_entity", Component.text("x").hoverEvent(HoverEvent.showEntity(Key.key("pig"),
                new UUID(0x0123456789abcdefL, 0xfedcba9876543210L), Component.text("n"))));
        texts.put("keybind", Component.keybind("key.jump"));
        texts.put("score", Component.score("*", "o"));
        texts.put("selector", Component.selector("@a", Component.text(", ")));
        return texts;
    }
}
