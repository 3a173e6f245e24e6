package infrarust.proxy.wasm;

import infrarust.proxy.plugin.PluginRefusedException;
import infrarust.wasm.component.wasi.Wasi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** What a plugin sees of the machine: clocks, random numbers, one folder, and its log as standard output. */
final class WasiOffer {

    private WasiOffer() {}

    /**
     * Makes the WASI of one instance.
     *
     * @param dataFolder seen as {@code /}, to read and write; nothing of the disk is seen without it
     * @param logger takes each line of standard output, and as a warning each of standard error
     * @throws PluginRefusedException if the folder is not there
     */
    static Wasi make(Optional<Path> dataFolder, Logger logger) throws PluginRefusedException {
        Wasi.Builder builder = Wasi.builder()
                .stdout(line -> GuestLog.write(logger, Level.INFO, line))
                .stderr(line -> GuestLog.write(logger, Level.WARN, line));
        dataFolder.ifPresent(folder -> builder.preopen(folder, false));
        try {
            return builder.build();
        } catch (IOException failure) {
            throw new PluginRefusedException("its folder cannot be opened: " + failure.getMessage());
        }
    }
}
