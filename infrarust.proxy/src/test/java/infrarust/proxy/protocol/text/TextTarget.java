package infrarust.proxy.protocol.text;

import infrarust.proxy.fuzz.FuzzTarget;
import infrarust.proxy.protocol.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.kyori.adventure.key.Key;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.event.ClickEvent;
import net.kyori.adventure.text.event.HoverEvent;
import net.kyori.adventure.text.format.NamedTextColor;
import net.kyori.adventure.text.format.TextDecoration;

/** Texts of peers, in the dialect that the first byte chooses: what can be read can be told in every dialect. */
public final class TextTarget implements FuzzTarget {

    private static final TextDialect[] DIALECTS = TextDialect.values();
    /** Strings of NBT end there, which is said, and no fault. */
    private static final int MAX_INPUT = 16 << 10;

    @Override
    public List<byte[]> seeds() {
        Component text = Component.text("hi ", NamedTextColor.RED)
                .decorate(TextDecoration.BOLD)
                .clickEvent(ClickEvent.runCommand("/x"))
                .hoverEvent(HoverEvent.showText(Component.text("tip")))
                .append(Component.translatable("a.b", Component.text(1), Component.keybind("key.jump")))
                .append(Component.score("n", "o").font(Key.key("f")))
                .append(Component.selector("@a").insertion("i"))
                .append(Component.blockNBT("p", net.kyori.adventure.text.BlockNBTComponent.Pos.fromString("1 2 3")));
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < DIALECTS.length; i++) {
            ByteBuf out = Unpooled.buffer().writeByte(i);
            DIALECTS[i].write(out, text);
            seeds.add(Arrays.copyOf(out.array(), out.writerIndex()));
        }
        return seeds;
    }

    @Override
    public void accept(byte[] input) {
        if (input.length == 0 || input.length > MAX_INPUT) {
            return;
        }
        Component text;
        try {
            text = DIALECTS[(input[0] & 0xFF) % DIALECTS.length].read(
                    Unpooled.wrappedBuffer(input, 1, input.length - 1));
        } catch (MalformedPacketException e) {
            return;
        }
        for (TextDialect dialect : DIALECTS) {
            dialect.write(Unpooled.buffer(), text);
            dialect.json(text);
        }
        PlainText.plain(text);
        PlainText.parse(PlainText.section(text));
    }
}
