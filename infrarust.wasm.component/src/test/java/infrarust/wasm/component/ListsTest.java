package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitResource;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.ExternType;
import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.InstanceType;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Lists of every kind: bytes without a copy, of fixed length, as maps, of borrowed handles. */
class ListsTest {

    @WitResource("thing")
    static final class Thing {
        private int touched;

        public void touch() {
            touched++;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // lists of u8 are byte[] in Java; tests compare the bytes
    record Deep(List<byte[]> first, List<Integer> second) {}

    /** Answers what it is asked. */
    @WitInterface(
            value = "test:lists/host",
            resources = {Thing.class})
    public static class Host {
        ByteBuffer seen = ByteBuffer.allocate(0);

        /** Without a copy in either direction. */
        public ByteBuffer bytes(ByteBuffer all) {
            seen = all;
            return all;
        }

        /** Fixed in both. */
        public List<Integer> fixed(byte[] a, List<Integer> b) {
            return b.stream().map(n -> n + a[3]).toList();
        }

        /** In memory. */
        public Deep deep(List<byte[]> a, List<Integer> b) {
            return new Deep(a.reversed(), b.reversed());
        }

        /** Of strings. */
        public List<String> texts(List<String> a) {
            return a.reversed();
        }

        /** Adds an entry. */
        public Map<String, Integer> entries(Map<String, Integer> a) {
            Map<String, Integer> more = new LinkedHashMap<>(a);
            more.put("höst", -1);
            return more;
        }
    }

    record Loan(int times, Thing what) {}

    /** The export. */
    @WitInterface("test:lists/guest")
    interface Guest {
        ByteBuffer bytes(byte[] all);

        List<Integer> fixed(byte[] a, List<Integer> b);

        Deep deep(List<byte[]> a, List<Integer> b);

        List<String> texts(List<String> a);

        Map<String, Integer> entries(Map<String, Integer> a);

        Map<Integer, Integer> twice();

        int freed();

        void lend(List<Loan> all);
    }

    /** The other way to take bytes. */
    @WitInterface("test:lists/guest")
    interface Copying {
        byte[] bytes(ByteBuffer all);

        int freed();
    }

    private static CoreEngine engine;
    private static Component component;

    private final Host host = new Host();
    private ComponentInstance instance;
    private Guest guest;

    @BeforeAll
    static void open() {
        engine = Engines.chicory();
        component = Component.compile(engine, Resources.bytes("lists.wasm"));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @BeforeEach
    void start() {
        instance = component.instantiate(
                Imports.with(MethodHandles.lookup()).provide(Host.class, host), CoreLimits.defaults());
        guest = instance.bind(Guest.class);
    }

    @AfterEach
    void stop() {
        instance.close();
    }

    @Nested
    class Views {

        @Test
        void a_result_shows_the_guests_memory_until_the_next_call() {
            ByteBuffer view = guest.bytes(new byte[] {1, 2, 3});
            assertThat(view).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertThat(instance.bind(Copying.class).freed()).isEqualTo(1);
            assertThat(view).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xee, (byte) 0xee, (byte) 0xee}));
        }

        @Test
        void a_result_is_freed_before_the_next_call_and_only_once() {
            guest.bytes(new byte[1]);
            guest.bytes(new byte[1]);
            assertThat(guest.freed()).isEqualTo(2);
            assertThat(guest.freed()).isEqualTo(2);
        }

        @Test
        void a_copied_result_is_freed_at_once() {
            Copying copying = instance.bind(Copying.class);
            ByteBuffer given = ByteBuffer.wrap(new byte[] {9, 8, 7, 6});
            byte[] answer = copying.bytes(given.position(1));
            assertThat(copying.freed()).isEqualTo(1);
            assertThat(answer).containsExactly(8, 7, 6);
            assertThat(given.position()).isEqualTo(1);
        }

        @Test
        void an_argument_is_no_copy() {
            ByteBuffer answer = guest.bytes(new byte[] {5});
            assertThat(answer.get(0)).isEqualTo((byte) 5);
            // The post-return that was put off runs first, and overwrites all that the guest has allocated.
            assertThat(guest.freed()).isEqualTo(1);
            assertThat(host.seen.get(0)).isEqualTo((byte) 0xee);
        }
    }

    @Nested
    class OfFixedLength {

        @Test
        void they_travel_as_single_values() {
            assertThat(guest.fixed(new byte[] {1, 2, 3, (byte) 200}, List.of(100, 200, 65_535)))
                    .isEqualTo(List.of(44, 144, 65_479));
        }

        @Test
        void they_travel_through_memory() {
            List<Integer> twenty = IntStream.rangeClosed(1, 20).boxed().toList();
            Deep deep = guest.deep(List.of(new byte[] {1, 2, 3, 4}, new byte[] {5, 6, 7, 8}), twenty);
            assertThat(deep.first())
                    .satisfiesExactly(
                            a -> assertThat(a).containsExactly(5, 6, 7, 8),
                            b -> assertThat(b).containsExactly(1, 2, 3, 4));
            assertThat(deep.second()).isEqualTo(twenty.reversed());
        }

        @Test
        void they_hold_strings() {
            assertThat(guest.texts(List.of("ä", ""))).isEqualTo(List.of("", "ä"));
        }

        @Test
        void another_length_is_refused_and_nothing_happens() {
            assertThatThrownBy(() -> guest.fixed(new byte[3], List.of(1, 2, 3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a list of fixed length has 3 elements instead of 4");
            assertThatThrownBy(() -> guest.texts(List.of("a"))).isInstanceOf(IllegalArgumentException.class);
            assertThat(guest.freed()).isZero();
        }
    }

    @Nested
    class Maps {

        @Test
        void entries_keep_their_order() {
            Map<String, Integer> given = new LinkedHashMap<>();
            given.put("z", 1);
            given.put("a", 2);
            assertThat(guest.entries(given))
                    .containsExactly(Map.entry("z", 1), Map.entry("a", 2), Map.entry("höst", -1));
            assertThat(guest.entries(Map.of())).containsExactly(Map.entry("höst", -1));
        }

        @Test
        void of_equal_keys_the_last_one_counts() {
            assertThat(guest.twice()).isEqualTo(Map.of(7, (int) 'c', 8, (int) 'b'));
        }

        @Test
        void a_null_value_is_refused() {
            Map<String, Integer> bad = new LinkedHashMap<>();
            bad.put("a", null);
            assertThatThrownBy(() -> guest.entries(bad)).isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void borrowed_handles_within_records_of_a_list_end_with_the_call() {
        Thing first = new Thing();
        Thing second = new Thing();
        guest.lend(List.of(new Loan(1, first), new Loan(2, second), new Loan(0, first)));
        assertThat(first.touched).isEqualTo(1);
        assertThat(second.touched).isEqualTo(2);
        assertThat(instance.heldResources()).isZero();
    }

    @Test
    void the_types_print_as_wit() {
        InstanceType exported = (InstanceType) component.exports().get("test:lists/guest");
        FunctionType deep = ((ExternType.Function) exported.exports().get("deep")).type();
        FunctionType entries = ((ExternType.Function) exported.exports().get("entries")).type();
        assertThat(deep.parameterTypes()).hasToString("[list<list<u8, 4>>, list<u32, 20>]");
        assertThat(entries.parameterTypes()).hasToString("[map<string, u32>]");
    }

    @Nested
    class Mismatches {

        /** A list where a map is. */
        @WitInterface("test:lists/guest")
        interface ListForMap {
            List<String> entries(Map<String, Integer> a);
        }

        /** A list where bytes are. */
        @WitInterface("test:lists/guest")
        interface ListForBytes {
            List<Integer> fixed(List<Integer> a, List<Integer> b);
        }

        @Test
        void they_are_named_with_both_types() {
            assertThatThrownBy(() -> instance.bind(ListForMap.class))
                    .isInstanceOf(ComponentException.class)
                    .hasMessageContainingAll("map<string, u32>", "java.util.List<java.lang.String>", "java.util.Map");
            assertThatThrownBy(() -> instance.bind(ListForBytes.class))
                    .isInstanceOf(ComponentException.class)
                    .hasMessageContainingAll("list<u8, 4>", "java.util.List<java.lang.Integer>", "byte[]");
        }
    }
}
