package infrarust.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.FastThreadLocal;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a connection as Minecraft does: AES-128 in CFB8, each direction with a stream of its own, the shared secret as key
 * and as initial vector. Bytes are changed where they lie, so a buffer that is written must not be read by anybody else
 * afterwards. Belongs to the channel's loop.
 */
public final class Encryption extends ChannelDuplexHandler {

    /** Bytes of the shared secret. */
    public static final int SECRET_BYTES = 16;

    private static final int PIECE = 8 << 10;

    /** Where a loop ciphers what lies outside the heap, piece by piece. */
    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[PIECE];
        }
    };

    private final Cipher decrypt;
    private final Cipher encrypt;

    private Encryption(byte[] secret) throws GeneralSecurityException {
        decrypt = cipher(Cipher.DECRYPT_MODE, secret);
        encrypt = cipher(Cipher.ENCRYPT_MODE, secret);
    }

    private static Cipher cipher(int mode, byte[] secret) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CFB8/NoPadding");
        cipher.init(mode, new SecretKeySpec(secret, "AES"), new IvParameterSpec(secret));
        return cipher;
    }

    /**
     * Encrypts everything that the channel reads and writes from here on.
     *
     * @param secret {@link #SECRET_BYTES} bytes
     * @throws GeneralSecurityException if the secret is of another length, or the Java runtime has no such cipher
     */
    public static void begin(Channel channel, byte[] secret) throws GeneralSecurityException {
        channel.pipeline().addFirst(new Encryption(secret));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws ShortBufferException {
        if (message instanceof ByteBuf bytes) {
            apply(decrypt, bytes);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws ShortBufferException {
        if (message instanceof ByteBuf bytes) {
            apply(encrypt, bytes);
        }
        var _ = ctx.write(message, promise);
    }

    private static void apply(Cipher cipher, ByteBuf bytes) throws ShortBufferException {
        int index = bytes.readerIndex();
        int left = bytes.readableBytes();
        if (bytes.hasArray()) {
            int at = bytes.arrayOffset() + index;
            cipher.update(bytes.array(), at, left, bytes.array(), at);
            return;
        }
        byte[] scratch = SCRATCH.get();
        while (left > 0) {
            int piece = Math.min(left, PIECE);
            bytes.getBytes(index, scratch, 0, piece);
            cipher.update(scratch, 0, piece, scratch, 0);
            bytes.setBytes(index, scratch, 0, piece);
            index += piece;
            left -= piece;
        }
    }
}
