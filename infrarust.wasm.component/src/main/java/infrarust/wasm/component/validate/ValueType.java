package infrarust.wasm.component.validate;

import infrarust.wasm.component.type.WitType.Primitive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value type: what it is, its labels, its parts. One shape for all kinds, since every rule but a few treats them alike.
 * Immutable.
 */
public final class ValueType implements Type {

    /** What a value type is. */
    public enum Kind {
        NONE("no type"),
        PRIMITIVE("a primitive type"),
        RECORD("a record"),
        VARIANT("a variant"),
        LIST("a list"),
        FIXED_LIST("a list of fixed length"),
        MAP("a map"),
        TUPLE("a tuple"),
        FLAGS("flags"),
        ENUM("an enum"),
        OPTION("an option"),
        RESULT("a result"),
        OWN("own"),
        BORROW("borrow"),
        STREAM("a stream"),
        FUTURE("a future");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        /** Whether source languages need a name for such a type, so that it has to be visible from outside. */
        boolean isNamed() {
            return this == RECORD || this == VARIANT || this == FLAGS || this == ENUM;
        }
    }

    /** Stands where a case, a result or an element has no type. */
    public static final ValueType NONE = new ValueType(Kind.NONE, null, List.of(), List.of(), null, 0, null);

    private final Kind kind;
    private final @Nullable Primitive primitive;
    private final List<String> labels;
    private final List<ValueType> parts;
    private final @Nullable ResourceReference resource;
    private final int length;
    private final @Nullable ValueType origin;

    private final boolean resources;
    private final boolean names;
    private final boolean borrows;
    private final boolean pointers;
    private final int depth;
    private final long weight;
    private final long size;
    private final int alignment;

    private ValueType(
            Kind kind,
            @Nullable Primitive primitive,
            List<String> labels,
            List<ValueType> parts,
            @Nullable ResourceReference resource,
            int length,
            @Nullable ValueType origin) {
        this.origin = origin;
        this.kind = kind;
        this.primitive = primitive;
        this.labels = labels;
        this.parts = parts;
        this.resource = resource;
        this.length = length;
        boolean anyResource = resource != null;
        boolean anyName = resource != null || kind.isNamed() || origin != null;
        boolean anyBorrow = kind == Kind.BORROW;
        boolean anyPointer = kind == Kind.LIST || kind == Kind.MAP || primitive == Primitive.STRING;
        int deepest = 0;
        long heaviest = 1;
        for (int i = 0; i < parts.size(); i++) {
            ValueType part = parts.get(i);
            anyResource |= part.resources;
            anyName |= part.names;
            anyBorrow |= part.borrows;
            anyPointer |= part.pointers;
            deepest = Math.max(deepest, part.depth);
            heaviest += part.weight;
        }
        this.resources = anyResource;
        this.names = anyName;
        this.borrows = anyBorrow;
        // What flows through a stream or future later is not part of the value.
        this.pointers = anyPointer && kind != Kind.STREAM && kind != Kind.FUTURE;
        this.depth = deepest + 1;
        this.weight = heaviest;
        this.alignment = Sizes.alignment(this);
        this.size = Sizes.size(this);
    }

    /** Another name of a type. What was computed of its parts holds for it too: they may be many, and the names as well. */
    private ValueType(ValueType origin) {
        this.origin = origin;
        this.kind = origin.kind;
        this.primitive = origin.primitive;
        this.labels = origin.labels;
        this.parts = origin.parts;
        this.resource = origin.resource;
        this.length = origin.length;
        this.resources = origin.resources;
        this.names = true;
        this.borrows = origin.borrows;
        this.pointers = origin.pointers;
        this.depth = origin.depth;
        this.weight = origin.weight;
        this.alignment = origin.alignment;
        this.size = origin.size;
    }

    static ValueType primitive(Primitive primitive) {
        return new ValueType(Kind.PRIMITIVE, primitive, List.of(), List.of(), null, 0, null);
    }

    static ValueType handle(Kind kind, ResourceReference resource) {
        return new ValueType(kind, null, List.of(), List.of(), resource, 0, null);
    }

    static ValueType of(Kind kind, List<String> labels, List<ValueType> parts) {
        return new ValueType(kind, null, labels, parts, null, 0, null);
    }

    static ValueType fixedList(ValueType element, int length) {
        return new ValueType(Kind.FIXED_LIST, null, List.of(), List.of(element), null, length, null);
    }

    /** The same type under another name. */
    ValueType renamed() {
        return new ValueType(this);
    }

    /** The same type made of other parts. */
    ValueType with(
            List<ValueType> otherParts, @Nullable ResourceReference otherResource, @Nullable ValueType otherOrigin) {
        return new ValueType(kind, primitive, labels, otherParts, otherResource, length, otherOrigin);
    }

    /** The type that this is another name of, if it is one. */
    public @Nullable ValueType origin() {
        return origin;
    }

    public Kind kind() {
        return kind;
    }

    public @Nullable Primitive primitive() {
        return primitive;
    }

    /** Names of fields, cases or flags, in order. */
    public List<String> labels() {
        return labels;
    }

    /** Types of fields, cases (or {@link #NONE}), elements, the element, the payload, or of ok and error. */
    public List<ValueType> parts() {
        return parts;
    }

    public @Nullable ResourceReference resource() {
        return resource;
    }

    public int length() {
        return length;
    }

    boolean borrows() {
        return borrows;
    }

    /** Whether a list or string occurs in it, so that values need memory besides their own. */
    boolean pointers() {
        return pointers;
    }

    /** Levels of types within types. */
    int depth() {
        return depth;
    }

    /** Parts, counted as often as they occur. */
    public long weight() {
        return weight;
    }

    /** Bytes in a linear memory with 64-bit addresses, by which the size of types is limited; more than the limit means more. */
    long size() {
        return size;
    }

    int alignment() {
        return alignment;
    }

    @Override
    public boolean mentionsResources() {
        return resources;
    }

    @Override
    public boolean mentionsNames() {
        return names;
    }

    @Override
    public String words() {
        if (kind == Kind.FIXED_LIST) {
            return "a list of " + length + " elements";
        }
        return kind == Kind.PRIMITIVE && primitive != null ? primitive.toString() : kind.words();
    }
}
