package infrarust.proxy.status;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * What clients before 1.7 are told: a kick whose reason is the status, as the page "Server List Ping" of the
 * protocol's documentation has it for each of them (minecraft.wiki).
 *
 * @param protocol the server's protocol number
 * @param versionName the server's version
 * @param description with section-sign codes
 * @param online players present
 * @param max slots
 */
record LegacyAnswer(int protocol, String versionName, String description, int online, int max) {

    /** A number that fits no client, as servers since 1.7 tell it: the client shows the version's name. */
    static final int ANY_PROTOCOL = 127;

    private static final int KICK = 0xFF;
    /** The longest reason that these clients read, in UTF-16 units; a longer one breaks the connection. */
    private static final int MAX_REASON = 256;

    /** The form for beta 1.8 to 1.3, whose fields are separated by the sign of the colour codes. */
    void writeBeta(ByteBuf out) {
        String end = "§" + online + "§" + max;
        writeKick(out, shortened(withoutCodes(), end.length()) + end);
    }

    /** The form for 1.4 to 1.6. */
    void write(ByteBuf out) {
        String start = "§1\0" + protocol + "\0" + field(versionName) + "\0";
        String end = "\0" + online + "\0" + max;
        writeKick(out, start + shortened(field(description), start.length() + end.length()) + end);
    }

    private String withoutCodes() {
        return field(description).replaceAll("§.?", "");
    }

    /** A field is one line without the separator. */
    private static String field(String text) {
        return text.replace('\n', ' ').replace("\0", "");
    }

    private static String shortened(String text, int others) {
        int room = Math.max(0, MAX_REASON - others);
        if (text.length() <= room) {
            return text;
        }
        boolean splitsPair = room > 0 && Character.isHighSurrogate(text.charAt(room - 1));
        return text.substring(0, splitsPair ? room - 1 : room);
    }

    private static void writeKick(ByteBuf out, String reason) {
        out.writeByte(KICK);
        out.writeShort(reason.length());
        out.writeCharSequence(reason, StandardCharsets.UTF_16BE);
    }
}
