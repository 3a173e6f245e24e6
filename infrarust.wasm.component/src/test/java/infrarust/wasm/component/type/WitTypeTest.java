package infrarust.wasm.component.type;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.wasm.component.type.WitType.Primitive;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WitTypeTest {

    private static final WitType OWN = new WitType.Own(new ResourceType("thing", false));

    private static Stream<WitType> typesWithAnOwn() {
        return Stream.of(
                OWN,
                new WitType.ListOf(OWN),
                new WitType.FixedListOf(OWN, 2),
                new WitType.MapOf(Primitive.U8, OWN),
                new WitType.RecordOf(List.of(new WitType.Field("a", Primitive.U8), new WitType.Field("b", OWN))),
                new WitType.Tuple(List.of(Primitive.U8, OWN)),
                new WitType.Variant(
                        List.of(new WitType.Case("a", Optional.empty()), new WitType.Case("b", Optional.of(OWN)))),
                new WitType.Option(new WitType.Option(OWN)),
                new WitType.Result(Optional.of(OWN), Optional.empty()),
                new WitType.Result(Optional.empty(), Optional.of(OWN)));
    }

    @ParameterizedTest
    @MethodSource("typesWithAnOwn")
    void a_type_contains_what_its_parts_contain(WitType type) {
        assertThat(type.contains(WitType.Own.class::isInstance)).isTrue();
        assertThat(type.contains(WitType.Borrow.class::isInstance)).isFalse();
    }

    @Test
    void what_has_no_type_is_no_part() {
        assertThat(new WitType.Result(Optional.empty(), Optional.empty()).parts())
                .isEmpty();
        assertThat(new WitType.Variant(List.of(new WitType.Case("a", Optional.empty()))).parts())
                .isEmpty();
        assertThat(new WitType.Enumeration(List.of("a")).parts()).isEmpty();
    }
}
