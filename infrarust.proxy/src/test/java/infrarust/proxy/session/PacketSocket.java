package infrarust.proxy.session;

import infrarust.proxy.protocol.Compression;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A blocking end of a connection that reads and writes packets, on heap buffers that need no release. */
public final class PacketSocket implements AutoCloseable {

    private final Socket socket;
    private InputStream in;
    private OutputStream out;
    private final PacketIds ids;
    private final Compression compression = new Compression();
    private int threshold = Compression.OFF;

    public PacketSocket(Socket socket, PacketIds ids) throws IOException {
        this.socket = socket;
        this.ids = ids;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
    }

    public void threshold(int next) {
        threshold = next;
    }

    /** Encrypts from here on, with the JDK's streams and not with the proxy's code. */
    public void encrypt(byte[] secret) throws GeneralSecurityException {
        Cipher decrypt = cipher(Cipher.DECRYPT_MODE, secret);
        Cipher encrypt = cipher(Cipher.ENCRYPT_MODE, secret);
        InputStream plainIn = in;
        OutputStream plainOut = out;
        in = new InputStream() {
            @Override
            public int read() throws IOException {
                int one = plainIn.read();
                return one < 0 ? one : decrypt.update(new byte[] {(byte) one})[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = plainIn.read(bytes, offset, length);
                if (read > 0) {
                    System.arraycopy(decrypt.update(bytes, offset, read), 0, bytes, offset, read);
                }
                return read;
            }
        };
        out = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 0) {
                    plainOut.write(encrypt.update(bytes, offset, length));
                }
            }
        };
    }

    private static Cipher cipher(int mode, byte[] secret) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CFB8/NoPadding");
        cipher.init(mode, new SecretKeySpec(secret, "AES"), new IvParameterSpec(secret));
        return cipher;
    }

    public <T> void send(PacketLayout<T> layout, T packet) throws IOException {
        ByteBuf bytes = Unpooled.buffer();
        layout.write(bytes, ids, packet);
        sendPacket(bytes);
    }

    public void send(PacketType type, byte... body) throws IOException {
        send(ids.id(type), body);
    }

    public void send(int id, byte... body) throws IOException {
        ByteBuf bytes = Unpooled.buffer();
        Wire.writeVarInt(bytes, id);
        sendPacket(bytes.writeBytes(body));
    }

    private void sendPacket(ByteBuf packet) throws IOException {
        sendRaw(frame(packet));
    }

    public byte[] frame(ByteBuf packet) {
        ByteBuf frame = compression.pack(packet, threshold);
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes).release();
        return bytes;
    }

    public void sendRaw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** The next frame, without its length. */
    public byte[] readFrame() throws IOException {
        ByteBuf header = Unpooled.buffer();
        int length = Frames.INCOMPLETE;
        while (length == Frames.INCOMPLETE) {
            int one = in.read();
            if (one < 0) {
                throw new EOFException();
            }
            header.writeByte(one);
            length = Frames.readLength(header, Frames.MAX_LENGTH);
        }
        byte[] frame = in.readNBytes(length);
        if (frame.length < length) {
            throw new EOFException();
        }
        return frame;
    }

    /** Id and body of the next packet. */
    public ByteBuf readPacket() throws IOException {
        byte[] bytes = readFrame();
        ByteBuf frame = Unpooled.directBuffer().writeBytes(bytes);
        try {
            ByteBuf packet = compression.unpack(frame, threshold >= 0);
            try {
                return Unpooled.copiedBuffer(packet);
            } finally {
                packet.release();
            }
        } finally {
            frame.release();
        }
    }

    /** The body of the next packet, which must be of that type. */
    public ByteBuf expect(PacketType type) throws IOException {
        return expect(ids.id(type));
    }

    public ByteBuf expect(int id) throws IOException {
        ByteBuf packet = readPacket();
        byte[] all = new byte[packet.readableBytes()];
        packet.getBytes(0, all);
        int read = Wire.readVarInt(packet);
        if (read != id) {
            throw new AssertionError("Packet 0x%02X where 0x%02X was expected: %s"
                    .formatted(read, id, HexFormat.of().formatHex(all, 0, Math.min(all.length, 100))));
        }
        return packet;
    }

    public <T> T expect(PacketLayout<T> layout) throws IOException {
        return layout.read(expect(layout.type()), ids);
    }

    /** Waits until so many bytes have come, and takes them. */
    public void readAtLeast(int bytes) throws IOException {
        if (in.readNBytes(bytes).length < bytes) {
            throw new EOFException();
        }
    }

    /** Whether the other side has closed. */
    public boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    public PacketIds ids() {
        return ids;
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        compression.close();
        socket.close();
    }
}
