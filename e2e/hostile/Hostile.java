import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.Deflater;

/**
 * Clients that mean no good, all at once, and a server for those that log in, so that no other player's server works for them:
 *
 * <pre>java Hostile.java PROXY_PORT SERVER_PORT SEED SECONDS CONNECTIONS</pre>
 *
 * Says {@code attacking} when all are there, and at the end how often which attack was made and how it ended, in one line.
 */
final class Hostile {

    /** 1.12.2: logs in without a configuration. */
    private static final int PROTOCOL = 340;

    private static final String HOST = "hostile.e2e.test";
    private static final int LOGIN = 2;
    private static final int STATUS = 1;
    private static final int PLUGIN_MESSAGE = 0x09;
    private static final int THRESHOLD = 256;

    private final int proxyPort;
    private final long seed;
    private final long end;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    private Hostile(int proxyPort, long seed, int seconds) {
        this.proxyPort = proxyPort;
        this.seed = seed;
        this.end = System.nanoTime() + seconds * 1_000_000_000L;
    }

    public static void main(String[] args) throws Exception {
        int seconds = Integer.parseInt(args[3]);
        int connections = Integer.parseInt(args[4]);
        var hostile = new Hostile(Integer.parseInt(args[0]), Long.parseLong(args[2]), seconds);
        try (var server = new ServerSocket(Integer.parseInt(args[1]), 1024, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hostile.serve(server));
            hostile.attack(connections);
        }
        System.out.println(new TreeMap<>(hostile.counts));
    }

    private interface Attack {
        void run(Random random) throws IOException, InterruptedException;
    }

    private void attack(int connections) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        // Of those who log in a few, whose each connection may cost a server's too.
        int players = Math.min(20, connections / 50);
        start(threads, "bomb", players, 500, this::bomb);
        start(threads, "plugin messages", players, 500, random -> flood(random, 32_000));
        start(threads, "small packets", players, 500, random -> flood(random, 1));
        start(threads, "not reading", players, 500, this::readNothing);
        int rest = connections - 4 * players;
        start(threads, "malformed", rest / 20, 50, this::malformed);
        String[] states = {"connected", "half a handshake", "status", "status asked", "login", "half a login", "byte by byte"};
        for (int i = 0; i < states.length; i++) {
            int state = i;
            start(threads, "slow: " + states[i], rest / 20, 50, random -> slow(state));
        }
        start(threads, "ping", connections - threads.size(), 3_000, this::ping);
        System.out.println("attacking with " + threads.size());
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** So many at a time, each again and again, with a pause in between. */
    private void start(List<Thread> threads, String name, int many, int pauseMillis, Attack attack) {
        for (int i = 0; i < many; i++) {
            var random = new Random(seed + threads.size());
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(random.nextInt(1_000));
                    while (System.nanoTime() - end < 0) {
                        count(name);
                        try {
                            attack.run(random);
                        } catch (IOException ended) {
                            // What the proxy did about it is told by its own counters.
                        }
                        Thread.sleep(pauseMillis + random.nextInt(pauseMillis));
                    }
                } catch (InterruptedException never) {
                    throw new IllegalStateException(never);
                }
            }));
        }
    }

    private void count(String what) {
        counts.computeIfAbsent(what, name -> new LongAdder()).increment();
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxyPort), 10_000);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private boolean goesOn() {
        return System.nanoTime() - end < 0;
    }

    private void ping(Random random) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes(handshake(STATUS), frame(0)));
            var in = new DataInputStream(socket.getInputStream());
            in.readFully(new byte[readVarInt(in)]);
            out.write(frame(1, 0, 0, 0, 0, 0, 0, 0, 0));
            in.readFully(new byte[readVarInt(in)]);
            count("pong");
        }
    }

    /** Sends what is not the protocol, behind something that is. */
    private void malformed(Random random) throws IOException {
        byte[][] beginnings = {
            {},
            handshake(STATUS),
            bytes(handshake(STATUS), frame(0)),
            handshake(LOGIN),
            bytes(handshake(LOGIN), loginStart("Mal" + random.nextInt(1 << 20))),
            {(byte) 0xFE, 1, (byte) 0xFA},
            "PROXY TCP4 1.2.3.4 ".getBytes(StandardCharsets.US_ASCII)
        };
        byte[] beginning = beginnings[random.nextInt(beginnings.length)].clone();
        byte[] garbage = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(garbage);
        switch (random.nextInt(6)) {
            case 0 -> garbage = new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F}; // a length too long
            case 1 -> garbage = new byte[] {0}; // no length
            case 2 -> garbage = bytes(varInt(1 << 20), garbage); // a length that is not there
            case 3 -> {
                if (beginning.length > 0) {
                    beginning[random.nextInt(beginning.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 4 -> garbage = frame(random.nextInt(300), garbage);
            default -> {}
        }
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(beginning, garbage));
            socket.setSoTimeout(2_000);
            drain(socket);
        }
    }

    /** Opens a connection, gets to a state, and stays there. */
    private void slow(int state) throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            byte[] handshake = handshake(LOGIN);
            byte[] login = loginStart("Slow");
            switch (state) {
                case 0 -> {}
                case 1 -> out.write(handshake, 0, handshake.length / 2);
                case 2 -> out.write(handshake(STATUS));
                case 3 -> out.write(bytes(handshake(STATUS), frame(0)));
                case 4 -> out.write(handshake);
                case 5 -> out.write(bytes(handshake, java.util.Arrays.copyOf(login, login.length / 2)));
                default -> {
                    for (byte one : bytes(handshake, login)) {
                        if (!goesOn()) {
                            return;
                        }
                        out.write(one);
                        Thread.sleep(500);
                    }
                }
            }
            socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
            drain(socket);
        }
    }

    private static void drain(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] some = new byte[8 << 10];
        while (in.read(some) >= 0) {
            // Until the proxy has had enough.
        }
    }

    /** A player on the server of this program; the proxy compresses towards players, the server does not. */
    private Socket join(String name) throws IOException {
        Socket socket = connect();
        try {
            socket.getOutputStream().write(bytes(handshake(LOGIN), loginStart(name)));
            var in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < 3; i++) { // compression, success, join game
                in.readFully(new byte[readVarInt(in)]);
            }
            count("joined");
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a small frame that becomes 2 MB, as fast as it can. */
    private void bomb(Random random) throws IOException, InterruptedException {
        byte[] packet = new byte[2_000_000];
        packet[0] = PLUGIN_MESSAGE;
        var deflater = new Deflater(9);
        deflater.setInput(packet);
        deflater.finish();
        byte[] deflated = new byte[1 << 14];
        int length = deflater.deflate(deflated);
        deflater.end();
        byte[] body = bytes(varInt(packet.length), java.util.Arrays.copyOf(deflated, length));
        sendOn(join("Bomb" + random.nextInt(1 << 20)), bytes(varInt(body.length), body));
    }

    private void flood(Random random, int size) throws IOException, InterruptedException {
        var message = new ByteArrayOutputStream();
        message.write(PLUGIN_MESSAGE);
        byte[] body = new byte[size];
        random.nextBytes(body);
        message.writeBytes(body);
        byte[] packet = message.toByteArray();
        // Stored, not compressed: the proxy has the more bytes to move.
        byte[] one;
        if (packet.length < THRESHOLD) {
            one = bytes(varInt(packet.length + 1), new byte[] {0}, packet);
        } else {
            var deflater = new Deflater(Deflater.NO_COMPRESSION);
            deflater.setInput(packet);
            deflater.finish();
            byte[] stored = new byte[packet.length + 100];
            int length = deflater.deflate(stored);
            deflater.end();
            byte[] whole = bytes(varInt(packet.length), java.util.Arrays.copyOf(stored, length));
            one = bytes(varInt(whole.length), whole);
        }
        int repeat = Math.max(1, 30_000 / one.length);
        byte[][] many = new byte[repeat][];
        java.util.Arrays.fill(many, one);
        sendOn(join("Flood" + random.nextInt(1 << 20)), bytes(many));
    }

    private void sendOn(Socket socket, byte[] bytes) throws IOException, InterruptedException {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            while (goesOn()) {
                out.write(bytes);
                // The attackers live on the machine that they attack, and shall leave it some time.
                Thread.sleep(10);
            }
        }
    }

    /** Lets the server send, and takes nothing. */
    private void readNothing(Random random) throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            socket.setReceiveBufferSize(4 << 10);
            socket.getOutputStream().write(bytes(handshake(LOGIN), loginStart("Deaf" + random.nextInt(1 << 20))));
            while (goesOn()) {
                Thread.sleep(500);
                socket.getOutputStream().write(bytes(varInt(2), new byte[] {0, 0x7F}));
            }
        }
    }

    // The server of those who log in.

    private void serve(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The attacks are over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(60_000);
            var in = new DataInputStream(socket.getInputStream());
            in.readFully(new byte[readVarInt(in)]);
            byte[] login = new byte[readVarInt(in)];
            in.readFully(login);
            String name = new String(login, 2, login.length - 2, StandardCharsets.UTF_8);
            OutputStream out = socket.getOutputStream();
            out.write(frame(2, bytes(string("00000000-0000-0000-0000-000000000001"), string(name))));
            out.write(frame(0x23, new byte[30]));
            if (name.startsWith("Deaf")) {
                byte[] data = frame(0x7F, new byte[60_000]);
                while (goesOn()) {
                    out.write(data);
                }
            }
            // A server that is well says something now and then.
            Thread alive = Thread.ofVirtual().start(() -> {
                try {
                    while (goesOn()) {
                        out.write(frame(0x7F));
                        Thread.sleep(1_000);
                    }
                } catch (IOException | InterruptedException over) {
                    // The player has gone.
                }
            });
            byte[] some = new byte[64 << 10];
            long read = 0;
            for (int more = in.read(some); more >= 0; more = in.read(some)) {
                read += more;
            }
            alive.interrupt();
            counts.computeIfAbsent("MB that reached the server", each -> new LongAdder()).add(read >> 20);
        } catch (IOException gone) {
            // As players do.
        }
    }

    // The protocol.

    private static byte[] handshake(int next) {
        return frame(0, bytes(varInt(PROTOCOL), string(HOST), new byte[] {0x63, (byte) 0xDD, (byte) next}));
    }

    private static byte[] loginStart(String name) {
        return frame(0, string(name));
    }

    private static byte[] frame(int id, int... body) {
        byte[] bytes = new byte[body.length];
        for (int i = 0; i < body.length; i++) {
            bytes[i] = (byte) body[i];
        }
        return frame(id, bytes);
    }

    private static byte[] frame(int id, byte[] body) {
        byte[] packet = bytes(varInt(id), body);
        return bytes(varInt(packet.length), packet);
    }

    private static byte[] string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return bytes(varInt(utf8.length), utf8);
    }

    private static byte[] varInt(int value) {
        var out = new ByteArrayOutputStream();
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }

    private static int readVarInt(InputStream in) throws IOException {
        int value = 0;
        for (int i = 0; i < 5; i++) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the end");
            }
            value |= (b & 0x7F) << (7 * i);
            if (b < 0x80) {
                return value;
            }
        }
        throw new IOException("no number");
    }

    private static byte[] bytes(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
