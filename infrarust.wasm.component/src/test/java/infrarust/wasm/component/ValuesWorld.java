package infrarust.wasm.component;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The world {@code test:values}, which the components {@code values*.wasm} implement. */
final class ValuesWorld {

    private ValuesWorld() {}

    enum Color {
        RED,
        GREEN,
        BLUE
    }

    /** In another order than the WIT, and with a name of its own: only the labels count. */
    enum Rights {
        RUN,
        READ,
        @WitName("write")
        CHANGE
    }

    sealed interface Shape {
        record None() implements Shape {}

        record Side(long length) implements Shape {}

        record Ratio(float value) implements Shape {}

        record Name(String text) implements Shape {}

        record Exact(double value) implements Shape {}

        @WitName("paint")
        record Painted(Color color) implements Shape {}
    }

    record Pair(int number, String text) {}

    @SuppressWarnings("ArrayRecordComponent") // list<u8> is byte[] in Java; tests compare the bytes
    record Everything(
            boolean flag,
            byte tiny,
            int small,
            @WitName("short") short brief,
            int wide,
            int signed,
            int unsigned,
            @WitName("long") long far,
            long huge,
            @WitName("single") float half,
            @WitName("double") double whole,
            int letter,
            String text,
            byte[] bytes,
            List<Integer> numbers,
            List<String> names,
            Pair pair,
            Shape shape,
            List<Shape> shapes,
            Color color,
            Set<Rights> rights,
            OptionalInt maybe,
            Optional<String> maybeName,
            Result<Long, String> outcome,
            Result<Unit, Unit> plainOutcome) {}

    /** An older patch than the components import: compatible by its annotation. */
    @WitInterface(value = "test:values/host@1.0.7", versions = WitInterface.Versions.COMPATIBLE)
    interface Host {
        Everything takeEverything(Everything all);

        Shape takeShape(Shape value);

        void takeScalars(
                boolean a,
                byte b,
                int c,
                short d,
                int e,
                int f,
                int g,
                long h,
                long i,
                float j,
                double k,
                int l,
                String m,
                Set<Rights> n,
                Color o);

        int number(int value);

        /** Nobody imports this; an offer may hold more than is asked for. */
        default void unasked() {}
    }

    @WitInterface("test:values/guest@1.2.0")
    interface Guest {
        Everything echo(Everything all);

        Everything askEverything(Everything all);

        Shape askShape(Shape value);

        void askScalars(
                boolean a,
                byte b,
                int c,
                short d,
                int e,
                int f,
                int g,
                long h,
                long i,
                float j,
                double k,
                int l,
                String m,
                Set<Rights> n,
                Color o);

        int askNumber(int value);

        boolean echoBool(boolean value);

        byte echoS8(byte value);

        int echoU8(int value);

        long echoS64(long value);

        float echoF32(float value);

        double echoF64(double value);

        int echoChar(int value);

        Color echoColor(Color value);

        Set<Rights> echoRights(Set<Rights> value);

        int sumBytes(byte[] bytes);
    }

    /** The same function with the other Java type for bytes. */
    @WitInterface("test:values/guest@1.2.0")
    interface BufferGuest {
        int sumBytes(java.nio.ByteBuffer bytes);
    }
}
