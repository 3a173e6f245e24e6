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

    private static final int PIECE = 4 << 10;

    /**
     * Where a loop encrypts, piece by piece: from the first half into the second, since the JDK copies what it is to encrypt in
     * place.
     */
    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[PIECE * 2];
        }
    };

    private final Cfb8Decryption decryption;
    private final Cipher encrypt;

    private Encryption(byte[] secret) throws GeneralSecurityException {
        decryption = new Cfb8Decryption(secret, secret);
        encrypt = Cipher.getInstance("AES/CFB8/NoPadding");
        encrypt.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secret, "AES"), new IvParameterSpec(secret));
    }

    /**
     * Encrypts everything that the channel reads and writes from here on.
     *
     * @param secret {@link #SECRET_BYTES} bytes
     * @throws GeneralSecurityException if the secret is of another length, or the Java runtime has no such cipher
     */
    public static void begin(Channel channel, byte[] secret) throws GeneralSecurityException {
        var encryption = new Encryption(secret);
        if (channel.pipeline().get(Outermost.NAME) != null) {
            channel.pipeline().addAfter(Outermost.NAME, null, encryption);
        } else {
            channel.pipeline().addFirst(encryption);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws ShortBufferException {
        if (message instanceof ByteBuf bytes) {
            decryption.apply(bytes);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws ShortBufferException {
        if (message instanceof ByteBuf bytes) {
            encrypt(bytes);
        }
        var _ = ctx.write(message, promise);
    }

    private void encrypt(ByteBuf bytes) throws ShortBufferException {
        byte[] scratch = SCRATCH.get();
        int end = bytes.writerIndex();
        int index = bytes.readerIndex();
        while (index < end) {
            int length = Math.min(PIECE, end - index);
            bytes.getBytes(index, scratch, 0, length);
            encrypt.update(scratch, 0, length, scratch, PIECE);
            bytes.setBytes(index, scratch, PIECE, length);
            index += length;
        }
    }
}
