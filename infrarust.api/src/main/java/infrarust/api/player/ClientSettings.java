package infrarust.api.player;

import java.util.Locale;
import java.util.Set;

/**
 * How a player has set up the client, as the client says.
 *
 * @param locale its language, for example {@code en_us}; in capitals and small letters as the version writes it
 * @param viewDistance in chunks
 * @param chatMode what is shown in the chat
 * @param chatColours whether chat has colours
 * @param skinParts the parts of the skin that are shown; before 1.8 all, or all but the cape
 * @param mainHand the hand that holds things; {@link MainHand#RIGHT} before 1.9
 * @param textFiltering whether the server should filter what others write; since 1.17
 * @param serverListing whether pings may tell that the player is here; true before 1.18
 * @param particles how many particles are shown; {@link Particles#ALL} before 1.21.2
 */
public record ClientSettings(
        String locale,
        int viewDistance,
        ChatMode chatMode,
        boolean chatColours,
        Set<SkinPart> skinParts,
        MainHand mainHand,
        boolean textFiltering,
        boolean serverListing,
        Particles particles) {

    public ClientSettings {
        skinParts = Set.copyOf(skinParts);
    }

    /** The language as Java has it. */
    public Locale javaLocale() {
        return Locale.forLanguageTag(locale.replace('_', '-'));
    }

    /** What is shown in the chat. */
    public enum ChatMode {
        /** Everything. */
        ALL,
        /** What is not said by players. */
        COMMANDS_ONLY,
        /** Nothing. */
        HIDDEN
    }

    /** A part of the skin, in the order of the bits of the protocol. */
    public enum SkinPart {
        /** The cape. */
        CAPE,
        /** The jacket. */
        JACKET,
        /** The left sleeve. */
        LEFT_SLEEVE,
        /** The right sleeve. */
        RIGHT_SLEEVE,
        /** The left leg of the trousers. */
        LEFT_PANTS_LEG,
        /** The right leg of the trousers. */
        RIGHT_PANTS_LEG,
        /** The hat. */
        HAT
    }

    /** A hand. */
    public enum MainHand {
        /** The left one. */
        LEFT,
        /** The right one. */
        RIGHT
    }

    /** How many particles are shown. */
    public enum Particles {
        /** All. */
        ALL,
        /** Fewer. */
        DECREASED,
        /** As few as possible. */
        MINIMAL
    }
}
