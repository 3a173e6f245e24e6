package infrarust.proxy.login;

import infrarust.proxy.net.Endpoints;
import infrarust.proxy.net.ProxyHeader;
import infrarust.proxy.protocol.Compression;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** A blocking connection to a server that reads and writes packets; what it reads comes within one deadline. For one thread. */
final class BackendSocket implements AutoCloseable {

    private final Socket socket;
    private final Compression compression = new Compression();
    private final PacketIds ids;
    private final long end;
    private int threshold = Compression.OFF;

    private BackendSocket(Socket socket, PacketIds ids, long end) {
        this.socket = socket;
        this.ids = ids;
        this.end = end;
    }

    /**
     * Connects.
     *
     * @param header sent first, with this end as the client's
     * @param connect how long that may take
     * @param all how long everything after it may take: a slow connection leaves the conversation its time
     */
    static BackendSocket connect(
            InetSocketAddress address,
            Optional<ProxyHeader.Version> header,
            PacketIds ids,
            Duration connect,
            Duration all)
            throws IOException {
        var socket = new Socket();
        try {
            socket.connect(address, (int) Math.min(connect.toMillis(), Integer.MAX_VALUE));
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        var connection = new BackendSocket(socket, ids, System.nanoTime() + all.toNanos());
        try {
            if (header.isPresent()) {
                connection.introduce(header.get());
            }
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private void introduce(ProxyHeader.Version version) throws IOException {
        var ends = new Endpoints((InetSocketAddress) socket.getLocalSocketAddress(), (InetSocketAddress)
                socket.getRemoteSocketAddress());
        ByteBuf bytes = Unpooled.buffer(ProxyHeader.MAX_BYTES);
        new ProxyHeader(version, new ProxyHeader.Origin.Client(ends)).write(bytes);
        socket.getOutputStream().write(Wire.readRest(bytes));
    }

    InetAddress localAddress() {
        return socket.getLocalAddress();
    }

    PacketIds ids() {
        return ids;
    }

    /** Frames have the compressed form from here on. */
    void threshold(int next) {
        threshold = next;
    }

    <T> void send(PacketLayout<T> layout, T packet) throws IOException {
        ByteBuf bytes = Unpooled.buffer();
        layout.write(bytes, ids, packet);
        ByteBuf frame = compression.pack(bytes, threshold);
        try {
            socket.getOutputStream().write(Wire.readRest(frame));
        } finally {
            frame.release();
        }
    }

    /**
     * Id and body of the next packet.
     *
     * @throws EOFException when the server has closed
     * @throws MalformedPacketException when what comes is no packet
     * @throws SocketTimeoutException when the time is over
     */
    ByteBuf receive() throws IOException {
        ByteBuf header = Unpooled.buffer(Frames.MAX_LENGTH_BYTES);
        int length = Frames.INCOMPLETE;
        while (length == Frames.INCOMPLETE) {
            header.writeBytes(read(1));
            length = Frames.readLength(header, Frames.MAX_LENGTH);
        }
        byte[] frame;
        try {
            frame = read(length);
        } catch (EOFException e) {
            throw new MalformedPacketException("The connection ends inside a packet of " + length + " bytes");
        }
        ByteBuf packet = compression.unpack(Unpooled.wrappedBuffer(frame), threshold >= 0);
        try {
            return Unpooled.wrappedBuffer(Wire.readRest(packet));
        } finally {
            packet.release();
        }
    }

    private byte[] read(int length) throws IOException {
        InputStream in = socket.getInputStream();
        ByteBuf bytes = Unpooled.buffer();
        byte[] chunk = new byte[Math.min(length, 8192)];
        while (bytes.readableBytes() < length) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
            int read = in.read(chunk, 0, Math.min(chunk.length, length - bytes.readableBytes()));
            if (read < 0) {
                throw new EOFException();
            }
            bytes.writeBytes(chunk, 0, read);
        }
        return Wire.readRest(bytes);
    }

    @Override
    public void close() throws IOException {
        compression.close();
        socket.close();
    }
}
