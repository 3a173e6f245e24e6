package infrarust.wasm.chicory;

import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineException;
import infrarust.wasm.spi.CoreEngineProvider;
import infrarust.wasm.spi.CoreEngineSettings;
import java.util.function.Supplier;

/**
 * Opens Chicory. Options: {@code mode}, which is {@code compiler} (the default) or {@code interpreter}, 50 to 250 times
 * slower and ready at once.
 */
public final class ChicoryProvider implements CoreEngineProvider {

    @Override
    public String name() {
        return "chicory";
    }

    @Override
    public CoreEngine open(CoreEngineSettings settings) {
        for (String option : settings.options().keySet()) {
            if (!option.equals("mode")) {
                throw new CoreEngineException("chicory has no option \"" + option + "\"; it has: mode");
            }
        }
        String mode = settings.options().getOrDefault("mode", "compiler");
        // Not before there is something to say: a proxy's start has better things to do than to set a logger up.
        Supplier<System.Logger> log = () -> System.getLogger("infrarust.wasm.chicory");
        return switch (mode) {
            case "compiler" -> new ChicoryEngine(true, settings.codeCache(), log);
            case "interpreter" -> new ChicoryEngine(false, settings.codeCache(), log);
            default ->
                throw new CoreEngineException("chicory's mode is \"" + mode + "\"; it can be compiler or interpreter");
        };
    }
}
