package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.text.TextDialect;
import java.util.function.BiFunction;
import net.kyori.adventure.text.Component;

/** Layouts of packets that carry text: one band for each change of the packet and for each change of the text in it. */
final class TextLayouts {

    private TextLayouts() {}

    /**
     * A band per {@link TextDialect}.
     *
     * @param template makes the layout of one band from its first protocol number and its text; it is asked at each change of
     *     the text and at each of {@code changes}
     * @param changes further protocol numbers where the packet changes, rising
     */
    static <T> PacketLayout<T> of(
            PacketType type, BiFunction<Integer, Layout<Component>, Layout<T>> template, int... changes) {
        PacketLayout<T> layout = PacketLayout.always(type, template.apply(0, text(TextDialect.at(0))));
        int next = 0;
        for (TextDialect dialect : TextDialect.values()) {
            while (next < changes.length && changes[next] < dialect.since()) {
                layout = band(layout, changes[next++], template);
            }
            if (dialect.since() > 0) {
                layout = band(layout, dialect.since(), template);
            }
        }
        while (next < changes.length) {
            layout = band(layout, changes[next++], template);
        }
        return layout;
    }

    private static <T> PacketLayout<T> band(
            PacketLayout<T> layout, int since, BiFunction<Integer, Layout<Component>, Layout<T>> template) {
        return layout.since(since, template.apply(since, text(TextDialect.at(since))));
    }

    private static Layout<Component> text(TextDialect dialect) {
        return dialect.layout();
    }
}
