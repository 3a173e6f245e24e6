package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitInterface.Versions;
import infrarust.wasm.component.bind.WitResource;
import java.util.List;
import java.util.Optional;

/** The WIT package {@code wasi:cli} (0.2): what a program finds around it. */
public final class WasiCli {

    private WasiCli() {}

    /** A name and a value. */
    public record Variable(String name, String value) {}

    /** {@code wasi:cli/environment}. */
    @WitInterface(value = "wasi:cli/environment@0.2.0", versions = Versions.COMPATIBLE)
    public interface Environment {
        /** The environment variables. */
        List<Variable> getEnvironment();

        /** The arguments. */
        List<String> getArguments();

        /** Where relative paths start. */
        Optional<String> initialCwd();
    }

    /** {@code wasi:cli/exit}. */
    @WitInterface(value = "wasi:cli/exit@0.2.0", versions = Versions.COMPATIBLE)
    public interface Exit {
        /** Ends the guest; does not return. */
        void exit(Result<Unit, Unit> status);

        /** Ends the guest; does not return. Not 0 is a failure. */
        default void exitWithCode(int statusCode) {
            exit(statusCode == 0 ? Result.ok() : Result.err());
        }
    }

    /** {@code wasi:cli/stdin}. */
    @WitInterface(value = "wasi:cli/stdin@0.2.0", versions = Versions.COMPATIBLE)
    public interface Stdin {
        /** Standard input. */
        WasiIo.Input getStdin();
    }

    /** {@code wasi:cli/stdout}. */
    @WitInterface(value = "wasi:cli/stdout@0.2.0", versions = Versions.COMPATIBLE)
    public interface Stdout {
        /** Standard output. */
        WasiIo.Output getStdout();
    }

    /** {@code wasi:cli/stderr}. */
    @WitInterface(value = "wasi:cli/stderr@0.2.0", versions = Versions.COMPATIBLE)
    public interface Stderr {
        /** Standard error. */
        WasiIo.Output getStderr();
    }

    /** A terminal to read from. */
    @WitResource("terminal-input")
    public interface TerminalInput {}

    /** A terminal to write to. */
    @WitResource("terminal-output")
    public interface TerminalOutput {}

    /** {@code wasi:cli/terminal-input}. */
    @WitInterface(
            value = "wasi:cli/terminal-input@0.2.0",
            versions = Versions.COMPATIBLE,
            resources = {TerminalInput.class})
    public interface TerminalInputs {}

    /** {@code wasi:cli/terminal-output}. */
    @WitInterface(
            value = "wasi:cli/terminal-output@0.2.0",
            versions = Versions.COMPATIBLE,
            resources = {TerminalOutput.class})
    public interface TerminalOutputs {}

    /** {@code wasi:cli/terminal-stdin}. */
    @WitInterface(value = "wasi:cli/terminal-stdin@0.2.0", versions = Versions.COMPATIBLE)
    public interface TerminalStdin {
        /** The terminal behind standard input. */
        Optional<TerminalInput> getTerminalStdin();
    }

    /** {@code wasi:cli/terminal-stdout}. */
    @WitInterface(value = "wasi:cli/terminal-stdout@0.2.0", versions = Versions.COMPATIBLE)
    public interface TerminalStdout {
        /** The terminal behind standard output. */
        Optional<TerminalOutput> getTerminalStdout();
    }

    /** {@code wasi:cli/terminal-stderr}. */
    @WitInterface(value = "wasi:cli/terminal-stderr@0.2.0", versions = Versions.COMPATIBLE)
    public interface TerminalStderr {
        /** The terminal behind standard error. */
        Optional<TerminalOutput> getTerminalStderr();
    }
}
