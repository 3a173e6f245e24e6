package infrarust.proxy.session;

import infrarust.api.player.ClientSettings;
import infrarust.api.player.ClientSettings.ChatMode;
import infrarust.api.player.ClientSettings.MainHand;
import infrarust.api.player.ClientSettings.Particles;
import infrarust.api.player.ClientSettings.SkinPart;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.packet.ClientInformation;
import io.netty.buffer.Unpooled;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A client's settings as plugins see them, read from what the client has sent. Any thread. */
final class ReadSettings {

    private static final SkinPart[] PARTS = SkinPart.values();

    private ReadSettings() {}

    /** Empty when they cannot be read; the packet has gone to the server all the same. */
    static Optional<ClientSettings> of(byte[] body, PacketIds ids) {
        try {
            return Optional.of(of(ClientInformation.PLAY.read(Unpooled.wrappedBuffer(body), ids)));
        } catch (MalformedPacketException unreadable) {
            return Optional.empty();
        }
    }

    private static ClientSettings of(ClientInformation told) {
        ClientInformation.Looks looks = told.looks();
        return new ClientSettings(
                told.locale(),
                told.viewDistance(),
                switch (told.chatMode()) {
                    case 1 -> ChatMode.COMMANDS_ONLY;
                    case 2 -> ChatMode.HIDDEN;
                    default -> ChatMode.ALL;
                },
                told.chatColours(),
                parts(looks.skinParts()),
                looks.mainHand() == 0 ? MainHand.LEFT : MainHand.RIGHT,
                looks.textFiltering(),
                looks.serverListing(),
                switch (looks.particles()) {
                    case 1 -> Particles.DECREASED;
                    case 2 -> Particles.MINIMAL;
                    default -> Particles.ALL;
                });
    }

    private static Set<SkinPart> parts(int bits) {
        Set<SkinPart> parts = EnumSet.noneOf(SkinPart.class);
        for (int bit = 0; bit < PARTS.length; bit++) {
            if ((bits & 1 << bit) != 0) {
                parts.add(PARTS[bit]);
            }
        }
        return parts;
    }
}
