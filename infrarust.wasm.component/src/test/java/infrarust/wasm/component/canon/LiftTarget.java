package infrarust.wasm.component.canon;

import infrarust.wasm.component.fuzz.FuzzTarget;
import infrarust.wasm.component.mapping.Mapping;
import infrarust.wasm.component.type.StringEncoding;
import infrarust.wasm.spi.CoreTrap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Lifts a value of a type of the vectors from any memory or core values, and where that gives a value, lowers it and lifts it
 * again. An input is: number of the type (2 bytes), encoding (1; the third bit says flat), address (2), core values (8 each, if
 * flat), memory.
 */
@SuppressWarnings("EnumOrdinal") // inputs are numbers
public final class LiftTarget implements FuzzTarget {

    private static final int MEMORY = 4096;
    private static final int HEADER = 5;

    /** Nested further, lists that overlap become too large to be lowered within the time of an input. */
    private static final int MAX_NESTED_RANGES = 2;

    private final List<String> types = new ArrayList<>();
    private final List<byte[]> seeds = new ArrayList<>();
    private final Map<Integer, SamplePlan> plans = new HashMap<>();
    private final Map<Integer, Mapping> mappings = new HashMap<>();

    /** Reads the types and seeds from the vectors. */
    public LiftTarget() {
        try (InputStream in = LiftTarget.class.getResourceAsStream("vectors.txt")) {
            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String line) {
        if (line.startsWith("type ")) {
            types.add(line.substring(5, line.charAt(5) == '(' ? line.lastIndexOf(')') + 1 : line.indexOf(' ', 5)));
        } else if (line.startsWith("load ") && seeds.size() < types.size() * 2) {
            String[] words = line.split(" = ", 2)[0].split(" ", 4);
            ByteArrayOutputStream seed = new ByteArrayOutputStream();
            ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
            header.putShort((short) (types.size() - 1));
            header.put((byte) ReferenceVectorsTest.encoding(words[1]).ordinal());
            header.putShort(Short.parseShort(words[2]));
            seed.writeBytes(header.array());
            byte[] memory = new byte[1024];
            ReferenceVectorsTest.fill(memory, words[3]);
            seed.writeBytes(memory);
            seeds.add(seed.toByteArray());
        }
    }

    @Override
    public List<byte[]> seeds() {
        return List.copyOf(seeds);
    }

    private SamplePlan plan(int type, StringEncoding encoding) {
        return plans.computeIfAbsent(
                type * StringEncoding.values().length + encoding.ordinal(),
                _ -> new SamplePlan(mapping(type), encoding));
    }

    private Mapping mapping(int type) {
        return mappings.computeIfAbsent(type, t -> SampleType.parse(types.get(t)));
    }

    @Override
    public void accept(byte[] input) {
        ByteBuffer in = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
        try {
            int type = Short.toUnsignedInt(in.getShort()) % types.size();
            int mode = in.get();
            StringEncoding encoding = StringEncoding.values()[(mode & 3) % 3];
            int pointer = Short.toUnsignedInt(in.getShort());
            attempt(type, encoding, (mode & 4) != 0, pointer, in);
        } catch (BufferUnderflowException e) {
            // Too short to mean anything.
            return;
        }
    }

    private void attempt(int type, StringEncoding encoding, boolean flat, int pointer, ByteBuffer in) {
        SamplePlan plan = plan(type, encoding);
        CountingGuest guest = new CountingGuest(MEMORY);
        long[] slots = new long[flat && plan.isFlat() ? plan.flatCount() : 0];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = in.getLong();
        }
        in.get(guest.memory.bytes, 0, Math.min(in.remaining(), MEMORY));
        Object value;
        try {
            if (slots.length > 0) {
                value = plan.liftFlat(guest, slots);
            } else {
                Mapping mapping = mapping(type);
                Values.checkRange(guest.memory, pointer, Layout.size(mapping.type()), Layout.alignment(mapping.type()));
                value = plan.load(guest, pointer);
            }
        } catch (CoreTrap expected) {
            return;
        } catch (Throwable e) {
            throw new AssertionError("lifting a " + types.get(type), e);
        }
        if (ranges(types.get(type)) <= MAX_NESTED_RANGES) {
            again(type, encoding, value);
        }
    }

    /** How deeply strings, lists and maps nest, at most. */
    private static int ranges(String type) {
        return type.split("list|map|string", -1).length - 1;
    }

    private void again(int type, StringEncoding encoding, Object value) {
        CountingGuest guest = new CountingGuest(1 << 20);
        Mapping mapping = mapping(type);
        try {
            plan(type, encoding).store(guest, 16, value);
            Object twin = plan(type, encoding).load(guest, 16);
            String shown = SampleType.show(mapping, value);
            if (!SampleType.show(mapping, twin).equals(shown)) {
                throw new AssertionError("a " + types.get(type) + " came back as another value; it was " + shown);
            }
        } catch (CoreTrap full) {
            // What came from overlapping lists may be larger than the second memory.
            return;
        } catch (Throwable e) {
            throw new AssertionError("lowering a " + types.get(type), e);
        }
    }
}
