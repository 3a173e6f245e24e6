import java.io.ByteArrayInputStream;
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
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.Deflater;
import javax.crypto.Cipher;

/**
 * Clients that mean no good, all at once, and a server for those that log in, so that no other player's server works for them:
 *
 * <pre>java Hostile.java PROXY_PORT SERVER_PORT SEED SECONDS CONNECTIONS</pre>
 *
 * So many connections are open at a time: they ping or stand still in some state, and whoever is thrown out comes again at once.
 * A few more send what is not the protocol, or log in. Says {@code attacking} when all are there, and at the end in one line how
 * many were open at a time, how often which attack was made and how it ended.
 */
final class Hostile {

    /** 1.12.2: logs in without a configuration. */
    private static final int PROTOCOL = 340;

    /** Where the proxy checks no account, and where it does; behind both is the server of this program. */
    private static final String OFFLINE = "hostile.e2e.test";

    private static final String CLIENT_ONLY = "hostile-verified.e2e.test";

    /** In nanoseconds, for all to come. */
    private static final long LONGEST_BEGINNING = 30_000_000_000L;

    /** Over which time they come: faster than the system's queue of connections is emptied, they would only wait. */
    private static final int ARRIVAL_MILLIS = 5_000;

    /** How many of the connections have to be open for all to be there: some are always on their way back. */
    private static final double NEARLY_ALL = 0.95;

    private static final int LOGIN = 2;
    private static final int STATUS = 1;
    private static final int PLUGIN_MESSAGE = 0x09;
    private static final int THRESHOLD = 256;

    private final int proxyPort;
    private final long seed;
    private final long nanos;
    /** When the attacks are over, by the system's nanosecond clock: so long after all have come. */
    private volatile long end;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    private Hostile(int proxyPort, long seed, int seconds) {
        this.proxyPort = proxyPort;
        this.seed = seed;
        this.nanos = seconds * 1_000_000_000L;
        this.end = System.nanoTime() + nanos + LONGEST_BEGINNING;
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
        System.exit(0); // whoever stands still would do so for long
    }

    private interface Attack {
        void run(Random random) throws IOException, InterruptedException;
    }

    private void attack(int connections) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        String[] states = {
            "connected", "half a handshake", "status", "status asked",
            "login", "half a login", "byte by byte", "no answer to encryption"
        };
        // In percent: most of them where one may stand still for long, or all would be on their way at a time.
        int[] shares = {6, 2, 2, 2, 2, 2, 2, 72};
        for (int i = 0; i < states.length; i++) {
            int state = i;
            start(threads, "slow: " + states[i], connections * shares[i] / 100, 50, random -> slow(random, state));
        }
        start(threads, "ping", connections - threads.size(), 50, this::ping);
        // Of those who log in a few, whose each connection may cost a server's too.
        int players = Math.min(20, connections / 50);
        start(threads, "bomb", players, 500, this::bomb);
        start(threads, "plugin messages", players, 500, random -> flood(random, 32_000));
        start(threads, "small packets", players, 500, random -> flood(random, 1));
        start(threads, "not reading", players, 500, this::readNothing);
        start(threads, "wrong answer to encryption", players, 500, this::wrongAnswer);
        start(threads, "stranger", players, 500, this::stranger);
        start(threads, "malformed", connections / 100, 200, this::malformed);
        while (open.get() < connections * NEARLY_ALL && goesOn()) {
            Thread.sleep(100);
        }
        end = System.nanoTime() + nanos;
        System.out.println("attacking with " + threads.size());
        int least = open.get();
        int most = least;
        while (goesOn()) {
            least = Math.min(least, open.get());
            most = Math.max(most, open.get());
            Thread.sleep(100);
        }
        System.out.print("open at a time " + least + " to " + most + "; ");
    }

    /** So many at a time, each again and again, with a pause in between. */
    private void start(List<Thread> threads, String name, int many, int pauseMillis, Attack attack) {
        for (int i = 0; i < many; i++) {
            var random = new Random(seed + threads.size());
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(random.nextInt(ARRIVAL_MILLIS));
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
        var socket = new Socket() {
            private final AtomicBoolean counted = new AtomicBoolean();

            @Override
            public void close() throws IOException {
                if (counted.getAndSet(false)) {
                    open.decrementAndGet();
                }
                super.close();
            }
        };
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxyPort), 10_000);
            socket.counted.set(true);
            open.incrementAndGet();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Waits, but not beyond the end of the attacks. */
    private void pause(int millis) throws InterruptedException {
        Thread.sleep(Math.clamp((end - System.nanoTime()) / 1_000_000, 0, millis));
    }

    private boolean goesOn() {
        return System.nanoTime() - end < 0;
    }

    /** Asks at once, and takes nearly the time that it has for the rest. */
    private void ping(Random random) throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes(handshake(host(random), STATUS), frame(0)));
            var in = new DataInputStream(socket.getInputStream());
            in.readFully(new byte[readVarInt(in)]);
            pause(3_500 + random.nextInt(1_000));
            out.write(frame(1, 0, 0, 0, 0, 0, 0, 0, 0));
            in.readFully(new byte[readVarInt(in)]);
            count("pong");
        }
    }

    /** Sends what is not the protocol, behind something that is. */
    private void malformed(Random random) throws IOException {
        String host = host(random);
        byte[][] beginnings = {
            {},
            handshake(host, STATUS),
            bytes(handshake(host, STATUS), frame(0)),
            handshake(host, LOGIN),
            bytes(handshake(host, LOGIN), loginStart("Mal" + random.nextInt(1 << 20))),
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
    private void slow(Random random, int state) throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            String host = host(random);
            byte[] handshake = handshake(host, LOGIN);
            byte[] login = loginStart("Slow");
            switch (state) {
                case 0 -> {}
                case 1 -> out.write(handshake, 0, handshake.length / 2);
                case 2 -> out.write(handshake(host, STATUS));
                case 3 -> out.write(bytes(handshake(host, STATUS), frame(0)));
                case 4 -> out.write(handshake);
                case 5 -> out.write(bytes(handshake, java.util.Arrays.copyOf(login, login.length / 2)));
                case 7 -> out.write(bytes(handshake(CLIENT_ONLY, LOGIN), login));
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

    /** Answers the question for a key with what is no answer, which costs the proxy a computation. */
    private void wrongAnswer(Random random) throws IOException {
        try (Socket socket = connect()) {
            encryptionRequest(socket, "Wrong" + random.nextInt(1 << 20));
            byte[] garbage = new byte[128];
            random.nextBytes(garbage);
            socket.getOutputStream().write(frame(1, bytes(array(garbage), array(garbage))));
            drain(socket);
        }
    }

    /** Encrypts as a game does, with a name that the session server does not know. */
    private void stranger(Random random) throws IOException {
        try (Socket socket = connect()) {
            var request = encryptionRequest(socket, "Stranger" + random.nextInt(1 << 20));
            byte[] secret = new byte[16];
            random.nextBytes(secret);
            try {
                var key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(array(request)));
                var rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
                rsa.init(Cipher.ENCRYPT_MODE, key);
                byte[] answer = bytes(array(rsa.doFinal(secret)), array(rsa.doFinal(array(request))));
                socket.getOutputStream().write(frame(1, answer));
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
            drain(socket);
            count("strangers sent away");
        }
    }

    /** What follows the server's name in the proxy's request: its key and its token. */
    private InputStream encryptionRequest(Socket socket, String name) throws IOException {
        socket.getOutputStream().write(bytes(handshake(CLIENT_ONLY, LOGIN), loginStart(name)));
        var in = new DataInputStream(socket.getInputStream());
        byte[] packet = new byte[readVarInt(in)];
        in.readFully(packet);
        var body = new ByteArrayInputStream(packet);
        if (readVarInt(body) != 1) {
            throw new IOException("no question for a key");
        }
        array(body);
        return body;
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
            socket.getOutputStream().write(bytes(handshake(OFFLINE, LOGIN), loginStart(name)));
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
            socket.getOutputStream().write(bytes(handshake(OFFLINE, LOGIN), loginStart("Deaf" + random.nextInt(1 << 20))));
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
            if (login.length < 2) {
                return; // asked for its status, of which it has none
            }
            String name = new String(login, 2, login.length - 2, StandardCharsets.UTF_8);
            OutputStream out = socket.getOutputStream();
            out.write(frame(2, bytes(string("00000000-0000-0000-0000-000000000001"), string(name))));
            out.write(frame(0x23, new byte[30]));
            if (name.startsWith("Deaf")) {
                // What deflates to nothing would never fill a connection, and keep the proxy deflating instead.
                byte[] noise = new byte[60_000];
                new Random(seed).nextBytes(noise);
                byte[] data = frame(0x7F, noise);
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

    /** One of both. */
    private static String host(Random random) {
        return random.nextBoolean() ? OFFLINE : CLIENT_ONLY;
    }

    private static byte[] handshake(String host, int next) {
        return frame(0, bytes(varInt(PROTOCOL), string(host), new byte[] {0x63, (byte) 0xDD, (byte) next}));
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
        return array(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] array(byte[] bytes) {
        return bytes(varInt(bytes.length), bytes);
    }

    private static byte[] array(InputStream in) throws IOException {
        return in.readNBytes(readVarInt(in));
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
