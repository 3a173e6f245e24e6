package infrarust.wasm.component.canon;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreTrap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of lifting and lowering that are the same for every component; generated code calls them. What a guest does wrong is
 * a {@link CoreTrap.Contract}, what the embedder does wrong an {@link IllegalArgumentException} or {@link NullPointerException}.
 */
final class Values {

    /** Strings and lists of more bytes than this do not cross (CanonicalABI.md, MAX_STRING_BYTE_LENGTH). */
    static final int MAX_BYTES = (1 << 28) - 1;

    private static final int UTF16_TAG = 1 << 31;

    private Values() {}

    static <T> T require(@Nullable T value) { // erases to (Object) -> Object, as generated code calls it
        if (value == null) {
            throw new NullPointerException("a null was passed to a component; WIT has option<T> for that");
        }
        return value;
    }

    // Scalars

    static boolean bool(int value) {
        return value != 0;
    }

    static float f32(int bits) {
        return canonical(Float.intBitsToFloat(bits));
    }

    static double f64(long bits) {
        return canonical(Double.longBitsToDouble(bits));
    }

    static float canonical(float value) {
        return Float.isNaN(value) ? Float.NaN : value;
    }

    static double canonical(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }

    static int character(int value) {
        if (Integer.compareUnsigned(value, Character.MAX_CODE_POINT) > 0 || (value >= 0xd800 && value <= 0xdfff)) {
            throw new CoreTrap.Contract("the guest passed " + Integer.toUnsignedString(value) + " as a char");
        }
        return value;
    }

    static int requireCharacter(int value) {
        if (!Character.isValidCodePoint(value) || (value >= 0xd800 && value <= 0xdfff)) {
            throw new IllegalArgumentException(value + " is no Unicode scalar value");
        }
        return value;
    }

    static int requireU8(int value) {
        if ((value & ~0xff) != 0) {
            throw new IllegalArgumentException(value + " does not fit a u8");
        }
        return value;
    }

    static int requireU16(int value) {
        if ((value & ~0xffff) != 0) {
            throw new IllegalArgumentException(value + " does not fit a u16");
        }
        return value;
    }

    // Cases, enums, flags

    static CoreTrap badDiscriminant(int value, int cases) {
        return new CoreTrap.Contract(
                "the guest passed case " + Integer.toUnsignedString(value) + " of a type with " + cases);
    }

    static Class<?> classOf(@Nullable Object value) {
        return require(value).getClass();
    }

    static RuntimeException notACase(@Nullable Object value) {
        return new IllegalArgumentException(require(value).getClass().getName() + " stands for no case");
    }

    static Object ok(Object value) {
        return Result.ok(value);
    }

    static Object err(Object error) {
        return Result.err(error);
    }

    static boolean isOk(@Nullable Object result) {
        return ((Result<?, ?>) require(result)).isOk();
    }

    /** What a result carries, on whichever side. */
    static Object carried(Object result) {
        return switch ((Result<?, ?>) result) {
            case Result.Ok<?, ?>(Object value) -> require(value);
            case Result.Err<?, ?>(Object error) -> require(error);
        };
    }

    static Object constant(Object[] constants, int value) {
        if (Integer.compareUnsigned(value, constants.length) >= 0) {
            throw badDiscriminant(value, constants.length);
        }
        return constants[value];
    }

    @SuppressWarnings("EnumOrdinal") // tables by ordinal are made from the same class
    static int caseOf(@Nullable Object constant, int[] cases) {
        return cases[((Enum<?>) require(constant)).ordinal()];
    }

    static Set<?> flags(int bits, Class<?> type, Object[] constants) {
        return flagSet(bits, type, constants);
    }

    @SuppressWarnings("unchecked") // the constants are those of the enum, or the set refuses them
    private static <E extends Enum<E>> Set<E> flagSet(int bits, Class<?> type, Object[] constants) {
        EnumSet<E> set = EnumSet.noneOf((Class<E>) type);
        for (int i = 0; i < constants.length; i++) {
            if ((bits & 1 << i) != 0) {
                set.add((E) constants[i]);
            }
        }
        return set;
    }

    @SuppressWarnings("EnumOrdinal") // tables by ordinal are made from the same class
    static int bits(@Nullable Set<?> set, int[] bits) {
        int value = 0;
        for (Object constant : require(set)) {
            value |= 1 << bits[((Enum<?>) require(constant)).ordinal()];
        }
        return value;
    }

    // Memory

    /** Checks a range that a guest names: alignment, and that it lies within the memory. */
    static void checkRange(CoreMemory memory, int pointer, long bytes, int alignment) {
        if ((pointer & alignment - 1) != 0) {
            throw new CoreTrap.Contract("the guest passed the address " + Integer.toUnsignedString(pointer)
                    + ", which is not aligned to " + alignment);
        }
        if (Integer.toUnsignedLong(pointer) + bytes > memory.byteSize()) {
            throw new CoreTrap.Contract("the guest passed " + bytes + " bytes at " + Integer.toUnsignedString(pointer)
                    + ", beyond its memory of " + memory.byteSize());
        }
    }

    /** Checks a list that a guest passes, before anything is allocated for it, and answers its number of elements. */
    static int checkList(InstanceState state, CoreMemory memory, int pointer, int length, int size, int alignment) {
        long bytes = Integer.toUnsignedLong(length) * size;
        if (bytes > MAX_BYTES) {
            throw new CoreTrap.Contract(
                    "the guest passed a list of " + bytes + " bytes; at most " + MAX_BYTES + " may cross");
        }
        checkRange(memory, pointer, bytes, alignment);
        // A reference or a boxed number stands for each element here, however small it is there.
        state.spend(Math.max(bytes, 16L * Integer.toUnsignedLong(length)));
        return length;
    }

    /** Pays for the elements of a list of fixed length, whose range was checked with what it is part of. */
    static int fixedLength(InstanceState state, int length) {
        state.spend(16L * length);
        return length;
    }

    /** A list of bytes as the guest has it, without a copy. */
    static ByteBuffer view(InstanceState state, CoreMemory memory, int pointer, int length) {
        checkBytes(memory, pointer, length);
        return memory.view(pointer, length);
    }

    private static void checkBytes(CoreMemory memory, int pointer, int length) {
        long bytes = Integer.toUnsignedLong(length);
        if (bytes > MAX_BYTES) {
            throw new CoreTrap.Contract("the guest passed " + bytes + " bytes; at most " + MAX_BYTES + " may cross");
        }
        checkRange(memory, pointer, bytes, 1);
    }

    static byte[] bytes(InstanceState state, CoreMemory memory, int pointer, int length) {
        checkBytes(memory, pointer, length);
        state.spend(length);
        byte[] array = new byte[length];
        memory.read(pointer, array, 0, length);
        return array;
    }

    static List<?> list(Object[] elements) {
        return Collections.unmodifiableList(Arrays.asList(elements));
    }

    /** A map as the guest listed it; of equal keys the last one counts. */
    static Map<?, ?> map(Object[] entries) {
        Map<Object, Object> map = LinkedHashMap.newLinkedHashMap(entries.length);
        for (Object entry : entries) {
            map.put(((Map.Entry<?, ?>) entry).getKey(), ((Map.Entry<?, ?>) entry).getValue());
        }
        return Collections.unmodifiableMap(map);
    }

    static Object[] elements(@Nullable List<?> list) {
        return require(list).toArray();
    }

    static Object[] entries(@Nullable Map<?, ?> map) {
        return require(map).entrySet().toArray();
    }

    static Object[] fixedElements(@Nullable List<?> list, int length) {
        Object[] elements = elements(list);
        requireLength(elements.length, length);
        return elements;
    }

    static byte[] fixedBytes(byte @Nullable [] bytes, int length) {
        byte[] given = require(bytes);
        requireLength(given.length, length);
        return given;
    }

    private static void requireLength(int given, int length) {
        if (given != length) {
            throw new IllegalArgumentException(
                    "a list of fixed length has " + given + " elements instead of " + length);
        }
    }

    static int listBytes(int length, int size) {
        long bytes = (long) length * size;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a list of " + bytes + " bytes is too long; at most " + MAX_BYTES + " may cross");
        }
        return (int) bytes;
    }

    static void write(CoreMemory memory, int pointer, byte[] source) {
        memory.write(pointer, source, 0, source.length);
    }

    static void write(CoreMemory memory, int pointer, ByteBuffer source) {
        memory.write(pointer, source.duplicate());
    }

    static int length(byte @Nullable [] source) {
        return listBytes(require(source).length, 1);
    }

    static int length(@Nullable ByteBuffer source) {
        return listBytes(require(source).remaining(), 1);
    }

    static long pack(int pointer, int length) {
        return (long) pointer << 32 | Integer.toUnsignedLong(length);
    }

    // Strings: load_string_from_range, store_string_into_range

    static String utf8(InstanceState state, CoreMemory memory, int pointer, int length) {
        byte[] bytes = bytes(state, memory, pointer, length);
        String text = new String(bytes, StandardCharsets.UTF_8);
        // The constructor puts U+FFFD in place of malformed bytes; where there is one, look whether the guest wrote it.
        if (text.indexOf('\ufffd') >= 0) {
            requireWellFormed(bytes, StandardCharsets.UTF_8);
        }
        return text;
    }

    static String utf16(InstanceState state, CoreMemory memory, int pointer, int units) {
        checkRange(memory, pointer, 0, 2);
        if (Integer.compareUnsigned(units, MAX_BYTES / 2) > 0) {
            throw new CoreTrap.Contract("the guest passed a string of " + Integer.toUnsignedString(units) + " units");
        }
        byte[] bytes = bytes(state, memory, pointer, units * 2);
        String text = new String(bytes, StandardCharsets.UTF_16LE);
        if (text.indexOf('\ufffd') >= 0) {
            requireWellFormed(bytes, StandardCharsets.UTF_16LE);
        }
        return text;
    }

    static String latin1OrUtf16(InstanceState state, CoreMemory memory, int pointer, int tagged) {
        if ((tagged & UTF16_TAG) != 0) {
            return utf16(state, memory, pointer, tagged ^ UTF16_TAG);
        }
        checkRange(memory, pointer, 0, 2);
        return new String(bytes(state, memory, pointer, tagged), StandardCharsets.ISO_8859_1);
    }

    private static void requireWellFormed(byte[] bytes, Charset charset) {
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new CoreTrap.Contract("the guest passed a string that is not valid " + charset.name());
        }
    }

    static byte[] encodeUtf8(@Nullable String text) {
        return limited(require(text).getBytes(StandardCharsets.UTF_8));
    }

    static byte[] encodeUtf16(@Nullable String text) {
        return limited(require(text).getBytes(StandardCharsets.UTF_16LE));
    }

    static byte[] encodeLatin1OrUtf16(@Nullable String text) {
        boolean latin1 = require(text).chars().allMatch(unit -> unit < 256);
        return limited(text.getBytes(latin1 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16LE));
    }

    /** The length that goes with {@link #encodeLatin1OrUtf16}: in Latin-1 there are as many bytes as units. */
    static int taggedLength(String text, byte[] encoded) {
        return encoded.length == text.length() ? encoded.length : encoded.length / 2 | UTF16_TAG;
    }

    private static byte[] limited(byte[] encoded) {
        listBytes(encoded.length, 1);
        return encoded;
    }
}
