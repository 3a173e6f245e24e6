package infrarust.proxy.protocol.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.golden.GoldenPackets.GoldenPacket;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.protocol.packet.NamedWorld;
import infrarust.proxy.protocol.packet.PluginMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
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
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenVectorTest {

    /** Without a vector of their own, and why. */
    private static final Map<String, String> EXCEPTIONS =
            Map.of("LoginSuccess.UUID_ONLY", "the beginning of LoginSuccess.LAYOUT; read from its vectors below");

    private static final PacketTable TABLE = PacketTable.load();

    static List<GoldenVector> vectors() {
        return Stream.of("nmp.txt", "minestom.txt", "documented.txt")
                .flatMap(source -> GoldenVector.load(source).stream())
                .toList();
    }

    private static GoldenPacket<?> packet(String name) {
        return GoldenPackets.ALL.stream()
                .filter(packet -> packet.name().equals(name))
                .findFirst()
                .orElseGet(() -> fail("The packet " + name + " has vectors but no entry in GoldenPackets"));
    }

    private static List<ProtocolVersion> versions(GoldenVector vector) {
        return TABLE.versions().stream()
                .filter(version -> version.number() >= vector.since() && version.number() <= vector.until())
                .toList();
    }

    private static <T> byte[] written(GoldenPacket<T> packet, int protocol) {
        ByteBuf out = Unpooled.buffer();
        packet.layout().at(protocol).write(out, packet.content().apply(protocol));
        return ByteBufUtil.getBytes(out);
    }

    private static void assertSame(byte[] written, byte[] expected, String where) {
        int offset = Arrays.mismatch(written, expected);
        if (offset >= 0) {
            fail(
                    "%s differs at byte %d:%n written %s%n vector  %s",
                    where, offset, ByteBufUtil.hexDump(written), ByteBufUtil.hexDump(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_packet_is_written_as_others_write_it(GoldenVector vector) {
        GoldenPacket<?> packet = packet(vector.packet());

        if (packet.use() == GoldenPackets.Use.READ) {
            return;
        }
        for (ProtocolVersion version : versions(vector)) {
            assertSame(written(packet, version.number()), vector.bytes(), vector.packet() + " in " + version);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void what_others_write_is_read_to_its_end_and_means_the_same(GoldenVector vector) {
        GoldenPacket<?> packet = packet(vector.packet());

        for (ProtocolVersion version : versions(vector)) {
            switch (packet.use()) {
                case BOTH -> readAgain(packet.layout().at(version.number()), vector, version);
                case READ -> readOnly(packet, vector, version);
                case WRITTEN -> {
                    // Says so when it is asked to read.
                }
            }
        }
    }

    private static <T> void readOnly(GoldenPacket<T> packet, GoldenVector vector, ProtocolVersion version) {
        T read = packet.layout().at(version.number()).read(Unpooled.wrappedBuffer(vector.bytes()));
        assertThat(comparable(read))
                .as("%s in %s", vector, version)
                .isEqualTo(comparable(packet.content().apply(version.number())));
    }

    /** With equal arrays being equal. */
    private static Object comparable(Object packet) {
        return packet instanceof NamedWorld(NamedWorld.Dimension where, long seed, var modes, var shape)
                ? List.of(ByteBufUtil.hexDump(where.type()), where.level(), seed, modes, shape)
                : packet;
    }

    private static <T> void readAgain(Layout<T> layout, GoldenVector vector, ProtocolVersion version) {
        ByteBuf in = Unpooled.wrappedBuffer(vector.bytes());
        T read = layout.read(in);
        assertThat(in.readableBytes())
                .as("bytes left of %s in %s", vector, version)
                .isZero();
        ByteBuf out = Unpooled.buffer();
        layout.write(out, read);
        assertSame(ByteBufUtil.getBytes(out), vector.bytes(), vector.packet() + " read in " + version);
    }

    @Test
    void the_uuid_is_read_off_the_beginning_of_a_login_success() {
        GoldenPacket<?> success = packet("login_success");
        for (GoldenVector vector : vectors()) {
            if (vector.packet().equals(success.name())) {
                LoginSuccess whole = (LoginSuccess) success.content().apply(vector.since());
                assertThat(LoginSuccess.UUID_ONLY.at(vector.since()).read(Unpooled.wrappedBuffer(vector.bytes())))
                        .isEqualTo(whole.uuid());
            }
        }
    }

    @Test
    void the_id_of_the_version_stands_before_the_body() {
        var message = new PluginMessage("a:b", new byte[] {7});
        ByteBuf out = Unpooled.buffer();
        PluginMessage.CONFIGURATION_CLIENTBOUND.write(out, TABLE.ids(766), message);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("01" + "03613a62" + "07");
    }

    @Nested
    class Nothing_is_left_out {

        @Test
        void every_layout_has_an_entry_or_a_reason() throws Exception {
            Map<String, PacketLayout<?>> layouts = layouts();
            List<PacketLayout<?>> tested = new ArrayList<>();
            GoldenPackets.ALL.forEach(packet -> tested.add(packet.layout()));

            assertThat(layouts)
                    .hasSizeGreaterThan(30)
                    .containsKeys(EXCEPTIONS.keySet().toArray(String[]::new));
            layouts.keySet().removeAll(EXCEPTIONS.keySet());
            layouts.values().removeIf(tested::contains);
            assertThat(layouts.keySet()).isEmpty();
        }

        @Test
        void every_band_of_every_layout_has_a_vector() {
            Set<Layout<?>> covered = Collections.newSetFromMap(new IdentityHashMap<>());
            for (GoldenVector vector : vectors()) {
                PacketLayout<?> layout = packet(vector.packet()).layout();
                versions(vector).forEach(version -> covered.add(layout.at(version.number())));
            }
            Set<String> missing = new TreeSet<>();
            for (GoldenPacket<?> packet : GoldenPackets.ALL) {
                for (ProtocolVersion version : TABLE.versions()) {
                    if (version.number() >= packet.since()
                            && TABLE.ids(version.number()).has(packet.layout().type())
                            && hasLayout(packet.layout(), version.number())
                            && !covered.contains(packet.layout().at(version.number()))) {
                        missing.add(packet.name() + " in " + version.number());
                    }
                }
            }
            assertThat(missing).isEmpty();
        }

        private static boolean hasLayout(PacketLayout<?> layout, int protocol) {
            try {
                layout.at(protocol);
                return true;
            } catch (IllegalStateException none) {
                return false;
            }
        }

        /** The constants of the package by class and name. */
        private static Map<String, PacketLayout<?>> layouts()
                throws IOException, URISyntaxException, ReflectiveOperationException {
            Path classes = Path.of(
                            LoginSuccess.class.getResource("LoginSuccess.class").toURI())
                    .getParent();
            Map<String, PacketLayout<?>> layouts = new HashMap<>();
            try (Stream<Path> files = Files.list(classes)) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".class") && !name.startsWith("package-info")) {
                        layoutsOf(Class.forName(LoginSuccess.class.getPackageName() + "."
                                        + name.substring(0, name.length() - ".class".length())))
                                .forEach(layouts::put);
                    }
                }
            }
            return layouts;
        }

        private static Map<String, PacketLayout<?>> layoutsOf(Class<?> type) throws IllegalAccessException {
            Map<String, PacketLayout<?>> layouts = new HashMap<>();
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == PacketLayout.class) {
                    field.setAccessible(true);
                    layouts.put(type.getSimpleName() + "." + field.getName(), (PacketLayout<?>) field.get(null));
                }
            }
            return layouts;
        }
    }

    @Test
    void a_difference_is_named_with_packet_version_and_offset() {
        assertThatThrownBy(() -> assertSame(new byte[] {1, 2}, new byte[] {1, 3}, "abilities in 1.8"))
                .hasMessageContaining("abilities in 1.8 differs at byte 1");
    }
}
