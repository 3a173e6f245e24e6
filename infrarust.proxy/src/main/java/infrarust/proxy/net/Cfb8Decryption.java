package infrarust.proxy.net;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts one stream of AES in CFB8 where its bytes lie. What a byte is combined with is the AES block of the 16 bytes before
 * it as they came, and those are all there: blocks are computed many at a time, which a processor does several times faster
 * than one after the other as the JDK's own CFB8 does. (Encrypting cannot: there, each block needs the byte before it.) Belongs
 * to one loop's thread.
 *
 * <p>The mode is that of NIST SP 800-38A, 6.3, with segments of 8 bits.
 */
final class Cfb8Decryption {

    private static final int BLOCK = 16;

    /** How many blocks at a time: what is needed for them stays in the processor's nearest cache. */
    static final int PIECE = 256;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** What a loop needs while it decrypts. */
    private static final class Scratch {
        /** The 16 bytes before a piece and the piece. */
        private final byte[] bytes = new byte[BLOCK + PIECE];
        /** For each byte of a piece the 16 before it. */
        private final byte[] before = new byte[PIECE * BLOCK];
        /** Those encrypted; of each block only the first byte counts. */
        private final byte[] blocks = new byte[PIECE * BLOCK];
    }

    private static final FastThreadLocal<Scratch> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected Scratch initialValue() {
            return new Scratch();
        }
    };

    private final Cipher aes;
    /** The last 16 bytes as they came. */
    private final byte[] last;

    /**
     * @param key 16 bytes
     * @param start the initial vector, 16 bytes
     */
    @SuppressWarnings("InsecureCipherMode") // single blocks, of which CFB8 is made here
    Cfb8Decryption(byte[] key, byte[] start) throws GeneralSecurityException {
        aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        last = Arrays.copyOf(start, BLOCK);
    }

    /** Decrypts what can be read. */
    void apply(ByteBuf stream) throws ShortBufferException {
        Scratch scratch = SCRATCH.get();
        int end = stream.writerIndex();
        int index = stream.readerIndex();
        while (index < end) {
            int length = Math.min(PIECE, end - index);
            System.arraycopy(last, 0, scratch.bytes, 0, BLOCK);
            stream.getBytes(index, scratch.bytes, BLOCK, length);
            System.arraycopy(scratch.bytes, length, last, 0, BLOCK);
            decrypt(scratch, length);
            stream.setBytes(index, scratch.bytes, BLOCK, length);
            index += length;
        }
    }

    private void decrypt(Scratch scratch, int length) throws ShortBufferException {
        byte[] bytes = scratch.bytes;
        byte[] before = scratch.before;
        byte[] blocks = scratch.blocks;
        for (int i = 0; i < length; i++) {
            LONG.set(before, i * BLOCK, (long) LONG.get(bytes, i));
            LONG.set(before, i * BLOCK + Long.BYTES, (long) LONG.get(bytes, i + Long.BYTES));
        }
        aes.update(before, 0, length * BLOCK, blocks, 0);
        for (int i = 0; i < length; i++) {
            bytes[BLOCK + i] ^= blocks[i * BLOCK];
        }
    }
}
