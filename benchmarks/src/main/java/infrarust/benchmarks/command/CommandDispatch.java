package infrarust.benchmarks.command;

import infrarust.api.Plugin;
import infrarust.api.command.Argument;
import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import infrarust.api.player.Player;
import infrarust.proxy.command.CommandLane;
import infrarust.proxy.command.KnownNames;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.command.TypedCommand;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.service.OnlinePlayers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds for a line that a player has typed: whether it is a command of the proxy at all, which is all that a server's own
 * command costs, and from the line to the end of a command on its virtual thread, with its line as it is and with three declared
 * arguments. Two hundred commands are registered.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class CommandDispatch {

    private static final Argument<String> WORD = Argument.word("word");
    private static final Argument<Integer> NUMBER = Argument.whole("number", 0, 100);
    private static final Argument<String> TEXT = Argument.text("text");

    private final Deadlines.RealTime deadlines = Deadlines.realTime();
    private final ProxyCommands commands = new ProxyCommands(
            deadlines, (source, node) -> true, new KnownNames(new OnlinePlayers(), () -> List.of("lobby", "games")));
    private final CommandLane lane = new CommandLane();
    private final CommandSource source = new Operator();
    private CountDownLatch ran = new CountDownLatch(1);

    /** Registers the commands. */
    @Setup
    public void register() {
        for (int i = 0; i < 200; i++) {
            commands.of("plugin" + i).register(CommandSpec.of("command" + i), invocation -> Plugin.done());
        }
        commands.of("bench").register(CommandSpec.of("raw"), invocation -> {
            ran.countDown();
            return Plugin.done();
        });
        commands.of("bench").register(CommandSpec.of("read").withArguments(WORD, NUMBER, TEXT), invocation -> {
            if (invocation.get(NUMBER) == 7) {
                ran.countDown();
            }
            return Plugin.done();
        });
    }

    /** Ends the clock. */
    @TearDown
    public void close() {
        deadlines.close();
    }

    /** A command of the server's: nobody here has it. */
    @Benchmark
    public boolean look() {
        return commands.has(TypedCommand.of("gamemode creative"));
    }

    /** To the end of a command that takes its line as it is. */
    @Benchmark
    public boolean runRaw() throws InterruptedException {
        return run("raw word 7 and a text");
    }

    /** To the end of a command that declares what it takes. */
    @Benchmark
    public boolean runRead() throws InterruptedException {
        return run("read word 7 and a text");
    }

    private boolean run(String line) throws InterruptedException {
        ran = new CountDownLatch(1);
        boolean known = commands.run(source, TypedCommand.of(line), lane);
        ran.await();
        return known;
    }

    /** May do everything, and reads nothing. */
    private static final class Operator implements CommandSource {

        @Override
        public Optional<Player> player() {
            return Optional.empty();
        }

        @Override
        public String name() {
            return "operator";
        }

        @Override
        public void sendMessage(Component message) {
            throw new IllegalStateException("nothing should be wrong: " + message);
        }

        @Override
        public boolean hasPermission(String node) {
            return true;
        }
    }
}
