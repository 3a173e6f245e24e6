package infrarust.proxy.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the proxy and its servers know and nobody else. Its text gets into no log: it prints its fingerprint. Any thread. */
public final class ForwardingSecret {

    private static final String HMAC = "HmacSHA256";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int MADE_LENGTH = 32;
    /** Enough to see that two secrets differ, too little to be of use to anyone who reads a log. */
    private static final int FINGERPRINT_BYTES = 4;

    private final String text;
    private final SecretKeySpec key;

    private ForwardingSecret(String text) {
        this.text = text;
        this.key = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), HMAC);
    }

    /**
     * That text as a secret.
     *
     * @throws IllegalArgumentException when it is empty
     */
    public static ForwardingSecret of(String text) {
        return new ForwardingSecret(text);
    }

    /** A new one of 32 letters and digits. */
    public static ForwardingSecret random() {
        SecureRandom random = new SecureRandom();
        StringBuilder made = new StringBuilder(MADE_LENGTH);
        for (int i = 0; i < MADE_LENGTH; i++) {
            made.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new ForwardingSecret(made.toString());
    }

    /** The secret itself, for its file and for the token of BungeeGuard. */
    String text() {
        return text;
    }

    /** Whether both are the same. */
    public boolean isSameAs(ForwardingSecret other) {
        return MessageDigest.isEqual(key.getEncoded(), other.key.getEncoded());
    }

    /** The first eight hexadecimal digits of its SHA-256, by which operators see whether two secrets are the same. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** HMAC-SHA256 of the bytes. */
    byte[] sign(byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + HMAC, e);
        }
    }

    @Override
    public String toString() {
        return "secret " + fingerprint();
    }
}
