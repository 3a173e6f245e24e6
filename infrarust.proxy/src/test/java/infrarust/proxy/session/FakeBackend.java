package infrarust.proxy.session;

import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginStart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server of one version that answers status questions and leaves logins to a test. */
public final class FakeBackend implements AutoCloseable {

    /** What happens after the login start; the connection closes when it returns. */
    @FunctionalInterface
    public interface Script {
        void login(PacketSocket client, String host, LoginStart start) throws Exception;
    }

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final PacketIds ids;
    private final String status;
    private final Script script;

    /**
     * @param protocol of the server
     * @param status the JSON of the status; nothing is answered when it is empty
     */
    public FakeBackend(int protocol, String status, Script script) throws IOException {
        this.ids = PacketTable.load().ids(protocol);
        this.status = status;
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket socket) {
        try (var client = new PacketSocket(socket, ids)) {
            ByteBuf handshake = client.expect(PacketType.SERVERBOUND_HANDSHAKE_INTENTION);
            Wire.readVarInt(handshake);
            String host = Wire.readString(handshake, Wire.MAX_STRING);
            handshake.skipBytes(2);
            if (Wire.readVarInt(handshake) == Handshake.STATUS) {
                client.expect(PacketType.SERVERBOUND_STATUS_REQUEST);
                if (!status.isEmpty()) {
                    ByteBuf answer = Unpooled.buffer();
                    Wire.writeString(answer, status);
                    client.send(PacketType.CLIENTBOUND_STATUS_RESPONSE, Wire.readRest(answer));
                }
            } else {
                script.login(client, host, client.expect(LoginStart.LAYOUT));
            }
        } catch (Exception e) {
            // Whoever connected has left; what it has seen, the test knows.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
