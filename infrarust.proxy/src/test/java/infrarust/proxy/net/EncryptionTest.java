package infrarust.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an encrypted connection reads and writes, against the JDK's CFB8. */
class EncryptionTest {

    private static final byte[] SECRET = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

    private final EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void the_standards_example_decrypts() throws GeneralSecurityException {
        // NIST SP 800-38A, F.3.8
        var decryption = new Cfb8Decryption(HexFormat.of().parseHex("2b7e151628aed2a6abf7158809cf4f3c"), SECRET);
        ByteBuf bytes = Unpooled.wrappedBuffer(HexFormat.of().parseHex("3b79424c9c0dd436bace9e0ed4586a4f32b9"));

        decryption.apply(bytes);

        assertThat(bytes)
                .isEqualTo(Unpooled.wrappedBuffer(HexFormat.of().parseHex("6bc1bee22e409f96e93d7e117393172aae2d")));
    }

    @Test
    void a_secret_of_another_length_is_refused() {
        assertThatThrownBy(() -> Encryption.begin(channel, new byte[15])).isInstanceOf(InvalidKeyException.class);
    }

    @Nested
    class A_stream_cut_anywhere {

        private final Random random = new Random(8);

        @ParameterizedTest
        @ValueSource(
                ints = {1, 15, 16, 17, Cfb8Decryption.PIECE - 1, Cfb8Decryption.PIECE, Cfb8Decryption.PIECE + 1, 20_000
                })
        void is_read_as_it_was_sent(int longest) throws GeneralSecurityException {
            Encryption.begin(channel, SECRET);
            byte[] sent = noise(Math.min(50_000, 1_000 + longest * 50));
            ByteBuf stream = Unpooled.wrappedBuffer(jdk().update(sent));
            ByteBuf read = Unpooled.buffer();

            while (stream.isReadable()) {
                channel.writeInbound(piece(stream, longest));
                ByteBuf plain = channel.readInbound();
                read.writeBytes(plain);
                plain.release();
            }

            assertThat(read).isEqualTo(Unpooled.wrappedBuffer(sent));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 16, 4_096, 20_000})
        void is_written_as_the_jdk_would(int longest) throws GeneralSecurityException {
            Encryption.begin(channel, SECRET);
            byte[] sent = noise(Math.min(50_000, 1_000 + longest * 50));
            ByteBuf stream = Unpooled.wrappedBuffer(sent);
            ByteBuf written = Unpooled.buffer();

            while (stream.isReadable()) {
                channel.writeOutbound(piece(stream, longest));
                ByteBuf encrypted = channel.readOutbound();
                written.writeBytes(encrypted);
                encrypted.release();
            }

            assertThat(written).isEqualTo(Unpooled.wrappedBuffer(jdk().update(sent)));
        }

        /** The next bytes, on the heap or outside it, somewhere in a buffer. */
        private ByteBuf piece(ByteBuf stream, int longest) {
            int length = Math.min(stream.readableBytes(), 1 + random.nextInt(longest));
            ByteBuf whole = random.nextBoolean()
                    ? PooledByteBufAllocator.DEFAULT.directBuffer(length + 7)
                    : PooledByteBufAllocator.DEFAULT.heapBuffer(length + 7);
            return whole.writeZero(3)
                    .writeBytes(stream, length)
                    .writeZero(4)
                    .readSlice(length + 3)
                    .skipBytes(3);
        }

        private byte[] noise(int length) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            return bytes;
        }
    }

    @Test
    void bytes_around_those_that_can_be_read_stay() throws GeneralSecurityException, ShortBufferException {
        ByteBuf bytes = Unpooled.buffer().writeZero(40).setIndex(10, 30);

        new Cfb8Decryption(SECRET, SECRET).apply(bytes);

        assertThat(bytes.slice(0, 10)).isEqualTo(Unpooled.buffer().writeZero(10));
        assertThat(bytes.slice(30, 10)).isEqualTo(Unpooled.buffer().writeZero(10));
        assertThat(bytes).isNotEqualTo(Unpooled.buffer().writeZero(20));
    }

    private static Cipher jdk() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CFB8/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(SECRET, "AES"), new IvParameterSpec(SECRET));
        return cipher;
    }
}
