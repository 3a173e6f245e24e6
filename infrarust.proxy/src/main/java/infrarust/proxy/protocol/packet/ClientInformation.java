package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;

/**
 * How the client is set up. The same in the configuration and in the game.
 *
 * @param locale its language
 * @param viewDistance in chunks
 * @param chatMode all, commands only, nothing
 * @param chatColours whether chat has colours
 * @param looks what came with the versions
 */
public record ClientInformation(String locale, int viewDistance, int chatMode, boolean chatColours, Looks looks) {

    private static final int MAX_LOCALE = 64;
    private static final int ALL_PARTS = 0x7F;
    private static final int CAPE = 1;
    private static final int RIGHT_HAND = 1;

    /** Wire layout, configuration. */
    public static final PacketLayout<ClientInformation> CONFIGURATION =
            layout(PacketType.SERVERBOUND_CONFIGURATION_CLIENT_INFORMATION);
    /** Wire layout, play. */
    public static final PacketLayout<ClientInformation> PLAY = layout(PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION);

    /**
     * What the first versions did not tell.
     *
     * @param skinParts a bit for each; before 1.8 only the cape's is told
     * @param mainHand left 0, right 1; since 1.9
     * @param textFiltering since 1.17
     * @param serverListing since 1.18
     * @param particles all, fewer, least; since 1.21.2
     */
    public record Looks(int skinParts, int mainHand, boolean textFiltering, boolean serverListing, int particles) {}

    private static PacketLayout<ClientInformation> layout(PacketType type) {
        Layout<Integer> hand = Layout.VAR_INT;
        Layout<Integer> right = Layout.absent(RIGHT_HAND);
        Layout<Boolean> unfiltered = Layout.absent(false);
        // 1.17 tells the opposite of what later versions tell.
        Layout<Boolean> disabled = Layout.BOOLEAN.map(flag -> !flag, filtered -> !filtered);
        Layout<Boolean> listed = Layout.absent(true);
        Layout<Integer> all = Layout.absent(0);
        return PacketLayout.always(type, template(Layout.UNSIGNED_BYTE, difficultyAndCape()))
                .since(ProtocolVersion.V1_8, template(Layout.UNSIGNED_BYTE, looks(right, unfiltered, listed, all)))
                .since(ProtocolVersion.V1_9, template(Layout.VAR_INT, looks(hand, unfiltered, listed, all)))
                .since(ProtocolVersion.V1_17, template(Layout.VAR_INT, looks(hand, disabled, listed, all)))
                .since(
                        ProtocolVersion.V1_18,
                        template(Layout.VAR_INT, looks(hand, Layout.BOOLEAN, Layout.BOOLEAN, all)))
                .since(
                        ProtocolVersion.V1_21_2,
                        template(Layout.VAR_INT, looks(hand, Layout.BOOLEAN, Layout.BOOLEAN, Layout.VAR_INT)));
    }

    private static Layout<ClientInformation> template(Layout<Integer> chatMode, Layout<Looks> looks) {
        return Layout.fields(
                Layout.string(MAX_LOCALE),
                ClientInformation::locale,
                Layout.UNSIGNED_BYTE,
                ClientInformation::viewDistance,
                chatMode,
                ClientInformation::chatMode,
                Layout.BOOLEAN,
                ClientInformation::chatColours,
                looks,
                ClientInformation::looks,
                ClientInformation::new);
    }

    /** 1.7 tells a difficulty, which nobody heeds, and whether the cape shows. */
    private static Layout<Looks> difficultyAndCape() {
        return Layout.fields(
                Layout.UNSIGNED_BYTE,
                looks -> 0,
                Layout.BOOLEAN,
                looks -> (looks.skinParts() & CAPE) != 0,
                (difficulty, cape) -> new Looks(cape ? ALL_PARTS : ALL_PARTS & ~CAPE, RIGHT_HAND, false, true, 0));
    }

    private static Layout<Looks> looks(
            Layout<Integer> hand, Layout<Boolean> filtering, Layout<Boolean> listing, Layout<Integer> particles) {
        return Layout.fields(
                Layout.UNSIGNED_BYTE,
                Looks::skinParts,
                hand,
                Looks::mainHand,
                filtering,
                Looks::textFiltering,
                listing,
                Looks::serverListing,
                particles,
                Looks::particles,
                Looks::new);
    }
}
