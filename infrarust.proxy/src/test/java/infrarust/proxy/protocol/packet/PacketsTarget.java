package infrarust.proxy.protocol.packet;

import infrarust.proxy.fuzz.FuzzTarget;
import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.ProtocolVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every template of every packet: the first two bytes choose one, the rest is read by it. What can be read can be written, and is
 * read again as what is written the same. Packets are found in the classes of their package, so that a new one is tried too.
 */
public final class PacketsTarget implements FuzzTarget {

    private static final int CHOICE = 2;

    private final List<Layout<?>> templates = templates();

    private static List<Layout<?>> templates() {
        PacketTable table = PacketTable.load();
        List<Layout<?>> all = new ArrayList<>();
        for (PacketLayout<?> packet : packets()) {
            Set<Layout<?>> bands = Collections.newSetFromMap(new IdentityHashMap<>());
            for (ProtocolVersion version : table.versions()) {
                PacketIds ids = table.ids(version.number());
                if (ids.has(packet.type())) {
                    template(packet, version.number())
                            .filter(bands::add)
                            .filter(PacketsTarget::isRead)
                            .ifPresent(all::add);
                }
            }
        }
        return all;
    }

    /** The proxy does not need every packet in every version that has it. */
    private static Optional<Layout<?>> template(PacketLayout<?> packet, int protocol) {
        try {
            return Optional.of(packet.at(protocol));
        } catch (IllegalStateException none) {
            return Optional.empty();
        }
    }

    /** Some packets are only written. */
    private static boolean isRead(Layout<?> template) {
        try {
            var _ = template.read(Unpooled.wrappedBuffer(new byte[4096]));
        } catch (MalformedPacketException e) {
            return !String.valueOf(e.getMessage()).contains("only written");
        } catch (UnsupportedOperationException e) {
            return false;
        }
        return true;
    }

    private static List<PacketLayout<?>> packets() {
        List<PacketLayout<?>> packets = new ArrayList<>();
        try {
            Path classes = Path.of(PacketLayout.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            String name = PacketsTarget.class.getPackageName();
            try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
                for (Path file : files.sorted().toList()) {
                    String simple = file.getFileName().toString();
                    if (simple.endsWith(".class") && !simple.contains("-")) {
                        collect(Class.forName(name + "." + simple.substring(0, simple.length() - 6)), packets);
                    }
                }
            }
        } catch (IOException | URISyntaxException | ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot look at the packets", e);
        }
        return packets;
    }

    private static void collect(Class<?> type, List<PacketLayout<?>> into) throws IllegalAccessException {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())
                    && Modifier.isPublic(field.getModifiers())
                    && field.getType() == PacketLayout.class
                    && field.get(null) instanceof PacketLayout<?> layout) {
                into.add(layout);
            }
        }
    }

    /** What the templates themselves write, of what they read in simple bytes. */
    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < templates.size(); i++) {
            for (int value : new int[] {0, 1, 3, 'a'}) {
                byte[] body = new byte[2048];
                Arrays.fill(body, (byte) value);
                try {
                    ByteBuf out = Unpooled.buffer().writeShort(i);
                    copy(templates.get(i), body, out);
                    seeds.add(Arrays.copyOf(out.array(), out.writerIndex()));
                } catch (MalformedPacketException e) {
                    seeds.add(new byte[] {(byte) (i >> Byte.SIZE), (byte) i, (byte) value, (byte) value});
                }
            }
        }
        return seeds;
    }

    @Override
    public void accept(byte[] input) {
        if (input.length < CHOICE) {
            return;
        }
        int choice = ((input[0] & 0xFF) << Byte.SIZE | (input[1] & 0xFF)) % templates.size();
        Layout<?> template = templates.get(choice);
        ByteBuf once = Unpooled.buffer();
        try {
            if (!copy(template, Arrays.copyOfRange(input, CHOICE, input.length), once)) {
                return;
            }
        } catch (MalformedPacketException e) {
            return;
        }
        ByteBuf twice = Unpooled.buffer();
        copy(template, Arrays.copyOf(once.array(), once.writerIndex()), twice);
        if (!once.equals(twice)) {
            throw new AssertionError("Template " + choice + " reads what it writes as something else");
        }
    }

    /** Whether the template writes at all. */
    private static <T> boolean copy(Layout<T> template, byte[] body, ByteBuf out) {
        T read = template.read(Unpooled.wrappedBuffer(body));
        try {
            template.write(out, read);
            return true;
        } catch (UnsupportedOperationException onlyRead) {
            // The proxy passes the packet on as it came.
            return false;
        }
    }
}
