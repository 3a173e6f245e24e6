package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.ValuesWorld.BufferGuest;
import infrarust.wasm.component.ValuesWorld.Color;
import infrarust.wasm.component.ValuesWorld.Everything;
import infrarust.wasm.component.ValuesWorld.Guest;
import infrarust.wasm.component.ValuesWorld.Host;
import infrarust.wasm.component.ValuesWorld.Pair;
import infrarust.wasm.component.ValuesWorld.Rights;
import infrarust.wasm.component.ValuesWorld.Shape;
import infrarust.wasm.component.bind.Result;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of every type travel to a guest and back, in each of the three string encodings. */
@ParameterizedClass
@ValueSource(strings = {"values", "values-utf16", "values-latin1"})
class ValuesTest {

    private static CoreEngine engine;

    @Parameter
    String file;

    private ComponentInstance instance;
    private Guest guest;
    private final Recorder host = new Recorder();

    @BeforeAll
    static void open() {
        engine = Engines.chicory();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @BeforeEach
    void start() {
        Component component = Component.compile(engine, Resources.bytes(file + ".wasm"));
        instance = component.instantiate(
                Imports.with(MethodHandles.lookup()).provide(Host.class, host), CoreLimits.defaults());
        guest = instance.bind(Guest.class);
    }

    @AfterEach
    void stop() {
        instance.close();
    }

    /** Remembers what it was given and gives it back. */
    private static final class Recorder implements Host {
        final List<Object> seen = new ArrayList<>();

        @Override
        public Everything takeEverything(Everything all) {
            seen.add(all);
            return all;
        }

        @Override
        public Shape takeShape(Shape value) {
            seen.add(value);
            return value;
        }

        @Override
        public void takeScalars(
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
                Color o) {
            seen.addAll(Arrays.asList(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o));
        }

        @Override
        public int number(int value) {
            return value + 65_530;
        }
    }

    private static Everything everything(String text, Shape shape) {
        return new Everything(
                true,
                (byte) -128,
                255,
                (short) -32_768,
                65_535,
                Integer.MIN_VALUE,
                -1,
                Long.MIN_VALUE,
                -1L,
                -0.0f,
                Math.PI,
                0x1f600,
                text,
                new byte[] {0, 1, -1},
                List.of(0, 65_535),
                List.of("", text, "z"),
                new Pair(7, text),
                shape,
                List.of(
                        shape,
                        new Shape.None(),
                        new Shape.Side(-1),
                        new Shape.Ratio(1.5f),
                        new Shape.Name(text),
                        new Shape.Exact(-2.25),
                        new Shape.Painted(Color.BLUE)),
                Color.GREEN,
                EnumSet.of(Rights.READ, Rights.RUN),
                OptionalInt.of(-1),
                Optional.of(text),
                Result.err(text),
                Result.ok());
    }

    private static void assertSame(Everything actual, Everything expected) {
        assertThat(actual.bytes()).isEqualTo(expected.bytes());
        assertThat(actual).usingRecursiveComparison().ignoringFields("bytes").isEqualTo(expected);
    }

    @Test
    void a_record_of_all_types_goes_through_memory_and_back() {
        for (String text : List.of("", "plain", "Grüße", "ünïcødé☃😀\0")) {
            for (int i = 0; i < 3; i++) {
                Everything value = everything(text, new Shape.Name(text));
                assertSame(guest.echo(value), value);
            }
        }
    }

    @Test
    void a_record_of_all_types_reaches_the_host_and_returns() {
        Everything value = everything("Grüße ☃", new Shape.Painted(Color.RED));
        assertSame(guest.askEverything(value), value);
        assertSame((Everything) host.seen.getFirst(), value);
    }

    @Test
    void absent_options_and_the_other_side_of_results_are_kept() {
        Everything some = everything("x", new Shape.None());
        Everything value = new Everything(
                false,
                some.tiny(),
                some.small(),
                some.brief(),
                some.wide(),
                some.signed(),
                some.unsigned(),
                some.far(),
                some.huge(),
                some.half(),
                some.whole(),
                some.letter(),
                "",
                new byte[0],
                List.of(),
                List.of(),
                some.pair(),
                some.shape(),
                List.of(),
                Color.RED,
                Set.of(),
                OptionalInt.empty(),
                Optional.empty(),
                Result.ok(5L),
                Result.err());
        assertSame(guest.echo(value), value);
    }

    @Test
    void each_case_of_a_variant_travels_in_joined_flat_values() {
        List<Shape> shapes = List.of(
                new Shape.None(),
                new Shape.Side(0x8000_0000_0000_0001L),
                new Shape.Ratio(-3.5f),
                new Shape.Name("näm☃"),
                new Shape.Exact(Double.MIN_VALUE),
                new Shape.Painted(Color.GREEN));
        for (Shape shape : shapes) {
            assertThat(guest.askShape(shape)).isEqualTo(shape);
        }
        assertThat(host.seen).isEqualTo(shapes);
    }

    @Test
    void sixteen_flat_parameters_travel_in_registers() {
        guest.askScalars(
                true,
                (byte) -1,
                200,
                (short) -2,
                60_000,
                -3,
                -4,
                -5L,
                -6L,
                0.5f,
                0.25,
                'ß',
                "text ☃",
                EnumSet.of(Rights.CHANGE),
                Color.BLUE);
        assertThat(host.seen)
                .containsExactly(
                        true,
                        (byte) -1,
                        200,
                        (short) -2,
                        60_000,
                        -3,
                        -4,
                        -5L,
                        -6L,
                        0.5f,
                        0.25,
                        (int) 'ß',
                        "text ☃",
                        EnumSet.of(Rights.CHANGE),
                        Color.BLUE);
    }

    @Test
    void single_values_come_back() {
        assertThat(guest.echoBool(true)).isTrue();
        assertThat(guest.echoS8((byte) -7)).isEqualTo((byte) -7);
        assertThat(guest.echoU8(255)).isEqualTo(255);
        assertThat(guest.echoS64(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(guest.echoF32(1.25f)).isEqualTo(1.25f);
        assertThat(guest.echoF64(-0.0)).isEqualTo(-0.0);
        assertThat(guest.echoChar(0x10ffff)).isEqualTo(0x10ffff);
        assertThat(guest.echoColor(Color.BLUE)).isEqualTo(Color.BLUE);
        assertThat(guest.echoRights(EnumSet.allOf(Rights.class))).isEqualTo(EnumSet.allOf(Rights.class));
        assertThat(guest.askNumber(5)).isEqualTo(65_535);
    }

    @Test
    void a_nan_is_made_canonical() {
        float strange = Float.intBitsToFloat(0x7fa0_0001);
        assertThat(Float.floatToRawIntBits(guest.echoF32(strange))).isEqualTo(0x7fc0_0000);
        double stranger = Double.longBitsToDouble(0x7ff0_0000_0000_0001L);
        assertThat(Double.doubleToRawLongBits(guest.echoF64(stranger))).isEqualTo(0x7ff8_0000_0000_0000L);
    }

    @Test
    void bytes_go_in_from_an_array_or_a_buffer_whose_position_stays() {
        assertThat(guest.sumBytes(new byte[] {1, 2, -1})).isEqualTo(258);
        BufferGuest buffers = instance.bind(BufferGuest.class);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(8).put(new byte[] {9, 1, 2, 3, 9}).flip();
        direct.position(1).limit(4);
        assertThat(buffers.sumBytes(direct)).isEqualTo(6);
        assertThat(direct.position()).isEqualTo(1);
    }

    @Test
    void a_value_that_its_type_does_not_hold_is_refused_and_the_instance_goes_on() {
        assertThatThrownBy(() -> guest.echoU8(256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("u8");
        assertThatThrownBy(() -> guest.echoChar(0xd800)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> guest.askNumber(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> guest.askShape(new Shape.Name(nothing()))).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> guest.askShape(nothing())).isInstanceOf(NullPointerException.class);
        assertThat(instance.isPoisoned()).isFalse();
        assertThat(guest.echoU8(1)).isEqualTo(1);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals", "ReturnsNullForNonNull"})
    private static <T> T nothing() {
        return null;
    }

    @Test
    void a_host_value_that_its_type_does_not_hold_ends_the_call_with_the_reason() {
        assertThatThrownBy(() -> guest.askNumber(60_000))
                .isInstanceOf(infrarust.wasm.spi.CoreTrap.HostFailure.class)
                .hasRootCauseMessage("125530 does not fit a u16");
        assertThat(instance.isPoisoned()).isTrue();
        assertThatThrownBy(() -> guest.echoU8(1)).isInstanceOf(infrarust.wasm.spi.CoreTrap.Poisoned.class);
    }
}
