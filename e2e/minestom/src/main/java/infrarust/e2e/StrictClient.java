package infrarust.e2e;

import static net.minestom.server.network.packet.PacketVanilla.CLIENT_PACKET_PARSER;
import static net.minestom.server.network.packet.PacketVanilla.SERVER_PACKET_PARSER;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;
import net.minestom.server.Auth;
import net.minestom.server.MinecraftServer;
import net.minestom.server.network.ConnectionState;
import net.minestom.server.network.NetworkBuffer;
import net.minestom.server.network.packet.PacketRegistry;
import net.minestom.server.network.packet.client.ClientPacket;
import net.minestom.server.network.packet.client.common.ClientKeepAlivePacket;
import net.minestom.server.network.packet.client.common.ClientPluginMessagePacket;
import net.minestom.server.network.packet.client.common.ClientPongPacket;
import net.minestom.server.network.packet.client.common.ClientSettingsPacket;
import net.minestom.server.network.packet.client.configuration.ClientFinishConfigurationPacket;
import net.minestom.server.network.packet.client.configuration.ClientSelectKnownPacksPacket;
import net.minestom.server.network.packet.client.handshake.ClientHandshakePacket;
import net.minestom.server.network.packet.client.login.ClientEncryptionResponsePacket;
import net.minestom.server.network.packet.client.login.ClientLoginAcknowledgedPacket;
import net.minestom.server.network.packet.client.login.ClientLoginPluginResponsePacket;
import net.minestom.server.network.packet.client.login.ClientLoginStartPacket;
import net.minestom.server.network.packet.client.play.ClientChatMessagePacket;
import net.minestom.server.network.packet.client.play.ClientConfigurationAckPacket;
import net.minestom.server.network.packet.client.play.ClientChunkBatchReceivedPacket;
import net.minestom.server.network.packet.client.play.ClientCommandChatPacket;
import net.minestom.server.network.packet.client.play.ClientPlayerLoadedPacket;
import net.minestom.server.network.packet.client.play.ClientTeleportConfirmPacket;
import net.minestom.server.network.packet.server.ServerPacket;
import net.minestom.server.network.packet.server.common.DisconnectPacket;
import net.minestom.server.network.packet.server.common.KeepAlivePacket;
import net.minestom.server.network.packet.server.common.PingPacket;
import net.minestom.server.network.packet.server.common.PluginMessagePacket;
import net.minestom.server.network.packet.server.configuration.FinishConfigurationPacket;
import net.minestom.server.network.packet.server.configuration.SelectKnownPacksPacket;
import net.minestom.server.network.packet.server.login.EncryptionRequestPacket;
import net.minestom.server.network.packet.server.login.LoginDisconnectPacket;
import net.minestom.server.network.packet.server.login.LoginPluginRequestPacket;
import net.minestom.server.network.packet.server.login.LoginSuccessPacket;
import net.minestom.server.network.packet.server.login.SetCompressionPacket;
import net.minestom.server.network.packet.server.play.ChunkBatchFinishedPacket;
import net.minestom.server.network.packet.server.play.DeclareCommandsPacket;
import net.minestom.server.network.packet.server.play.JoinGamePacket;
import net.minestom.server.network.packet.server.play.PlayerPositionAndLookPacket;
import net.minestom.server.network.packet.server.play.StartConfigurationPacket;
import net.minestom.server.network.packet.server.play.SystemChatPacket;
import net.minestom.server.network.player.ClientSettings;

/**
 * A client of the newest Minecraft version that decodes every packet it gets and minds what a game would choke on: a
 * packet that its state does not have, one that does not decode, bytes left over behind one.
 *
 * <p>Arguments: port, host name of the handshake, player name, seconds to stay, then any number of words, each of which
 * has to be seen: {@code hear:TEXT} in chat, {@code chat} (says something and waits for the server to say it again),
 * {@code echo:BYTES} (a plugin message that comes back as it was sent), {@code order:COMMAND} (gives that command when the world
 * is entered), {@code command:NAME} (the tree of commands has it at its root), {@code encrypted} (the server encrypts),
 * {@code worlds:COUNT} (so many worlds are entered, on one server after the other), or
 * {@code refused:TEXT} (the login is refused with that reason, which then is no fault). {@code from:ADDRESS} is the own address
 * to use, {@code no-longer} ends the stay as soon as everything else has been seen.
 *
 * <p>Prints one line for everything that is wrong and a last line with the count of packets; ends with 0 when all went
 * well.
 */
public final class StrictClient {

    private static final int LONGEST_FRAME = (1 << 21) - 1;
    private static final String SAID = "is anybody here";

    private final Socket socket;
    private DataInputStream in;
    private OutputStream out;
    private final String username;
    private final List<String> wishes;
    private final List<String> faults = new ArrayList<>();
    private final StringBuilder heard = new StringBuilder();

    private ConnectionState state = ConnectionState.HANDSHAKE;
    private int threshold = -1;
    private int packets;
    private boolean joined;
    private int worlds;
    private boolean leaving;
    private boolean refused;
    private byte[] sent = {};

    private StrictClient(int port, String host, String username, List<String> wishes) throws IOException {
        this.username = username;
        this.wishes = new ArrayList<>(wishes);
        this.socket = new Socket();
        for (String wish : wishes) {
            if (wish.startsWith("from:")) {
                socket.bind(new InetSocketAddress(wish.substring("from:".length()), 0));
                this.wishes.remove(wish);
            }
        }
        socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        this.out = socket.getOutputStream();
        send(new ClientHandshakePacket(
                MinecraftServer.PROTOCOL_VERSION, host, port, ClientHandshakePacket.Intent.LOGIN));
        state = ConnectionState.LOGIN;
        send(new ClientLoginStartPacket(
                username, UUID.nameUUIDFromBytes(("OfflinePlayer:" + username).getBytes(StandardCharsets.UTF_8))));
    }

    /** Joins, stays, checks, leaves. */
    public static void main(String[] arguments) throws IOException {
        MinecraftServer.init(new Auth.Offline()); // the registries, without which packets have no types
        StrictClient client = new StrictClient(
                Integer.parseInt(arguments[0]),
                arguments[1],
                arguments[2],
                List.of(arguments).subList(4, arguments.length));
        client.stay(Integer.parseInt(arguments[3]));
        client.faults.forEach(fault -> System.out.println("FAULT " + fault));
        System.out.println("packets " + client.packets + ", faults " + client.faults.size());
        System.exit(client.faults.isEmpty() ? 0 : 1);
    }

    private void stay(int seconds) throws IOException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        try (socket) {
            while (!leaving && System.nanoTime() < end) {
                socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
                handle(readFrame());
                leaving |= wishes.equals(List.of("no-longer"));
            }
        } catch (SocketTimeoutException e) {
            // The time is over, which is how a stay without fault ends.
        } catch (IOException | DataFormatException e) {
            faults.add("connection lost in " + state + ": " + e);
        }
        if (!joined && !refused) {
            faults.add("never entered the world, last state " + state);
        }
        wishes.remove("no-longer");
        wishes.forEach(wish -> faults.add("not seen: " + wish + (heard.isEmpty() ? "" : "; heard: " + heard)));
    }

    private void handle(byte[] frame) throws IOException {
        NetworkBuffer buffer = NetworkBuffer.wrap(frame, 0, frame.length, MinecraftServer.getRegistries());
        packets++;
        int id = buffer.read(NetworkBuffer.VAR_INT);
        ServerPacket packet;
        try {
            packet = SERVER_PACKET_PARSER.stateRegistry(state).create(id, buffer);
        } catch (RuntimeException e) {
            faults.add("packet 0x%02x of %s, %d bytes, does not decode: %s".formatted(id, state, frame.length, e));
            return;
        }
        if (buffer.readableBytes() > 0) {
            faults.add("%s of %s leaves %d bytes over"
                    .formatted(packet.getClass().getSimpleName(), state, buffer.readableBytes()));
        }
        answer(packet);
    }

    private void answer(ServerPacket packet) throws IOException {
        switch (packet) {
            case EncryptionRequestPacket request -> encrypt(request);
            case LoginPluginRequestPacket request ->
                send(new ClientLoginPluginResponsePacket(request.messageId(), null));
            case SetCompressionPacket compression -> threshold = compression.threshold();
            case LoginSuccessPacket _ -> {
                send(new ClientLoginAcknowledgedPacket());
                state = ConnectionState.CONFIGURATION;
                send(new ClientSettingsPacket(ClientSettings.DEFAULT));
            }
            case SelectKnownPacksPacket packs -> send(new ClientSelectKnownPacksPacket(packs.entries()));
            case FinishConfigurationPacket _ -> {
                send(new ClientFinishConfigurationPacket());
                state = ConnectionState.PLAY;
            }
            case KeepAlivePacket alive -> send(new ClientKeepAlivePacket(alive.id()));
            case PingPacket ping -> send(new ClientPongPacket(ping.id()));
            case StartConfigurationPacket _ -> {
                send(new ClientConfigurationAckPacket());
                state = ConnectionState.CONFIGURATION;
            }
            case JoinGamePacket _ -> enter();
            case PlayerPositionAndLookPacket position -> {
                send(new ClientTeleportConfirmPacket(position.teleportId()));
                send(new ClientPlayerLoadedPacket());
            }
            case ChunkBatchFinishedPacket _ -> send(new ClientChunkBatchReceivedPacket(9));
            case DeclareCommandsPacket tree -> {
                for (int child : tree.nodes().get(tree.rootIndex()).children) {
                    wishes.remove("command:" + tree.nodes().get(child).name);
                }
            }
            case SystemChatPacket chat -> hear(chat.message());
            case PluginMessagePacket message when message.channel().equals("e2e:echo") -> {
                if (Arrays.equals(message.data(), sent)) {
                    wishes.removeIf(wish -> wish.startsWith("echo:"));
                } else {
                    faults.add("echo came back changed, " + message.data().length + " bytes");
                }
            }
            case LoginDisconnectPacket refusal -> leave(refusal.kickMessage());
            case DisconnectPacket kick -> leave(kick.message());
            default -> {}
        }
    }

    /** Without a word to the session server: the tests' own takes everybody's word for it. */
    private void encrypt(EncryptionRequestPacket request) throws IOException {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        try {
            Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(
                    Cipher.ENCRYPT_MODE,
                    KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(request.publicKey())));
            send(new ClientEncryptionResponsePacket(rsa.doFinal(secret), rsa.doFinal(request.verifyToken())));
            in = new DataInputStream(new BufferedInputStream(
                    new CipherInputStream(socket.getInputStream(), cipher(Cipher.DECRYPT_MODE, secret)), 1 << 16));
            out = new CipherOutputStream(socket.getOutputStream(), cipher(Cipher.ENCRYPT_MODE, secret));
        } catch (GeneralSecurityException e) {
            throw new IOException("the encryption request is none", e);
        }
        wishes.remove("encrypted");
    }

    private static Cipher cipher(int mode, byte[] secret) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/CFB8/NoPadding");
        aes.init(mode, new SecretKeySpec(secret, "AES"), new IvParameterSpec(secret));
        return aes;
    }

    private void enter() throws IOException {
        joined = true;
        worlds++;
        wishes.remove("worlds:" + worlds);
        for (String wish : List.copyOf(wishes)) {
            if (wish.equals("chat")) {
                send(new ClientChatMessagePacket(
                        SAID, System.currentTimeMillis(), 0, null, 0, new BitSet(20), (byte) 0));
            } else if (wish.startsWith("order:")) {
                send(new ClientCommandChatPacket(wish.substring("order:".length())));
                wishes.remove(wish);
            } else if (wish.startsWith("echo:")) {
                sent = new byte[Integer.parseInt(wish.substring("echo:".length()))];
                new Random(1).nextBytes(sent);
                send(new ClientPluginMessagePacket("e2e:echo", sent));
            }
        }
    }

    private void hear(Component message) {
        String text = PlainTextComponentSerializer.plainText().serialize(message);
        heard.append('[').append(text).append(']');
        wishes.removeIf(wish -> wish.startsWith("hear:") && text.contains(wish.substring("hear:".length())));
        if (text.contains("heard " + SAID)) {
            wishes.remove("chat");
        }
    }

    private void leave(Component reason) {
        leaving = true;
        String text = PlainTextComponentSerializer.plainText().serialize(reason);
        refused = state == ConnectionState.LOGIN
                && wishes.removeIf(
                        wish -> wish.startsWith("refused:") && text.contains(wish.substring("refused:".length())));
        if (refused) {
            return;
        }
        faults.add(username + " was sent away in " + state + ": " + text);
    }

    // --- Frames, read and written without the parser under whose eyes the packets come ---

    private byte[] readFrame() throws IOException, DataFormatException {
        int length = readVarInt();
        if (length < 1 || length > LONGEST_FRAME) {
            throw new IOException("frame of " + length + " bytes");
        }
        byte[] frame = in.readNBytes(length);
        if (frame.length < length) {
            throw new IOException("connection closed within a frame");
        }
        if (threshold < 0) {
            return frame;
        }
        NetworkBuffer buffer = NetworkBuffer.wrap(frame, 0, length);
        int inflated = buffer.read(NetworkBuffer.VAR_INT);
        byte[] content = buffer.read(NetworkBuffer.RAW_BYTES);
        if (inflated == 0) {
            if (content.length >= Math.max(1, threshold)) {
                faults.add("a packet of " + content.length + " bytes is not compressed, threshold " + threshold);
            }
            return content;
        }
        if (inflated < threshold) {
            faults.add("a packet of " + inflated + " bytes is compressed, threshold " + threshold);
        }
        byte[] packet = new byte[inflated];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(content);
            int got = inflater.inflate(packet);
            if (got != inflated || !inflater.finished() && inflater.inflate(new byte[1]) > 0) {
                faults.add("a packet of " + inflated + " bytes inflates to " + got + " or more");
            }
        }
        return packet;
    }

    private int readVarInt() throws IOException {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = in.readUnsignedByte();
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IOException("a length of more than five bytes");
    }

    private void send(ClientPacket packet) throws IOException {
        byte[] content = bytes(buffer -> write(buffer, packet));
        byte[] frame = threshold < 0 ? content : compressed(content);
        out.write(bytes(buffer -> {
            buffer.write(NetworkBuffer.VAR_INT, frame.length);
            buffer.write(NetworkBuffer.RAW_BYTES, frame);
        }));
        out.flush();
    }

    private <P extends ClientPacket> void write(NetworkBuffer buffer, P packet) {
        @SuppressWarnings("unchecked") // a state's registry is asked for a packet of that state
        var registry = (PacketRegistry<P>) CLIENT_PACKET_PARSER.stateRegistry(state);
        var info = registry.packetInfo(packet);
        buffer.write(NetworkBuffer.VAR_INT, info.id());
        buffer.write(info.serializer(), packet);
    }

    private byte[] compressed(byte[] content) {
        if (content.length < threshold) {
            return bytes(buffer -> {
                buffer.write(NetworkBuffer.VAR_INT, 0);
                buffer.write(NetworkBuffer.RAW_BYTES, content);
            });
        }
        byte[] deflated = new byte[content.length + 1024];
        int length;
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(content);
            deflater.finish();
            length = deflater.deflate(deflated);
        }
        return bytes(buffer -> {
            buffer.write(NetworkBuffer.VAR_INT, content.length);
            buffer.write(NetworkBuffer.RAW_BYTES, Arrays.copyOf(deflated, length));
        });
    }

    private static byte[] bytes(Consumer<NetworkBuffer> content) {
        NetworkBuffer buffer = NetworkBuffer.resizableBuffer(MinecraftServer.getRegistries());
        content.accept(buffer);
        return buffer.read(NetworkBuffer.RAW_BYTES);
    }
}
