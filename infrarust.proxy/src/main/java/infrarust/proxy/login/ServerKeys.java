package infrarust.proxy.login;

import infrarust.proxy.net.Encryption;
import infrarust.proxy.protocol.packet.EncryptionResponse.Proof;
import infrarust.proxy.protocol.packet.LoginStart;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import javax.crypto.Cipher;

/**
 * The key pair to which clients encrypt; a fresh one for each process. RSA of 1,024 bits, as every version of the client
 * takes it. Any thread, but not an event loop: each call computes for up to some milliseconds.
 */
public final class ServerKeys {

    private static final int BITS = 1024;
    private static final int TOKEN_BYTES = 4;

    private final KeyPair pair;
    private final SecureRandom random = new SecureRandom();

    private ServerKeys(KeyPair pair) {
        this.pair = pair;
    }

    /** Makes a new pair. */
    public static ServerKeys generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new ServerKeys(generator.generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has RSA", e);
        }
    }

    /** The public half, DER. */
    public byte[] publicKey() {
        return pair.getPublic().getEncoded();
    }

    /** A token for one encryption request. Also for event loops. */
    public byte[] newToken() {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        return token;
    }

    /**
     * Decrypts the secret of a connection.
     *
     * @return empty when it was not encrypted to this key or has not {@link Encryption#SECRET_BYTES} bytes
     */
    public Optional<byte[]> secret(byte[] encrypted) {
        return decrypt(encrypted).filter(secret -> secret.length == Encryption.SECRET_BYTES);
    }

    /**
     * Whether a proof is of the token that was sent.
     *
     * @param key the chat key of the client's login start, with which 1.19 to 1.19.2 sign
     */
    public boolean proves(byte[] token, Proof proof, Optional<LoginStart.Key> key) {
        return switch (proof) {
            case Proof.Token(byte[] encrypted) ->
                decrypt(encrypted)
                        .filter(answer -> MessageDigest.isEqual(answer, token))
                        .isPresent();
            case Proof.Salted(long salt, byte[] signature) ->
                key.filter(given -> signs(given, token, salt, signature)).isPresent();
        };
    }

    private static boolean signs(LoginStart.Key key, byte[] token, long salt, byte[] given) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key.key())));
            signature.update(token);
            signature.update(ByteBuffer.allocate(Long.BYTES).putLong(salt).array());
            return signature.verify(given);
        } catch (GeneralSecurityException e) {
            return false; // a key or signature that is none
        }
    }

    private Optional<byte[]> decrypt(byte[] encrypted) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
            return Optional.of(cipher.doFinal(encrypted));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // not encrypted to this key
        }
    }

    /** What client and server both tell the session server: the digest of server id, secret and key, as a signed number. */
    public String serverHash(String serverId, byte[] secret) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(serverId.getBytes(StandardCharsets.ISO_8859_1));
            sha1.update(secret);
            sha1.update(publicKey());
            return new BigInteger(sha1.digest()).toString(16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }
}
