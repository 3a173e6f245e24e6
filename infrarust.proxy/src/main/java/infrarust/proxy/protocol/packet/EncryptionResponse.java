package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;

/**
 * The client's answer to an {@link EncryptionRequest}.
 *
 * @param secret the key of the connection, encrypted with the public key
 * @param proof that this is the client that was asked
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only passed on
public record EncryptionResponse(byte[] secret, Proof proof) {

    private static final int MAX_BYTES = 512;

    /** One of two. */
    public sealed interface Proof {

        /** The token, encrypted with the public key. */
        record Token(byte[] encrypted) implements Proof {}

        /**
         * In 1.19 to 1.19.2, by clients with a chat key: a signature of token and salt.
         *
         * @param salt eight bytes, as the number they are
         */
        record Salted(long salt, byte[] signature) implements Proof {}
    }

    private static final Layout<Proof> SHORT_TOKEN = token(Layout.shortBytes(MAX_BYTES));
    private static final Layout<Proof> TOKEN = token(Layout.bytes(MAX_BYTES));
    private static final Layout<Proof> TOKEN_OR_SIGNATURE = Layout.of(
            (out, proof) -> {
                switch (proof) {
                    case Proof.Token token -> {
                        out.writeBoolean(true);
                        TOKEN.write(out, token);
                    }
                    case Proof.Salted(long salt, byte[] signature) -> {
                        out.writeBoolean(false);
                        out.writeLong(salt);
                        Layout.bytes(MAX_BYTES).write(out, signature);
                    }
                }
            },
            in -> Layout.BOOLEAN.read(in)
                    ? TOKEN.read(in)
                    : new Proof.Salted(
                            Layout.LONG.read(in), Layout.bytes(MAX_BYTES).read(in)));

    /** Wire layout. */
    public static final PacketLayout<EncryptionResponse> LAYOUT = PacketLayout.always(
                    PacketType.SERVERBOUND_LOGIN_ENCRYPTION_RESPONSE,
                    template(Layout.shortBytes(MAX_BYTES), SHORT_TOKEN))
            .since(ProtocolVersion.V1_8, template(Layout.bytes(MAX_BYTES), TOKEN))
            .since(ProtocolVersion.V1_19, template(Layout.bytes(MAX_BYTES), TOKEN_OR_SIGNATURE))
            .since(ProtocolVersion.V1_19_3, template(Layout.bytes(MAX_BYTES), TOKEN));

    private static Layout<Proof> token(Layout<byte[]> bytes) {
        return bytes.map(
                Proof.Token::new, proof -> proof instanceof Proof.Token(byte[] encrypted) ? encrypted : new byte[0]);
    }

    private static Layout<EncryptionResponse> template(Layout<byte[]> bytes, Layout<Proof> proof) {
        return Layout.fields(
                bytes, EncryptionResponse::secret, proof, EncryptionResponse::proof, EncryptionResponse::new);
    }
}
