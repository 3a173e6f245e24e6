package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.value.HostInterface;
import infrarust.wasm.component.value.Value;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreTrap;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions are called and offered by name, with values for which there are no Java types. */
@ParameterizedClass
@ValueSource(strings = {"values", "values-utf16", "values-latin1"})
class DynamicValuesTest {

    private static final String GUEST = "test:values/guest@1.2.0";

    private static CoreEngine engine;

    @Parameter
    String file;

    private ComponentInstance instance;

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
        HostInterface host = new HostInterface()
                .function("take-everything", arguments -> Optional.of(arguments.getFirst()))
                .function("take-shape", arguments -> Optional.of(arguments.getFirst()))
                .function("take-scalars", _ -> Optional.empty())
                .function("number", _ -> Optional.of(new Value.Text("no number")));
        // Another patch of the same track fits.
        Imports imports = Imports.with(MethodHandles.lookup()).provide("test:values/host@1.0.7", host);
        instance =
                Component.compile(engine, Resources.bytes(file + ".wasm")).instantiate(imports, CoreLimits.defaults());
    }

    @AfterEach
    void end() {
        instance.close();
    }

    private Optional<Value> call(String function, Value... arguments) {
        return instance.function(GUEST, function).call(arguments);
    }

    private static Value everything() {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("flag", new Value.Bool(true));
        fields.put("tiny", new Value.S8((byte) -3));
        fields.put("small", new Value.U8(200));
        fields.put("short", new Value.S16((short) -3000));
        fields.put("wide", new Value.U16(60_000));
        fields.put("signed", new Value.S32(-1));
        fields.put("unsigned", new Value.U32(-1));
        fields.put("long", new Value.S64(Long.MIN_VALUE));
        fields.put("huge", new Value.U64(-1));
        fields.put("single", new Value.F32(1.5f));
        fields.put("double", new Value.F64(Double.NaN));
        fields.put("letter", new Value.Char(0x1f600));
        fields.put("text", new Value.Text("grün, 綠, 😀"));
        fields.put("bytes", Value.ListOf.of(new Value.U8(0), new Value.U8(255)));
        fields.put("numbers", Value.ListOf.of(new Value.U16(1), new Value.U16(65_535)));
        fields.put("names", Value.ListOf.of(new Value.Text("a"), new Value.Text("")));
        fields.put("pair", Value.Tuple.of(new Value.U8(7), new Value.Text("seven")));
        fields.put("shape", new Value.Variant("ratio", Optional.of(new Value.F32(0.25f))));
        fields.put(
                "shapes",
                Value.ListOf.of(
                        new Value.Variant("none", Optional.empty()),
                        new Value.Variant("name", Optional.of(new Value.Text("n"))),
                        new Value.Variant("paint", Optional.of(new Value.Enumeration("blue")))));
        fields.put("color", new Value.Enumeration("green"));
        fields.put("rights", Value.Flags.of("read", "run"));
        fields.put("maybe", Value.Option.some(new Value.U32(5)));
        fields.put("maybe-name", Value.Option.none());
        fields.put("outcome", new Value.Err(Optional.of(new Value.Text("failed"))));
        fields.put("plain-outcome", new Value.Ok(Optional.empty()));
        return new Value.RecordOf(fields);
    }

    @Test
    void every_type_travels_to_the_guest_and_back() {
        assertThat(call("echo", everything())).contains(everything());
    }

    @Test
    void every_type_travels_to_a_host_function_and_back() {
        assertThat(call("ask-everything", everything())).contains(everything());
    }

    @Test
    void values_in_registers_travel_too() {
        assertThat(call("echo-color", new Value.Enumeration("blue"))).contains(new Value.Enumeration("blue"));
        assertThat(call("echo-rights", Value.Flags.of("write"))).contains(Value.Flags.of("write"));
        assertThat(call("echo-s8", new Value.S8((byte) -128))).contains(new Value.S8((byte) -128));
        Value shape = new Value.Variant("exact", Optional.of(new Value.F64(-0.5)));
        assertThat(call("ask-shape", shape)).contains(shape);
    }

    @Test
    void a_function_says_what_it_takes() {
        ComponentFunction function = instance.function(GUEST, "echo-u8");
        assertThat(function.type()).hasToString("func(value: u8) -> u8");
    }

    @Test
    void a_value_of_another_type_is_refused_and_nothing_happens() {
        assertThatThrownBy(() -> call("echo-u8", new Value.U16(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("u8");
        assertThatThrownBy(() -> call("echo-color", new Value.Enumeration("pink")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("enum { red, green, blue }");
        assertThatThrownBy(() -> call("ask-shape", new Value.Variant("side", Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("side");
        assertThatThrownBy(() -> call("echo-u8"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 arguments");
        assertThat(call("echo-u8", new Value.U8(1))).contains(new Value.U8(1));
    }

    @Test
    void a_host_function_that_answers_another_type_ends_the_call() {
        assertThatThrownBy(() -> call("ask-number", new Value.U16(1)))
                .isInstanceOf(CoreTrap.HostFailure.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_function_that_is_not_exported_is_answered_with_those_that_are() {
        assertThatThrownBy(() -> instance.function(GUEST, "sing"))
                .isInstanceOf(ComponentException.class)
                .hasMessageContainingAll("'sing'", "echo-color");
        assertThatThrownBy(() -> instance.function("echo"))
                .isInstanceOf(ComponentException.class)
                .hasMessageContaining(GUEST);
    }

    @Test
    void numbers_out_of_range_are_no_values() {
        assertThat(List.<Runnable>of(() -> new Value.U8(256), () -> new Value.U16(-1), () -> new Value.Char(0xd800)))
                .allSatisfy(value -> assertThatThrownBy(value::run).isInstanceOf(IllegalArgumentException.class));
    }
}
