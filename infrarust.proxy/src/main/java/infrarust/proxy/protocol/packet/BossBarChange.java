package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.UUID;
import net.kyori.adventure.text.Component;

/**
 * A boss bar comes, changes or goes; since 1.9.
 *
 * @param bar which one
 * @param change what happens to it
 */
public record BossBarChange(UUID bar, Change change) {

    /** Wire layout. */
    public static final PacketLayout<BossBarChange> LAYOUT = TextLayouts.of(
            PacketType.CLIENTBOUND_PLAY_BOSS_BAR,
            (since, text) -> Layout.fields(
                    Layout.UUID_BINARY, BossBarChange::bar, change(text), BossBarChange::change, BossBarChange::new));

    /** What happens to a bar. */
    public sealed interface Change {

        /** It shows, perhaps in the place of one with the same id. */
        record Add(Component title, float health, Style style, int flags) implements Change {}

        /** It is gone. */
        record Remove() implements Change {}

        /** Its length, 0 to 1. */
        record Health(float health) implements Change {}

        /** Its text. */
        record Title(Component title) implements Change {}

        /** Its looks. */
        record Restyle(Style style) implements Change {}

        /** 1: the sky is darker, 2: the music of a boss, 4: fog. */
        record Flags(int flags) implements Change {}
    }

    /**
     * How a bar looks.
     *
     * @param colour pink, blue, red, green, yellow, purple, white
     * @param division into how many notches: none, 6, 10, 12, 20
     */
    public record Style(int colour, int division) {}

    private static final Layout<Style> STYLE =
            Layout.fields(Layout.VAR_INT, Style::colour, Layout.VAR_INT, Style::division, Style::new);

    private static Layout<Change> change(Layout<Component> text) {
        return Layout.of((out, change) -> write(out, change, text), in -> read(in, text));
    }

    private static void write(ByteBuf out, Change change, Layout<Component> text) {
        switch (change) {
            case Change.Add(Component title, float health, Style style, int flags) -> {
                Wire.writeVarInt(out, 0);
                text.write(out, title);
                out.writeFloat(health);
                STYLE.write(out, style);
                out.writeByte(flags);
            }
            case Change.Remove() -> Wire.writeVarInt(out, 1);
            case Change.Health(float health) -> {
                Wire.writeVarInt(out, 2);
                out.writeFloat(health);
            }
            case Change.Title(Component title) -> {
                Wire.writeVarInt(out, 3);
                text.write(out, title);
            }
            case Change.Restyle(Style style) -> {
                Wire.writeVarInt(out, 4);
                STYLE.write(out, style);
            }
            case Change.Flags(int flags) -> {
                Wire.writeVarInt(out, 5);
                out.writeByte(flags);
            }
        }
    }

    private static Change read(ByteBuf in, Layout<Component> text) {
        int action = Wire.readVarInt(in);
        return switch (action) {
            case 0 ->
                new Change.Add(text.read(in), Layout.FLOAT.read(in), STYLE.read(in), Layout.UNSIGNED_BYTE.read(in));
            case 1 -> new Change.Remove();
            case 2 -> new Change.Health(Layout.FLOAT.read(in));
            case 3 -> new Change.Title(text.read(in));
            case 4 -> new Change.Restyle(STYLE.read(in));
            case 5 -> new Change.Flags(Layout.UNSIGNED_BYTE.read(in));
            default -> throw new MalformedPacketException("Boss bar with the action " + action);
        };
    }
}
