package infrarust.proxy.messaging;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A message on the BungeeCord channel, written as {@link java.io.DataOutput} does. */
final class Reply {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** Begins with that text. */
    Reply(String first) {
        text(first);
    }

    /** A text; what is longer than its 16 bits of length can say is cut. */
    Reply text(String text) {
        // At most three bytes for a character.
        String fitting = text.length() > 0xFFFF / 3 ? text.substring(0, 0xFFFF / 3) : text;
        return write(() -> out.writeUTF(fitting));
    }

    /** 32 bits. */
    Reply number(long number) {
        return write(() -> out.writeInt((int) number));
    }

    /** 16 bits. */
    Reply port(int number) {
        return write(() -> out.writeShort(number));
    }

    /** Bytes without their length. */
    Reply raw(byte[] some) {
        return write(() -> out.write(some));
    }

    /** All of it. */
    byte[] bytes() {
        return bytes.toByteArray();
    }

    private interface Writing {
        void run() throws IOException;
    }

    private Reply write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return this;
    }
}
