package infrarust.proxy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One status ping over the loopback interface, so that a start that trains a cache also runs what a ping runs. */
final class SelfPing {

    private static final Logger LOG = LoggerFactory.getLogger(SelfPing.class);
    private static final int TIMEOUT_MILLIS = 2_000;

    /** Handshake of protocol 767 to "localhost:25565" for the status, status request; each with its length before it. */
    private static final byte[] QUESTION = {
        16, 0, (byte) 0xFF, 5, 9, 'l', 'o', 'c', 'a', 'l', 'h', 'o', 's', 't', 0x63, (byte) 0xDD, 1, 1, 0
    };

    private SelfPing() {}

    /** Asks and reads the answer; that none comes is only worth a line, the proxy runs all the same. */
    static void of(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(QUESTION);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int length = 0;
            int shift = 0;
            int next;
            do {
                next = in.readUnsignedByte();
                length |= (next & 0x7F) << shift;
                shift += 7;
            } while (next >= 0x80 && shift < 21);
            LOG.debug("The proxy answers its own ping with {} bytes", in.readNBytes(length).length);
        } catch (EOFException e) {
            LOG.warn("The proxy does not answer its own ping: it closed the connection");
        } catch (IOException e) {
            LOG.warn("The proxy does not answer its own ping: {}", e.getMessage());
        }
    }
}
