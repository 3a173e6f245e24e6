package infrarust.wasm.component.type;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A value type of WIT. Types are structural: two records with equal fields are the same type, whatever they were called where
 * they were declared; only resources have an identity ({@link ResourceType}). {@code toString} spells the type as WIT.
 *
 * <p>Rules: Component Model, Explainer.md, "Type Definitions". Asynchronous types (stream, future, error-context) do not exist
 * here. A component may define streams and futures for its built-ins; a value type or function that refers to one is refused.
 * Error contexts are refused wherever they are met.
 */
public sealed interface WitType {

    /** The types that this one is made of, in order: what a case, success or failure has none of is left out. */
    default List<WitType> parts() {
        return List.of();
    }

    /** Whether this type, or one that it is made of at whatever depth, is such a type. */
    default boolean contains(Predicate<? super WitType> wanted) {
        return wanted.test(this) || parts().stream().anyMatch(part -> part.contains(wanted));
    }

    /** The types without parts. */
    enum Primitive implements WitType {
        BOOL,
        S8,
        U8,
        S16,
        U16,
        S32,
        U32,
        S64,
        U64,
        F32,
        F64,
        CHAR,
        STRING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Any number of elements. */
    record ListOf(WitType element) implements WitType {
        @Override
        public List<WitType> parts() {
            return List.of(element);
        }

        @Override
        public String toString() {
            return "list<" + element + ">";
        }
    }

    /**
     * As many elements as the type says.
     *
     * @param length at least 1
     */
    record FixedListOf(WitType element, int length) implements WitType {
        @Override
        public List<WitType> parts() {
            return List.of(element);
        }

        @Override
        public String toString() {
            return "list<" + element + ", " + Integer.toUnsignedString(length) + ">";
        }
    }

    /** Values by key; what crosses is a list of pairs, in which the last of several equal keys counts. */
    record MapOf(WitType key, WitType value) implements WitType {

        /** A pair of the list that crosses. */
        public Tuple entry() {
            return new Tuple(List.of(key, value));
        }

        @Override
        public List<WitType> parts() {
            return List.of(key, value);
        }

        @Override
        public String toString() {
            return "map<" + key + ", " + value + ">";
        }
    }

    /** Named fields in a fixed order; at least one. */
    record RecordOf(List<Field> fields) implements WitType {
        public RecordOf {
            fields = List.copyOf(fields);
        }

        @Override
        public List<WitType> parts() {
            return fields.stream().map(Field::type).toList();
        }

        @Override
        public String toString() {
            return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "record { ", " }"));
        }
    }

    /** One field of a record. */
    record Field(String name, WitType type) {
        @Override
        public String toString() {
            return name + ": " + type;
        }
    }

    /** Unnamed values in a fixed order; at least one. */
    record Tuple(List<WitType> elements) implements WitType {
        public Tuple {
            elements = List.copyOf(elements);
        }

        @Override
        public List<WitType> parts() {
            return elements;
        }

        @Override
        public String toString() {
            return elements.stream().map(WitType::toString).collect(Collectors.joining(", ", "tuple<", ">"));
        }
    }

    /** One of several named cases; at least one. */
    record Variant(List<Case> cases) implements WitType {
        public Variant {
            cases = List.copyOf(cases);
        }

        @Override
        public List<WitType> parts() {
            return cases.stream().flatMap(c -> c.payload().stream()).toList();
        }

        @Override
        public String toString() {
            return cases.stream().map(Case::toString).collect(Collectors.joining(", ", "variant { ", " }"));
        }
    }

    /** One case of a variant. */
    record Case(String name, Optional<WitType> payload) {
        @Override
        public String toString() {
            return payload.map(type -> name + "(" + type + ")").orElse(name);
        }
    }

    /** One of several names; at least one. */
    record Enumeration(List<String> labels) implements WitType {
        public Enumeration {
            labels = List.copyOf(labels);
        }

        @Override
        public String toString() {
            return "enum { " + String.join(", ", labels) + " }";
        }
    }

    /** Nothing or one value. */
    record Option(WitType some) implements WitType {
        @Override
        public List<WitType> parts() {
            return List.of(some);
        }

        @Override
        public String toString() {
            return "option<" + some + ">";
        }
    }

    /** Success or failure, each with or without a value. */
    record Result(Optional<WitType> ok, Optional<WitType> error) implements WitType {
        @Override
        public List<WitType> parts() {
            return Stream.concat(ok.stream(), error.stream()).toList();
        }

        @Override
        public String toString() {
            if (ok.isEmpty() && error.isEmpty()) {
                return "result";
            }
            String first = ok.map(WitType::toString).orElse("_");
            return error.map(type -> "result<" + first + ", " + type + ">").orElse("result<" + first + ">");
        }
    }

    /** Any subset of the labels; 1 to 32 of them. */
    record Flags(List<String> labels) implements WitType {
        public Flags {
            labels = List.copyOf(labels);
        }

        @Override
        public String toString() {
            return "flags { " + String.join(", ", labels) + " }";
        }
    }

    /** A resource that changes hands. */
    record Own(ResourceType resource) implements WitType {
        @Override
        public String toString() {
            return resource.toString();
        }
    }

    /** A resource that is lent for the time of a call. */
    record Borrow(ResourceType resource) implements WitType {
        @Override
        public String toString() {
            return "borrow<" + resource + ">";
        }
    }
}
