package infrarust.wasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.MisdeedsWorld.Answer;
import infrarust.wasm.component.MisdeedsWorld.Color;
import infrarust.wasm.component.MisdeedsWorld.Counter;
import infrarust.wasm.component.MisdeedsWorld.Guest;
import infrarust.wasm.component.MisdeedsWorld.Host;
import infrarust.wasm.component.MisdeedsWorld.Thing;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreTrap;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a guest must not do ends its call with a clear trap, poisons its instance, and harms nobody else. */
@Timeout(60)
class MisdeedsTest {

    private static CoreEngine engine;
    private static Component component;

    private final RecordingHost host = new RecordingHost();
    private ComponentInstance instance;
    private Guest guest;

    @BeforeAll
    static void open() {
        engine = Engines.chicory();
        component = Component.compile(engine, Resources.bytes("misdeeds.wasm"));
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

    private static final class RecordingHost implements Host {
        final List<String> closed = new ArrayList<>();
        Runnable onNothing = () -> {};

        @Override
        public Thing make(String name) {
            return new NamedThing(name);
        }

        final class NamedThing implements Thing {
            private final String name;

            NamedThing(String name) {
                this.name = name;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public void close() {
                closed.add(name);
            }
        }

        @Override
        public void both(Thing lent, Thing given) {}

        @Override
        public void takeBytes(byte[] bytes) {}

        @Override
        public void takeLists(List<byte[]> lists) {}

        @Override
        public void takeText(String text) {}

        @Override
        public void nothing() {
            onNothing.run();
        }
    }

    private void assertBreach(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(CoreTrap.Contract.class).hasMessageContaining(message);
        assertThat(instance.isPoisoned()).isTrue();
        assertThatThrownBy(() -> guest.destroyed()).isInstanceOf(CoreTrap.Poisoned.class);
    }

    @Nested
    class AResultThatIsNoValueOfItsType {

        @Test
        void a_surrogate_is_no_char() {
            assertThat(guest.giveChar('a')).isEqualTo('a');
            assertBreach(() -> guest.giveChar(0xdfff), "as a char");
        }

        @Test
        void a_case_beyond_the_last_is_none() {
            assertThat(guest.giveColor(1)).isEqualTo(Color.GREEN);
            assertBreach(() -> guest.giveColor(2), "case 2 of a type with 2");
        }

        @Test
        void a_discriminant_in_memory_beyond_the_last_case_is_none() {
            assertThat(guest.giveAnswer(64)).isEqualTo(new Answer.None());
            guest.poke(64, 0xffff_ff02);
            assertBreach(() -> guest.giveAnswer(64), "case 2 of a type with 2");
        }

        @Test
        void a_return_area_has_to_be_aligned() {
            assertBreach(() -> guest.giveText(66), "not aligned");
        }

        @Test
        void a_return_area_has_to_lie_in_memory() {
            assertBreach(() -> guest.giveText(2 * 65_536 - 4), "beyond its memory");
        }

        @Test
        void a_return_area_at_the_end_of_the_address_space_does_not_wrap_around() {
            assertBreach(() -> guest.giveText(-4), "beyond its memory");
        }

        @Test
        void malformed_utf8_is_no_string() {
            guest.poke(64, 128);
            guest.poke(68, 3);
            guest.poke(128, 0x00bf_bfef);
            assertThat(guest.giveText(64)).isEqualTo("\uffff");
            guest.poke(128, 0x00bd_bfef);
            assertThat(guest.giveText(64)).isEqualTo("\ufffd");
            guest.poke(128, 0x0080_a0ed);
            assertBreach(() -> guest.giveText(64), "not valid UTF-8");
        }

        @Test
        void a_list_has_to_be_aligned() {
            guest.poke(64, 129);
            guest.poke(68, 1);
            assertBreach(() -> guest.giveList(64), "not aligned to 2");
        }
    }

    @Nested
    class ALyingLength {

        @Test
        void a_string_longer_than_memory_is_refused_before_anything_is_allocated() {
            guest.poke(64, 128);
            guest.poke(68, 0x0fff_ffff);
            assertBreach(() -> guest.giveText(64), "beyond its memory");
        }

        @Test
        void a_length_of_four_gigabytes_is_refused() {
            guest.poke(64, 128);
            guest.poke(68, -1);
            assertBreach(() -> guest.giveList(64), "at most");
        }

        @Test
        void bytes_for_the_host_are_checked_as_well() {
            assertBreach(() -> guest.sendBytes(0, -1), "at most");
        }

        @Test
        void a_text_for_the_host_is_checked_as_well() {
            assertBreach(() -> guest.sendText(2 * 65_536, 1), "beyond its memory");
        }

        @Test
        void lists_that_overlap_cannot_multiply_without_end() {
            // 5,000 entries that all name the same 60,000 bytes would be 300 MB here.
            for (int i = 0; i < 5_000; i++) {
                guest.poke(65_536 + 8 * i, 0);
                guest.poke(65_536 + 8 * i + 4, 60_000);
            }
            assertBreach(() -> guest.sendLists(65_536, 5_000), "in one call");
        }

        @Test
        void an_allocation_outside_of_memory_is_refused() {
            guest.setAllocation(2 * 65_536 - 2);
            assertBreach(() -> guest.take(new byte[3]), "beyond its memory");
        }

        @Test
        void an_allocation_at_the_very_end_is_fine() {
            guest.setAllocation(2 * 65_536 - 3);
            assertThat(guest.take(new byte[3])).isEqualTo(3);
        }
    }

    @Nested
    class CallingOutAtTheWrongTime {

        @Test
        void while_it_allocates() {
            guest.allocateAloud();
            assertBreach(() -> guest.take(new byte[1]), "cannot leave component instance");
        }

        @Test
        void while_it_frees() {
            assertBreach(() -> guest.freeAloud(), "cannot leave component instance");
        }

        @Test
        void the_host_may_not_call_back_into_it() {
            host.onNothing = () -> guest.destroyed();
            assertBreach(() -> guest.callNothing(), "cannot be entered");
        }
    }

    @Nested
    class HandlesOfTheHost {

        @Test
        void a_handle_that_it_never_had_is_refused() {
            assertBreach(() -> guest.nameOf(7), "handle 7, which it does not hold");
        }

        @Test
        void handle_zero_and_handles_beyond_all_bounds_are_refused() {
            assertBreach(() -> guest.nameOf(-1), "which it does not hold");
        }

        @Test
        void an_owned_handle_names_the_hosts_own_object_until_it_is_dropped() {
            int handle = guest.makeThing();
            assertThat(guest.nameOf(handle)).isEqualTo(1);
            assertThat(instance.heldResources()).isEqualTo(1);
            guest.dropThing(handle);
            assertThat(host.closed).containsExactly("x");
            assertThat(instance.heldResources()).isZero();
            assertBreach(() -> guest.dropThing(handle), "which it does not hold");
        }

        @Test
        void a_dropped_handles_number_is_used_again() {
            int first = guest.makeThing();
            guest.dropThing(first);
            assertThat(guest.makeThing()).isEqualTo(first);
        }

        @Test
        void a_borrowed_handle_must_be_dropped_before_the_call_returns() {
            guest.release(host.make("lent"));
            assertThat(host.closed).isEmpty();
            assertThat(instance.heldResources()).isZero();
            assertBreach(() -> guest.keep(host.make("kept")), "kept 1 borrowed handles");
        }

        @Test
        void what_was_lent_is_taken_back_when_a_later_argument_is_refused() {
            Thing thing = host.make("lent");
            assertThatThrownBy(() -> guest.lendWithLetter(thing, 0xd800)).isInstanceOf(IllegalArgumentException.class);
            assertThat(instance.heldResources()).isZero();
            guest.lendWithLetter(thing, 'a');
            guest.release(thing);
            assertThat(instance.heldResources()).isZero();
        }

        @Test
        void an_object_given_away_is_closed_when_the_guest_drops_it() {
            guest.ownAndDrop(host.make("given"));
            assertThat(host.closed).containsExactly("given");
        }

        @Test
        void a_handle_cannot_be_lent_and_given_away_in_one_call() {
            int handle = guest.makeThing();
            assertBreach(() -> guest.giveBoth(handle), "while it was lent");
        }
    }

    @Nested
    class ResourcesOfTheGuest {

        @Test
        void methods_reach_the_object_and_close_runs_its_destructor_once() {
            Counter one = guest.counter(5);
            Counter other = guest.counter(100);
            assertThat(one.next()).isEqualTo(6);
            assertThat(other.next()).isEqualTo(101);
            assertThat(one.next()).isEqualTo(7);
            one.close();
            one.close();
            assertThat(guest.destroyed()).isEqualTo(1);
            assertThatThrownBy(one::next).isInstanceOf(IllegalStateException.class);
            assertThat(other.next()).isEqualTo(102);
        }

        @Test
        void a_handle_that_it_does_not_hold_cannot_be_given() {
            assertBreach(() -> guest.giveCounter(9), "which it does not hold");
        }

        @Test
        void a_handle_of_another_type_cannot_be_given() {
            int thing = guest.makeThing();
            assertBreach(() -> guest.giveCounter(thing), "which is a thing, as a counter");
        }

        @Test
        void closing_after_the_instance_was_closed_or_poisoned_does_nothing() {
            Counter counter = guest.counter(1);
            assertThatThrownBy(() -> guest.crash()).isInstanceOf(CoreTrap.Unreachable.class);
            counter.close();
            instance.close();
            counter.close();
        }
    }

    @Nested
    class AGuestOutOfControl {

        @Test
        void a_crash_poisons_this_instance_only() {
            assertThatThrownBy(() -> guest.crash()).isInstanceOf(CoreTrap.Unreachable.class);
            assertThat(instance.isPoisoned()).isTrue();
            try (ComponentInstance other = component.instantiate(
                    Imports.with(MethodHandles.lookup()).provide(Host.class, host), CoreLimits.defaults())) {
                assertThat(other.bind(Guest.class).take(new byte[9])).isEqualTo(9);
            }
        }

        @Test
        void recursion_without_end_is_a_trap() {
            assertThatThrownBy(() -> guest.recurse()).isInstanceOf(CoreTrap.StackExhausted.class);
        }

        @Test
        void an_endless_loop_can_be_stopped_from_another_thread() throws InterruptedException {
            assertThat(instance.runningCall()).isZero();
            CountDownLatch stopped = new CountDownLatch(1);
            Thread watchdog = Thread.ofPlatform().start(() -> {
                long call;
                while ((call = instance.runningCall()) == 0) {
                    Thread.onSpinWait();
                }
                assertThat(instance.interrupt(call)).isTrue();
                stopped.countDown();
            });
            assertThatThrownBy(() -> guest.spin()).isInstanceOf(CoreTrap.Interrupted.class);
            stopped.await();
            watchdog.join();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(instance.isPoisoned()).isTrue();
        }

        @Test
        void memory_grows_to_its_limit_and_not_beyond() {
            try (ComponentInstance small = component.instantiate(
                    Imports.with(MethodHandles.lookup()).provide(Host.class, host), new CoreLimits(4, 100))) {
                Guest limited = small.bind(Guest.class);
                assertThat(limited.grow(2)).isEqualTo(2);
                assertThat(limited.grow(1)).isEqualTo(-1);
            }
        }

        @Test
        void an_exception_of_the_host_reaches_the_caller_as_the_cause() {
            IllegalStateException ours = new IllegalStateException("no");
            host.onNothing = () -> {
                throw ours;
            };
            assertThatThrownBy(() -> guest.callNothing())
                    .isInstanceOf(CoreTrap.HostFailure.class)
                    .hasCause(ours);
        }
    }
}
