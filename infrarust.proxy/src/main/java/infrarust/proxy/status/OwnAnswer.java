package infrarust.proxy.status;

import com.google.gson.JsonPrimitive;
import infrarust.proxy.protocol.text.PlainText;
import infrarust.proxy.protocol.text.TextDialect;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntSupplier;
import net.kyori.adventure.text.Component;

/**
 * An answer of the proxy itself. It names the pinger's own protocol number, so that no client calls the proxy outdated. The
 * JSON lies ready in pieces; only the two numbers that differ between pings are written when one comes.
 */
@SuppressWarnings("EnumOrdinal") // indexes an array of this very class
final class OwnAnswer implements StatusAnswer {

    private final String versionName;
    private final Component description;
    private final int maxPlayers;
    private final IntSupplier online;

    private final byte[] untilProtocol;
    private final byte[] untilOnline;
    private final byte[][] untilFavicon; // by dialect

    private final byte[] end;

    /**
     * @param versionName shown beside the version when client and server do not fit
     * @param text the description, with section-sign codes
     * @param favicon a data URI
     * @param maxPlayers slots shown
     * @param online how many players are shown as present; asked at each ping, on its event loop
     */
    OwnAnswer(String versionName, String text, Optional<String> favicon, int maxPlayers, IntSupplier online) {
        this.versionName = versionName;
        this.description = PlainText.parse(text);
        this.maxPlayers = maxPlayers;
        this.online = online;
        untilProtocol = utf8("{\"version\":{\"name\":" + new JsonPrimitive(versionName) + ",\"protocol\":");
        untilOnline = utf8("},\"players\":{\"max\":" + maxPlayers + ",\"online\":");
        TextDialect[] dialects = TextDialect.values();
        untilFavicon = new byte[dialects.length][];
        for (int i = 0; i < dialects.length; i++) {
            untilFavicon[i] = utf8("},\"description\":" + dialects[i].json(description));
        }
        end = utf8(favicon.map(uri -> ",\"favicon\":" + new JsonPrimitive(uri)).orElse("") + "}");
    }

    private static byte[] utf8(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void write(ByteBuf out, int protocol) {
        int players = online.getAsInt();
        byte[] text = untilFavicon[TextDialect.at(protocol).ordinal()];
        int json = untilProtocol.length
                + Decimal.size(protocol)
                + untilOnline.length
                + Decimal.size(players)
                + text.length
                + end.length;
        StatusFrame.writeResponseHead(out, json);
        out.writeBytes(untilProtocol);
        Decimal.write(out, protocol);
        out.writeBytes(untilOnline);
        Decimal.write(out, players);
        out.writeBytes(text);
        out.writeBytes(end);
    }

    @Override
    public LegacyAnswer legacy(int protocol) {
        return new LegacyAnswer(protocol, versionName, PlainText.section(description), online.getAsInt(), maxPlayers);
    }
}
