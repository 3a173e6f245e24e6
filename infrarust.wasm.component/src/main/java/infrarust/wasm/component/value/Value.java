package infrarust.wasm.component.value;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A value of a WIT type, without a Java type for it. Values are immutable and compare by content, resources by identity of what
 * stands for them. A value does not know its type: a record has field names but no name of its own, so it fits every type with
 * these fields. What does not fit is refused with an {@link IllegalArgumentException} when it is passed.
 *
 * <p>Rules: Component Model, Explainer.md, "Type Definitions".
 */
public sealed interface Value {

    /** A bool. */
    record Bool(boolean value) implements Value {}

    /** An s8. */
    record S8(byte value) implements Value {}

    /** An s16. */
    record S16(short value) implements Value {}

    /** An s32. */
    record S32(int value) implements Value {}

    /** An s64. */
    record S64(long value) implements Value {}

    /**
     * A u8.
     *
     * @param value 0 to 255
     */
    record U8(int value) implements Value {
        /** Refuses what is out of range. */
        public U8 {
            if ((value & ~0xff) != 0) {
                throw new IllegalArgumentException(value + " does not fit a u8");
            }
        }
    }

    /**
     * A u16.
     *
     * @param value 0 to 65,535
     */
    record U16(int value) implements Value {
        /** Refuses what is out of range. */
        public U16 {
            if ((value & ~0xffff) != 0) {
                throw new IllegalArgumentException(value + " does not fit a u16");
            }
        }
    }

    /**
     * A u32.
     *
     * @param value the raw bits: large numbers are negative
     */
    record U32(int value) implements Value {
        @Override
        public String toString() {
            return "U32[value=" + Integer.toUnsignedString(value) + "]";
        }
    }

    /**
     * A u64.
     *
     * @param value the raw bits: large numbers are negative
     */
    record U64(long value) implements Value {
        @Override
        public String toString() {
            return "U64[value=" + Long.toUnsignedString(value) + "]";
        }
    }

    /** An f32. All NaNs are equal. */
    record F32(float value) implements Value {}

    /** An f64. All NaNs are equal. */
    record F64(double value) implements Value {}

    /**
     * A char.
     *
     * @param codePoint a Unicode scalar value: 0 to 0x10FFFF without surrogates
     */
    record Char(int codePoint) implements Value {
        /** Refuses what is no scalar value. */
        public Char {
            if (!Character.isValidCodePoint(codePoint) || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
                throw new IllegalArgumentException(codePoint + " is no Unicode scalar value");
            }
        }
    }

    /** A string; an unpaired surrogate, which WIT cannot express, reaches a guest as {@code ?}. */
    record Text(String value) implements Value {}

    /** A list, of any or of fixed length. */
    record ListOf(List<Value> elements) implements Value {
        /** Copies the elements. */
        public ListOf {
            elements = List.copyOf(elements);
        }

        /** A list of these. */
        public static ListOf of(Value... elements) {
            return new ListOf(Arrays.asList(elements));
        }
    }

    /** A map; the order is kept but does not matter for equality. */
    record MapOf(Map<Value, Value> entries) implements Value {
        /** Copies the entries. */
        public MapOf {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** A record: values by the names of the fields. */
    record RecordOf(Map<String, Value> fields) implements Value {
        /** Copies the fields. */
        public RecordOf {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /** A tuple. */
    record Tuple(List<Value> elements) implements Value {
        /** Copies the elements. */
        public Tuple {
            elements = List.copyOf(elements);
        }

        /** A tuple of these. */
        public static Tuple of(Value... elements) {
            return new Tuple(Arrays.asList(elements));
        }
    }

    /** A case of a variant, with its payload if it has one. */
    record Variant(String name, Optional<Value> payload) implements Value {}

    /** A case of an enum. */
    record Enumeration(String name) implements Value {}

    /** An option. */
    record Option(Optional<Value> some) implements Value {
        /** The option that holds nothing. */
        public static Option none() {
            return new Option(Optional.empty());
        }

        /** An option that holds this. */
        public static Option some(Value value) {
            return new Option(Optional.of(value));
        }
    }

    /** A result that is ok, with a value if its type has one. */
    record Ok(Optional<Value> value) implements Value {}

    /** A result that is an error, with a value if its type has one. */
    record Err(Optional<Value> error) implements Value {}

    /** The flags that are set. */
    record Flags(Set<String> names) implements Value {
        /** Copies the names. */
        public Flags {
            names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
        }

        /** These flags. */
        public static Flags of(String... names) {
            return new Flags(new LinkedHashSet<>(Arrays.asList(names)));
        }
    }

    /**
     * A resource, owned or lent for the time of a call. Of a resource that the embedder defines, {@code representation} is what
     * he passed to the guest. Of one that a guest defines it is opaque, and whoever got it as {@code own} owns it until he
     * passes it on as {@code own} or closes it.
     */
    record Resource(Object representation) implements Value, AutoCloseable {

        /** Gives up an object of a resource that a guest defines, which runs the guest's destructor; otherwise does nothing. */
        @Override
        public void close() {
            if (representation instanceof GuestObject object) {
                object.close();
            }
        }
    }
}
