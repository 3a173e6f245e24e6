package infrarust.wasm.component.mapping;

import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.component.type.WitType;
import java.util.List;
import java.util.Optional;

/**
 * One WIT type together with the Java type that stands for it. Handles are erased: everything that is no primitive and no class
 * of the JDK travels as {@link Object}, so that generated code need not see the embedder's types.
 */
public sealed interface Mapping {

    /** The WIT side. */
    WitType type();

    /** The Java class that generated code sees: a primitive, {@code String}, {@code byte[]} and so on, or {@code Object}. */
    Class<?> carrier();

    /** Numbers, booleans and characters. */
    record Scalar(WitType.Primitive type, Class<?> carrier) implements Mapping {}

    /** A string. */
    record Text() implements Mapping {
        @Override
        public WitType type() {
            return WitType.Primitive.STRING;
        }

        @Override
        public Class<?> carrier() {
            return String.class;
        }
    }

    /** {@code list<u8>} as {@code byte[]} or {@code ByteBuffer}; what comes from a guest as a buffer is a view. */
    record Bytes(WitType.ListOf type, Class<?> carrier) implements Mapping {}

    /** {@code list<u8, N>} as {@code byte[]}. */
    record FixedBytes(WitType.FixedListOf type) implements Mapping {
        @Override
        public Class<?> carrier() {
            return byte[].class;
        }
    }

    /** Any other list of fixed length as {@link List}. */
    record FixedElements(WitType.FixedListOf type, Mapping element) implements Mapping {
        @Override
        public Class<?> carrier() {
            return List.class;
        }
    }

    /**
     * A map as {@link java.util.Map}.
     *
     * @param entry a pair as {@link java.util.Map.Entry}
     */
    record Entries(WitType.MapOf type, Fields entry) implements Mapping {
        @Override
        public Class<?> carrier() {
            return java.util.Map.class;
        }
    }

    /** Any other list as {@link List}. */
    record Elements(WitType.ListOf type, Mapping element) implements Mapping {
        @Override
        public Class<?> carrier() {
            return List.class;
        }
    }

    /**
     * A record or tuple as a Java record.
     *
     * @param accessors one per field: {@code (Object) -> carrier of the field}
     * @param constructor {@code (carriers…) -> Object}
     */
    record Fields(WitType type, List<Mapping> fields, List<DeferredHandle> accessors, DeferredHandle constructor)
            implements Mapping {
        @Override
        public Class<?> carrier() {
            return Object.class;
        }
    }

    /** A variant as a sealed interface. */
    record Cases(WitType.Variant type, List<JavaCase> cases) implements Mapping {
        @Override
        public Class<?> carrier() {
            return Object.class;
        }
    }

    /** One case of a variant: a record with its payload, or one shared value of a record without components. */
    sealed interface JavaCase {
        /** The Java record. */
        Class<?> javaType();

        /** A case without payload. */
        record Plain(Class<?> javaType, DeferredValue value) implements JavaCase {}

        /**
         * A case with payload.
         *
         * @param accessor {@code (Object) -> carrier of the payload}
         * @param constructor {@code (carrier of the payload) -> Object}
         */
        record WithPayload(Class<?> javaType, Mapping payload, DeferredHandle accessor, DeferredHandle constructor)
                implements JavaCase {}
    }

    /**
     * An enum as a Java enum.
     *
     * @param constants by case
     * @param cases by ordinal
     */
    @SuppressWarnings("ArrayRecordComponent") // generated code loads the very arrays; nobody compares mappings
    record Constants(WitType.Enumeration type, Object[] constants, int[] cases) implements Mapping {
        @Override
        public Class<?> carrier() {
            return Object.class;
        }
    }

    /**
     * Flags as a set of a Java enum.
     *
     * @param enumType the Java enum
     * @param constants by bit
     * @param bits by ordinal
     */
    @SuppressWarnings("ArrayRecordComponent") // generated code loads the very arrays; nobody compares mappings
    record FlagSet(WitType.Flags type, Class<?> enumType, Object[] constants, int[] bits) implements Mapping {
        @Override
        public Class<?> carrier() {
            return java.util.Set.class;
        }
    }

    /**
     * An option.
     *
     * @param carrier {@code Optional}, {@code OptionalInt}, {@code OptionalLong} or {@code OptionalDouble}
     */
    record Maybe(WitType.Option type, Mapping some, Class<?> carrier) implements Mapping {}

    /** A result. */
    record Outcome(WitType.Result type, Optional<Mapping> ok, Optional<Mapping> error) implements Mapping {
        @Override
        public Class<?> carrier() {
            return Object.class;
        }
    }

    /** A handle: own or borrow. */
    record Handle(WitType type, ResourceType resource, boolean own, Class<?> javaType) implements Mapping {
        @Override
        public Class<?> carrier() {
            return Object.class;
        }
    }

    /**
     * A type that generated code treats as another Java type than the embedder does; nothing but its Java side differs.
     *
     * @param inner the mapping that lifts and lowers
     * @param unwrap {@code (Object) -> carrier of inner}
     * @param wrap {@code (carrier of inner) -> Object}
     */
    record Converted(WitType type, Mapping inner, DeferredHandle unwrap, DeferredHandle wrap) implements Mapping {
        @Override
        public Class<?> carrier() {
            return Object.class;
        }
    }

    /**
     * A type with cases (variant, enum, option, result) as one Java type that knows its case by number.
     *
     * @param payloads by case
     * @param caseOf {@code (Object) -> int}, a number within the cases
     * @param payload {@code (Object) -> Object}, for a value of a case that has one
     * @param constructors by case: {@code (Object payload) -> Object}, or {@code () -> Object} without a payload
     */
    record Tagged(
            WitType type,
            List<Optional<Mapping>> payloads,
            DeferredHandle caseOf,
            DeferredHandle payload,
            List<DeferredHandle> constructors)
            implements Mapping {
        @Override
        public Class<?> carrier() {
            return Object.class;
        }
    }
}
