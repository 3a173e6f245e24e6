package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.text.TextDialect;
import net.kyori.adventure.text.Component;

/**
 * A text in the middle of the screen or above the hotbar: a packet of its own since 1.17, before that one of the kinds of the title
 * packet. The title begins to show when its text comes; subtitle and times before it count.
 *
 * @param text the text
 */
public record TitleText(Component text) {

    private static final int TITLE_KIND = 0;
    private static final int SUBTITLE_KIND = 1;
    private static final int ACTION_BAR_KIND = 2;

    /** The title, since 1.17. */
    public static final PacketLayout<TitleText> TITLE = alone(PacketType.CLIENTBOUND_PLAY_SET_TITLE_TEXT);
    /** The subtitle, since 1.17. */
    public static final PacketLayout<TitleText> SUBTITLE = alone(PacketType.CLIENTBOUND_PLAY_SET_SUBTITLE);
    /** Above the hotbar, since 1.17. */
    public static final PacketLayout<TitleText> ACTION_BAR = alone(PacketType.CLIENTBOUND_PLAY_SET_ACTION_BAR);
    /** The title up to 1.16.5. */
    public static final PacketLayout<TitleText> LEGACY_TITLE = kind(TITLE_KIND);
    /** The subtitle up to 1.16.5. */
    public static final PacketLayout<TitleText> LEGACY_SUBTITLE = kind(SUBTITLE_KIND);
    /** Above the hotbar from 1.11 to 1.16.5. */
    public static final PacketLayout<TitleText> LEGACY_ACTION_BAR = kind(ACTION_BAR_KIND);
    /** Above the hotbar from 1.8 to 1.10.2: a chat packet for another place, whose styles have to be in the text itself. */
    public static final PacketLayout<TitleText> CHAT_ACTION_BAR = PacketLayout.<TitleText>none(
                    PacketType.CLIENTBOUND_PLAY_CHAT_LEGACY)
            .since(
                    ProtocolVersion.V1_8,
                    Layout.fields(
                            TextDialect.V1_8.layout(),
                            TitleText::text,
                            Layout.UNSIGNED_BYTE,
                            bar -> ACTION_BAR_KIND,
                            (text, place) -> new TitleText(text)));

    /** The title's layout in a version that has one. */
    public static PacketLayout<TitleText> title(PacketIds ids) {
        return ids.has(TITLE.type()) ? TITLE : LEGACY_TITLE;
    }

    /** The subtitle's layout in a version that has one. */
    public static PacketLayout<TitleText> subtitle(PacketIds ids) {
        return ids.has(SUBTITLE.type()) ? SUBTITLE : LEGACY_SUBTITLE;
    }

    /** The layout of what is above the hotbar, in a version that has one. */
    public static PacketLayout<TitleText> actionBar(PacketIds ids) {
        if (ids.has(ACTION_BAR.type())) {
            return ACTION_BAR;
        }
        return ids.protocol() < ProtocolVersion.V1_11 ? CHAT_ACTION_BAR : LEGACY_ACTION_BAR;
    }

    private static PacketLayout<TitleText> alone(PacketType type) {
        return TextLayouts.of(type, (since, text) -> Layout.fields(text, TitleText::text, TitleText::new));
    }

    private static PacketLayout<TitleText> kind(int kind) {
        return TextLayouts.of(
                PacketType.CLIENTBOUND_PLAY_TITLE_LEGACY,
                (since, text) -> Layout.fields(
                        Layout.VAR_INT, title -> kind, text, TitleText::text, (read, title) -> new TitleText(title)));
    }
}
