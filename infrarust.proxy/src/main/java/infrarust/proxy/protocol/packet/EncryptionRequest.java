package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;

/**
 * Asks the client to encrypt, and to tell the session server that it joins.
 *
 * @param serverId goes into what the client tells the session server; empty by custom
 * @param publicKey RSA, DER
 * @param verifyToken comes back encrypted
 * @param authenticate whether the client shall speak to the session server; older clients always do
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only passed on
public record EncryptionRequest(String serverId, byte[] publicKey, byte[] verifyToken, boolean authenticate) {

    private static final int MAX_KEY = 1024;
    private static final Layout<String> SERVER_ID = Layout.string(20);
    private static final Layout<Boolean> ALWAYS = Layout.absent(true);

    /** Wire layout. */
    public static final PacketLayout<EncryptionRequest> LAYOUT = PacketLayout.always(
                    PacketType.CLIENTBOUND_LOGIN_ENCRYPTION_REQUEST, template(Layout.shortBytes(MAX_KEY), ALWAYS))
            .since(ProtocolVersion.V1_8, template(Layout.bytes(MAX_KEY), ALWAYS))
            .since(ProtocolVersion.V1_20_5, template(Layout.bytes(MAX_KEY), Layout.BOOLEAN));

    private static Layout<EncryptionRequest> template(Layout<byte[]> bytes, Layout<Boolean> authenticate) {
        return Layout.fields(
                SERVER_ID,
                EncryptionRequest::serverId,
                bytes,
                EncryptionRequest::publicKey,
                bytes,
                EncryptionRequest::verifyToken,
                authenticate,
                EncryptionRequest::authenticate,
                EncryptionRequest::new);
    }
}
