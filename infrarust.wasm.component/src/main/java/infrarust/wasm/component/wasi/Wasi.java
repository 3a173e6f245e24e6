package infrarust.wasm.component.wasi;

import infrarust.wasm.component.Imports;
import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.WitInterface;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * WASI 0.2 for one component instance: offers its interfaces to {@link Imports}, each matched on the 0.2 track. To replace an
 * interface, offer another object under the same Java type afterwards; to withhold one, say so to the builder.
 *
 * <pre>{@code
 * try (Wasi wasi = Wasi.builder().preopen(dataFolder, false).stdout(log::info).build()) {
 *     wasi.offerTo(imports);
 *     …
 * }
 * }</pre>
 *
 * <p>Belongs to the thread that owns the instance, and is closed after it.
 */
public final class Wasi implements AutoCloseable {

    /** Bytes of a line of output; what is longer is cut into several. */
    public static final int MAX_LINE_BYTES = 8 * 1024;

    private final Map<Class<?>, Object> offers;
    private final List<LineOutput> outputs;
    private final Optional<Sandbox> sandbox;

    private Wasi(Map<Class<?>, Object> offers, List<LineOutput> outputs, Optional<Sandbox> sandbox) {
        this.offers = offers;
        this.outputs = outputs;
        this.sandbox = sandbox;
    }

    /**
     * Starts with everything offered: no directory, output discarded, the system's clocks, secure randomness, a network on which
     * nothing can be reached.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Adds the offered interfaces; answers the same offer. */
    public Imports offerTo(Imports imports) {
        offers.forEach((type, implementation) -> offer(imports, type, implementation));
        return imports;
    }

    private static <T> void offer(Imports imports, Class<T> type, Object implementation) {
        imports.provide(MethodHandles.lookup(), type, type.cast(implementation));
    }

    /** The object offered under that type, if any. */
    public <T> Optional<T> offered(Class<T> type) {
        return Optional.ofNullable(offers.get(type)).map(type::cast);
    }

    /** Gives the sinks what has no line end yet, and closes what the guest left open. */
    @Override
    public void close() {
        outputs.forEach(LineOutput::finish);
        sandbox.ifPresent(Sandbox::closeAll);
    }

    /** Says what a guest gets. */
    public static final class Builder {

        private Optional<Path> folder = Optional.empty();
        private String folderName = "/";
        private boolean readOnly;
        private Consumer<String> stdout = line -> {};
        private Consumer<String> stderr = line -> {};
        private WasiClock clock = WasiClock.system();
        private RandomGenerator random = new SecureRandom();
        private Duration maxWait = Duration.ofSeconds(5);
        private final Set<Class<?>> withheld = new HashSet<>();

        private Builder() {}

        /** Gives the guest one directory, which it sees as {@code /}. It must exist when {@link #build} is called. */
        public Builder preopen(Path directory, boolean readOnly) {
            return preopen(directory, "/", readOnly);
        }

        /** Gives the guest one directory under a name of its own. */
        public Builder preopen(Path directory, String name, boolean readOnly) {
            this.folder = Optional.of(directory);
            this.folderName = name;
            this.readOnly = readOnly;
            return this;
        }

        /** Takes lines of standard output, without line ends, on the thread that runs the guest. */
        public Builder stdout(Consumer<String> sink) {
            this.stdout = sink;
            return this;
        }

        /** Takes lines of standard error, without line ends, on the thread that runs the guest. */
        public Builder stderr(Consumer<String> sink) {
            this.stderr = sink;
            return this;
        }

        /** Where time comes from. */
        public Builder clock(WasiClock source) {
            this.clock = source;
            return this;
        }

        /** Where randomness comes from; anything but a secure generator is for tests. */
        public Builder random(RandomGenerator source) {
            this.random = source;
            return this;
        }

        /** The longest single wait of a guest, which holds its thread; a longer one ends its call. 5 seconds unless set. */
        public Builder maxWait(Duration longest) {
            this.maxWait = longest;
            return this;
        }

        /**
         * Leaves an interface out: a component that imports it is refused.
         *
         * @throws IllegalArgumentException if the type stands for no WIT interface
         */
        public Builder without(Class<?> witInterface) {
            if (!witInterface.isAnnotationPresent(WitInterface.class)) {
                throw new IllegalArgumentException(witInterface + " stands for no WIT interface");
            }
            withheld.add(witInterface);
            return this;
        }

        /**
         * Makes it.
         *
         * @throws IOException if the directory is not there
         */
        public Wasi build() throws IOException {
            Optional<Sandbox> sandbox =
                    folder.isPresent() ? Optional.of(new Sandbox(folder.get(), readOnly)) : Optional.empty();
            LineOutput out = new LineOutput(stdout, MAX_LINE_BYTES);
            LineOutput err = new LineOutput(stderr, MAX_LINE_BYTES);
            Map<Class<?>, Object> offers = new LinkedHashMap<>();
            offerIo(offers);
            offerCli(offers, out, err);
            offerRandom(offers);
            offerFiles(offers, sandbox);
            offerNetwork(offers);
            withheld.forEach(offers::remove);
            return new Wasi(offers, List.of(out, err), sandbox);
        }

        private static <T> void put(Map<Class<?>, Object> offers, Class<T> type, T implementation) {
            offers.put(type, implementation);
        }

        private void offerIo(Map<Class<?>, Object> offers) {
            Timers timers = new Timers(clock, maxWait);
            put(offers, WasiIo.Errors.class, new WasiIo.Errors() {});
            put(offers, WasiIo.Poll.class, timers);
            put(offers, WasiIo.Streams.class, new WasiIo.Streams() {});
            put(offers, WasiClocks.MonotonicClock.class, timers);
            put(offers, WasiClocks.WallClock.class, new WasiClocks.WallClock() {
                @Override
                public WasiClocks.Datetime now() {
                    return Attributes.datetime(clock.now());
                }

                @Override
                public WasiClocks.Datetime resolution() {
                    return new WasiClocks.Datetime(0, 1_000);
                }
            });
        }

        private static void offerCli(Map<Class<?>, Object> offers, LineOutput out, LineOutput err) {
            put(offers, WasiCli.Environment.class, new WasiCli.Environment() {
                @Override
                public List<WasiCli.Variable> getEnvironment() {
                    return List.of();
                }

                @Override
                public List<String> getArguments() {
                    return List.of();
                }

                @Override
                public Optional<String> initialCwd() {
                    return Optional.empty();
                }
            });
            put(offers, WasiCli.Exit.class, status -> {
                throw new WasiExit(status instanceof Result.Ok);
            });
            put(offers, WasiCli.Stdin.class, AbstractInput.Empty::new);
            put(offers, WasiCli.Stdout.class, () -> out);
            put(offers, WasiCli.Stderr.class, () -> err);
            put(offers, WasiCli.TerminalInputs.class, new WasiCli.TerminalInputs() {});
            put(offers, WasiCli.TerminalOutputs.class, new WasiCli.TerminalOutputs() {});
            put(offers, WasiCli.TerminalStdin.class, Optional::empty);
            put(offers, WasiCli.TerminalStdout.class, Optional::empty);
            put(offers, WasiCli.TerminalStderr.class, Optional::empty);
        }

        private static void offerNetwork(Map<Class<?>, Object> offers) {
            WasiSockets.Network network = new WasiSockets.Network() {};
            put(offers, WasiSockets.Networks.class, new WasiSockets.Networks() {});
            put(offers, WasiSockets.InstanceNetwork.class, () -> network);
            put(offers, WasiSockets.Tcp.class, new WasiSockets.Tcp() {});
            put(offers, WasiSockets.TcpCreateSocket.class, new WasiSockets.TcpCreateSocket() {});
            put(offers, WasiSockets.Udp.class, new WasiSockets.Udp() {});
            put(offers, WasiSockets.UdpCreateSocket.class, new WasiSockets.UdpCreateSocket() {});
            put(offers, WasiSockets.IpNameLookup.class, new WasiSockets.IpNameLookup() {});
            RefusingHttp http = new RefusingHttp();
            put(offers, WasiHttp.Types.class, http);
            put(offers, WasiHttp.OutgoingHandler.class, http);
        }

        private void offerRandom(Map<Class<?>, Object> offers) {
            RandomSource source = new RandomSource(random);
            put(offers, WasiRandom.Secure.class, source);
            put(offers, WasiRandom.Insecure.class, source);
            put(offers, WasiRandom.InsecureSeed.class, source);
        }

        private void offerFiles(Map<Class<?>, Object> offers, Optional<Sandbox> sandbox) {
            String name = folderName;
            put(
                    offers,
                    WasiFilesystem.Types.class,
                    err -> err instanceof FileStreams.FileError(var code) ? Optional.of(code) : Optional.empty());
            put(
                    offers,
                    WasiFilesystem.Preopens.class,
                    () -> sandbox.map(opened -> new WasiFilesystem.Preopen(OpenFile.root(opened), name)).stream()
                            .toList());
        }
    }
}
