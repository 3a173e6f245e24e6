package infrarust.proxy.protocol;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * How a value lies on the wire. A packet's layout is one expression of pairs of (type, accessor) with the constructor at the
 * end, so that reading and writing cannot drift apart. For packets that the proxy itself reads or writes, which are few per
 * connection: values are boxed.
 *
 * @param <T> the value
 */
public interface Layout<T> {

    /** VarInt. */
    Layout<Integer> VAR_INT = of(Wire::writeVarInt, Wire::readVarInt);
    /** One byte, anything but 0 is true. */
    Layout<Boolean> BOOLEAN = of(ByteBuf::writeBoolean, in -> {
        Wire.need(in, 1);
        return in.readBoolean();
    });
    /** Unsigned byte. */
    Layout<Integer> UNSIGNED_BYTE = of((out, value) -> out.writeByte(value), in -> {
        Wire.need(in, 1);
        return (int) in.readUnsignedByte();
    });
    /** Unsigned 16-bit number. */
    Layout<Integer> UNSIGNED_SHORT = of((out, value) -> out.writeShort(value), in -> {
        Wire.need(in, 2);
        return in.readUnsignedShort();
    });
    /** Signed 32-bit number. */
    Layout<Integer> INT = of(ByteBuf::writeInt, in -> {
        Wire.need(in, 4);
        return in.readInt();
    });
    /** Signed 64-bit number. */
    Layout<Long> LONG = of(ByteBuf::writeLong, in -> {
        Wire.need(in, 8);
        return in.readLong();
    });
    /** 32-bit floating point. */
    Layout<Float> FLOAT = of(ByteBuf::writeFloat, in -> {
        Wire.need(in, 4);
        return in.readFloat();
    });
    /** 64-bit floating point. */
    Layout<Double> DOUBLE = of(ByteBuf::writeDouble, in -> {
        Wire.need(in, 8);
        return in.readDouble();
    });
    /** UUID as 16 bytes. */
    Layout<UUID> UUID_BINARY = of(Wire::writeUuid, Wire::readUuid);
    /** UUID as text with dashes. */
    Layout<UUID> UUID_DASHED = string(36).map(Layout::parseUuid, UUID::toString);
    /** UUID as text of 32 digits. */
    Layout<UUID> UUID_UNDASHED =
            string(36).map(Layout::parseUuid, uuid -> uuid.toString().replace("-", ""));
    /** All bytes that are left. */
    Layout<byte[]> REST = of((out, value) -> out.writeBytes(value), Wire::readRest);

    /** Writes the value. */
    void write(ByteBuf out, T value);

    /**
     * Reads a value and leaves the reader index behind it.
     *
     * @throws MalformedPacketException when the bytes are not this layout
     */
    T read(ByteBuf in);

    /** A string of at most that many UTF-16 units. */
    static Layout<String> string(int maxLength) {
        return of(Wire::writeString, in -> Wire.readString(in, maxLength));
    }

    /** A byte array after its length as a VarInt. */
    static Layout<byte[]> bytes(int maxLength) {
        return of(Wire::writeBytes, in -> Wire.readBytes(in, maxLength));
    }

    /** Exactly that many bytes, without a length. */
    static Layout<byte[]> fixedBytes(int length) {
        return of((out, value) -> out.writeBytes(value), in -> Wire.readBytes(in, length, length));
    }

    /** A byte array after its length as a signed 16-bit number, as 1.7 has it. */
    static Layout<byte[]> shortBytes(int maxLength) {
        return of(
                (out, value) -> {
                    out.writeShort(value.length);
                    out.writeBytes(value);
                },
                in -> Wire.readBytes(in, UNSIGNED_SHORT.read(in), maxLength));
    }

    /** This type after a boolean that says whether it is there. */
    default Layout<Optional<T>> optional() {
        return of(
                (out, value) -> {
                    out.writeBoolean(value.isPresent());
                    value.ifPresent(present -> write(out, present));
                },
                in -> BOOLEAN.read(in) ? Optional.of(read(in)) : Optional.empty());
    }

    /** Any number of this type, up to {@code maxLength}, after their count as a VarInt. */
    default Layout<List<T>> list(int maxLength) {
        return of(
                (out, values) -> {
                    Wire.writeVarInt(out, values.size());
                    values.forEach(value -> write(out, value));
                },
                in -> {
                    int count = Wire.readVarInt(in);
                    if (count < 0 || count > maxLength) {
                        throw new MalformedPacketException("List of " + count + " where " + maxLength + " are allowed");
                    }
                    // Grows with what is really there, not with what the peer declares.
                    var values = new ArrayList<T>();
                    for (int i = 0; i < count; i++) {
                        values.add(read(in));
                    }
                    return List.copyOf(values);
                });
    }

    /** The same bytes as another Java value. */
    default <R> Layout<R> map(Function<T, R> from, Function<R, T> to) {
        return of((out, value) -> write(out, to.apply(value)), in -> from.apply(read(in)));
    }

    /** A layout of a pair of functions. */
    static <T> Layout<T> of(Writer<T> writer, Reader<T> reader) {
        return new Layout<>() {
            @Override
            public void write(ByteBuf out, T value) {
                writer.write(out, value);
            }

            @Override
            public T read(ByteBuf in) {
                return reader.read(in);
            }
        };
    }

    /** Nothing on the wire; reading gives the value. */
    static <T> Layout<T> absent(T value) {
        return of((out, ignored) -> {}, in -> value);
    }

    /** One field. */
    static <T, A> Layout<T> fields(Layout<A> a, Function<T, A> getA, Function<A, T> make) {
        return of((out, value) -> a.write(out, getA.apply(value)), in -> make.apply(a.read(in)));
    }

    /** Two fields in their order on the wire. */
    static <T, A, B> Layout<T> fields(
            Layout<A> a, Function<T, A> getA, Layout<B> b, Function<T, B> getB, Make2<A, B, T> make) {
        return of(
                (out, value) -> {
                    a.write(out, getA.apply(value));
                    b.write(out, getB.apply(value));
                },
                in -> make.of(a.read(in), b.read(in)));
    }

    /** Three fields in their order on the wire. */
    static <T, A, B, C> Layout<T> fields(
            Layout<A> a,
            Function<T, A> getA,
            Layout<B> b,
            Function<T, B> getB,
            Layout<C> c,
            Function<T, C> getC,
            Make3<A, B, C, T> make) {
        return of(
                (out, value) -> {
                    a.write(out, getA.apply(value));
                    b.write(out, getB.apply(value));
                    c.write(out, getC.apply(value));
                },
                in -> make.of(a.read(in), b.read(in), c.read(in)));
    }

    /** Four fields in their order on the wire. */
    static <T, A, B, C, D> Layout<T> fields(
            Layout<A> a,
            Function<T, A> getA,
            Layout<B> b,
            Function<T, B> getB,
            Layout<C> c,
            Function<T, C> getC,
            Layout<D> d,
            Function<T, D> getD,
            Make4<A, B, C, D, T> make) {
        return of(
                (out, value) -> {
                    a.write(out, getA.apply(value));
                    b.write(out, getB.apply(value));
                    c.write(out, getC.apply(value));
                    d.write(out, getD.apply(value));
                },
                in -> make.of(a.read(in), b.read(in), c.read(in), d.read(in)));
    }

    /** Five fields in their order on the wire. */
    static <T, A, B, C, D, E> Layout<T> fields(
            Layout<A> a,
            Function<T, A> getA,
            Layout<B> b,
            Function<T, B> getB,
            Layout<C> c,
            Function<T, C> getC,
            Layout<D> d,
            Function<T, D> getD,
            Layout<E> e,
            Function<T, E> getE,
            Make5<A, B, C, D, E, T> make) {
        return of(
                (out, value) -> {
                    a.write(out, getA.apply(value));
                    b.write(out, getB.apply(value));
                    c.write(out, getC.apply(value));
                    d.write(out, getD.apply(value));
                    e.write(out, getE.apply(value));
                },
                in -> make.of(a.read(in), b.read(in), c.read(in), d.read(in), e.read(in)));
    }

    private static UUID parseUuid(String text) {
        String digits = text.replace("-", "");
        if (digits.length() != 32) {
            throw new MalformedPacketException("UUID of " + digits.length() + " digits");
        }
        try {
            return new UUID(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16));
        } catch (NumberFormatException notHexadecimal) {
            throw new MalformedPacketException("UUID with a digit that is not hexadecimal");
        }
    }

    /** Writes one value. */
    @FunctionalInterface
    interface Writer<T> {
        /** Writes the value. */
        void write(ByteBuf out, T value);
    }

    /** Reads one value. */
    @FunctionalInterface
    interface Reader<T> {
        /** Reads the value. */
        T read(ByteBuf in);
    }

    /** A constructor of two. */
    @FunctionalInterface
    interface Make2<A, B, T> {
        /** Makes the value. */
        T of(A a, B b);
    }

    /** A constructor of three. */
    @FunctionalInterface
    interface Make3<A, B, C, T> {
        /** Makes the value. */
        T of(A a, B b, C c);
    }

    /** A constructor of four. */
    @FunctionalInterface
    interface Make4<A, B, C, D, T> {
        /** Makes the value. */
        T of(A a, B b, C c, D d);
    }

    /** A constructor of five. */
    @FunctionalInterface
    interface Make5<A, B, C, D, E, T> {
        /** Makes the value. */
        T of(A a, B b, C c, D d, E e);
    }
}
