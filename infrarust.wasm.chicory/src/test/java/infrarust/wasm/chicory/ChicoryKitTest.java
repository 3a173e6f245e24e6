package infrarust.wasm.chicory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineSettings;
import infrarust.wasm.spi.CoreModuleException;
import infrarust.wasm.spi.CoreTrap;
import infrarust.wasm.spi.kit.CallsKit;
import infrarust.wasm.spi.kit.InterruptionKit;
import infrarust.wasm.spi.kit.KitEngine;
import infrarust.wasm.spi.kit.LinkingKit;
import infrarust.wasm.spi.kit.ModulesKit;
import infrarust.wasm.spi.kit.ReferencesKit;
import infrarust.wasm.spi.kit.StackKit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chicory passes the SPI's kit in both modes. */
class ChicoryKitTest {

    private static CoreEngine open(String mode) {
        return new ChicoryProvider().open(new CoreEngineSettings(Optional.empty(), Map.of("mode", mode)));
    }

    interface Compiler extends KitEngine {
        @Override
        default CoreEngine open() {
            return ChicoryKitTest.open("compiler");
        }
    }

    interface Interpreter extends KitEngine {
        @Override
        default CoreEngine open() {
            return ChicoryKitTest.open("interpreter");
        }
    }

    @Nested
    class Compiled {

        @Nested
        class Calls extends CallsKit implements Compiler {}

        @Nested
        class Linking extends LinkingKit implements Compiler {}

        @Nested
        class Interruption extends InterruptionKit implements Compiler {}

        @Nested
        class Modules extends ModulesKit implements Compiler {}

        @Nested
        class Stack extends StackKit implements Compiler {}

        @Nested
        class References extends ReferencesKit implements Compiler {}
    }

    @Nested
    class Interpreted {

        @Nested
        class Calls extends CallsKit implements Interpreter {}

        @Nested
        class Linking extends LinkingKit implements Interpreter {}

        @Nested
        class Interruption extends InterruptionKit implements Interpreter {}

        @Nested
        class Modules extends ModulesKit implements Interpreter {}

        @Nested
        class References extends ReferencesKit implements Interpreter {

            @Test
            @Override
            protected void to_an_exception_are_to_that_one_and_not_to_a_later_one_of_its_tag() {
                assertThatThrownBy(super::to_an_exception_are_to_that_one_and_not_to_a_later_one_of_its_tag)
                        .isInstanceOf(CoreModuleException.class)
                        .hasMessageContaining("throw_ref");
            }

            @ParameterizedTest
            @ValueSource(longs = 1)
            @Override
            protected void to_an_exception_are_never_to_another_however_many_follow(long later) {
                assertThatThrownBy(() -> super.to_an_exception_are_never_to_another_however_many_follow(later))
                        .isInstanceOf(CoreModuleException.class)
                        .hasMessageContaining("throw_ref");
            }
        }

        @Nested
        class Stack extends StackKit implements Interpreter {

            /**
             * Chicory's interpreter goes on in the frame that threw, so its stack grows with each exception that is caught, and the
             * limit ends it.
             */
            @Test
            @Override
            protected void counts_nothing_twice_when_an_exception_is_caught() {
                assertThatThrownBy(super::counts_nothing_twice_when_an_exception_is_caught)
                        .isInstanceOf(CoreTrap.StackExhausted.class);
            }
        }
    }
}
