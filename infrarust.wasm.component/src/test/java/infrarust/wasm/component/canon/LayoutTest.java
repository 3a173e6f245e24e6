package infrarust.wasm.component.canon;

import static infrarust.wasm.spi.CoreValueType.F32;
import static infrarust.wasm.spi.CoreValueType.F64;
import static infrarust.wasm.spi.CoreValueType.I32;
import static infrarust.wasm.spi.CoreValueType.I64;
import static org.assertj.core.api.Assertions.assertThat;

import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.WitType;
import infrarust.wasm.component.type.WitType.Primitive;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreValueType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Sizes, offsets and core signatures as the plugin contract 0.2.3 has them, computed there by another implementation. */
class LayoutTest {

    private static final WitType STRING = Primitive.STRING;
    private static final WitType STRINGS = new WitType.ListOf(STRING);

    private static WitType record(WitType... types) {
        return new WitType.RecordOf(IntStream.range(0, types.length)
                .mapToObj(i -> new WitType.Field("f" + i, types[i]))
                .toList());
    }

    private static WitType variant(WitType... payloads) {
        return new WitType.Variant(Arrays.stream(payloads)
                .map(p -> new WitType.Case("c", Optional.of(p).filter(t -> !t.equals(NO_PAYLOAD))))
                .toList());
    }

    private static final WitType NO_PAYLOAD = new WitType.Tuple(List.of());

    private static WitType option(WitType some) {
        return new WitType.Option(some);
    }

    private static void assertLayout(WitType type, int size, int alignment, CoreValueType... flat) {
        assertThat(Layout.size(type)).isEqualTo(size);
        assertThat(Layout.alignment(type)).isEqualTo(alignment);
        assertThat(Layout.flatten(type)).containsExactly(flat);
    }

    @Nested
    class Types {

        @Test
        void a_ban_entry_mixes_options_and_a_variant() {
            WitType target = variant(STRING, STRING, STRING);
            assertLayout(target, 12, 4, I32, I32, I32);
            WitType entry = record(target, option(STRING), option(Primitive.U64), Primitive.U64, STRING);
            assertLayout(entry, 56, 8, I32, I32, I32, I32, I32, I32, I32, I64, I64, I32, I32);
            assertThat(Layout.offsets(List.of(target, option(STRING), option(Primitive.U64), Primitive.U64, STRING)))
                    .containsExactly(0, 12, 24, 40, 48);
        }

        @Test
        void a_variant_within_a_variant_joins_its_lanes() {
            WitType timeout = variant(NO_PAYLOAD, STRING, STRING, STRINGS);
            WitType hold = record(Primitive.U64, timeout);
            assertLayout(hold, 24, 8, I64, I32, I32, I32);
            assertLayout(
                    variant(NO_PAYLOAD, STRING, NO_PAYLOAD, hold, STRING, STRINGS), 32, 8, I32, I64, I32, I32, I32);
        }

        @Test
        void integers_and_floats_share_a_lane_as_bits() {
            assertThat(Layout.flatten(variant(Primitive.F32, Primitive.U32))).containsExactly(I32, I32);
            assertThat(Layout.flatten(variant(Primitive.F32, Primitive.F64))).containsExactly(I32, I64);
            assertThat(Layout.flatten(variant(Primitive.F32, Primitive.F32))).containsExactly(I32, F32);
            assertThat(Layout.flatten(variant(Primitive.F64, NO_PAYLOAD))).containsExactly(I32, F64);
        }

        @Test
        void discriminants_widen_with_the_number_of_cases() {
            assertLayout(enumeration(256), 1, 1, I32);
            assertLayout(enumeration(257), 2, 2, I32);
            assertLayout(enumeration(65_537), 4, 4, I32);
        }

        private static WitType enumeration(int cases) {
            return new WitType.Enumeration(Collections.nCopies(cases, "c"));
        }

        @Test
        void flags_occupy_one_two_or_four_bytes() {
            assertLayout(flags(8), 1, 1, I32);
            assertLayout(flags(9), 2, 2, I32);
            assertLayout(flags(17), 4, 4, I32);
        }

        @Test
        void a_list_of_fixed_length_lies_where_it_belongs_like_a_tuple() {
            assertLayout(new WitType.FixedListOf(Primitive.U16, 3), 6, 2, I32, I32, I32);
            assertLayout(record(Primitive.U8, new WitType.FixedListOf(STRING, 1)), 12, 4, I32, I32, I32);
            assertThat(Layout.size(new WitType.FixedListOf(Primitive.U64, 1 << 24)))
                    .isEqualTo(1 << 27);
        }

        @Test
        void what_goes_through_memory_anyway_is_not_flattened_to_the_end() {
            WitType millions = new WitType.FixedListOf(Primitive.U8, 100_000_000);
            assertThat(Layout.flatten(millions)).hasSize(Layout.MAX_FLAT_PARAMS + 1);
            assertThat(Layout.flatten(option(millions))).hasSizeGreaterThan(Layout.MAX_FLAT_PARAMS);
        }

        @Test
        void a_map_is_a_list_of_pairs() {
            assertLayout(new WitType.MapOf(STRING, Primitive.U64), 8, 4, I32, I32);
        }

        private static WitType flags(int labels) {
            return new WitType.Flags(Collections.nCopies(labels, "l"));
        }
    }

    @Nested
    class Functions {

        private static FunctionType function(Optional<WitType> result, WitType... parameters) {
            return new FunctionType(
                    Arrays.stream(parameters)
                            .map(type -> new FunctionType.Parameter("p", type))
                            .toList(),
                    result);
        }

        private static CoreFunctionType core(List<CoreValueType> results, CoreValueType... parameters) {
            return new CoreFunctionType(List.of(parameters), results);
        }

        @Test
        void one_flat_result_is_returned_as_it_is() {
            Signature signature = Signature.of(function(Optional.of(Primitive.U64), Primitive.U8, Primitive.U8));
            assertThat(signature.lifted()).isEqualTo(core(List.of(I64), I32, I32));
            assertThat(signature.lowered()).isEqualTo(core(List.of(I64), I32, I32));
        }

        @Test
        void a_larger_result_is_a_pointer_that_the_callee_gives_or_the_caller() {
            Signature signature = Signature.of(function(Optional.of(option(STRING)), STRING));
            assertThat(signature.lifted()).isEqualTo(core(List.of(I32), I32, I32));
            assertThat(signature.lowered()).isEqualTo(core(List.of(), I32, I32, I32));
        }

        @Test
        void more_than_sixteen_flat_parameters_become_one_pointer() {
            WitType[] sixteen = Collections.nCopies(8, STRING).toArray(WitType[]::new);
            assertThat(Signature.of(function(Optional.empty(), sixteen)).spillsParameters())
                    .isFalse();
            WitType[] more = Collections.nCopies(9, STRING).toArray(WitType[]::new);
            assertThat(Signature.of(function(Optional.empty(), more)).lifted()).isEqualTo(core(List.of(), I32));
        }
    }
}
