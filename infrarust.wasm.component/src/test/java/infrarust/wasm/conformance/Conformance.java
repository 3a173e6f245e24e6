package infrarust.wasm.conformance;

import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreEngineProvider;
import infrarust.wasm.spi.CoreEngineSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs converted .wast files and reports. Arguments: optionally {@code -v}, the engine's name, seconds per command, the file of
 * known failures, and a file that lists the .wast files with the folders that they were converted to, one a line.
 */
public final class Conformance {

    private final CoreEngine engine;
    private final boolean verbose;
    private final int deadlineSeconds;
    private final PrintStream out;
    private final Tally total = new Tally();
    private final List<String> failures = new ArrayList<>();

    private Conformance(CoreEngine engine, boolean verbose, int deadlineSeconds, PrintStream out) {
        this.engine = engine;
        this.verbose = verbose;
        this.deadlineSeconds = deadlineSeconds;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean verbose = arguments[0].equals("-v");
        int first = verbose ? 1 : 0;
        PrintStream out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        int code;
        try (CoreEngine engine = open(arguments[first])) {
            Conformance run = new Conformance(engine, verbose, Integer.parseInt(arguments[first + 1]), out);
            for (String line : Files.readAllLines(Path.of(arguments[first + 3]))) {
                String[] paths = line.split("\t", 2);
                run.file(paths[0], Path.of(paths[1]));
            }
            code = run.summary(Path.of(arguments[first + 2]));
        }
        out.flush();
        // A command that did not end in time may still run; nothing but the end of the process stops it.
        Runtime.getRuntime().halt(code);
    }

    private static CoreEngine open(String name) {
        return ServiceLoader.load(CoreEngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no engine called " + name))
                .open(CoreEngineSettings.defaults());
    }

    private void file(String source, Path folder) throws IOException, InterruptedException {
        Tally tally = new Tally();
        Path json = json(folder);
        if (!Files.exists(json)) {
            report(
                    tally,
                    source + ":0",
                    "file",
                    new Outcome.Skipped("the converter does not take the file", log(folder)));
        } else {
            commands(source, Command.read(json), tally);
        }
        out.println(tally.line() + "  " + source);
        total.add(tally);
    }

    /** The converter puts its output into a folder that is named after the file. */
    private static Path json(Path folder) throws IOException {
        try (var inner = Files.list(folder)) {
            return inner.map(f -> f.resolve("t.json"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(folder.resolve("t.json"));
        }
    }

    private static String log(Path folder) throws IOException {
        return Files.readString(folder.resolve("log")).lines().findFirst().orElse("it says nothing");
    }

    private void commands(String source, List<Command> commands, Tally tally) throws InterruptedException {
        // A thread per file, which cannot keep the process alive: one that hangs is left behind, and its instances with
        // it.
        ExecutorService thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("commands").factory());
        Session session = new Session(engine);
        boolean hangs = false;
        for (Command command : commands) {
            String place = source + ":" + command.line();
            if (hangs) {
                report(tally, place, command.word(), new Outcome.Skipped("an earlier command of the file hangs"));
                continue;
            }
            Future<Outcome> running = thread.submit(() -> session.run(command));
            Outcome outcome;
            try {
                outcome = running.get(deadlineSeconds, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                hangs = true;
                running.cancel(true);
                outcome = new Outcome.Failed("not done after " + deadlineSeconds + " s");
            } catch (ExecutionException e) {
                // Nothing but the layer's own exceptions may come out of it, and the session handles those.
                outcome = new Outcome.Failed(thrown(e.getCause()));
            }
            report(tally, place, command.word(), outcome);
        }
        thread.shutdownNow();
        if (!hangs) {
            session.close();
        }
    }

    private static String thrown(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return "threw " + cause + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private void report(Tally tally, String place, String word, Outcome outcome) {
        tally.add(word, outcome);
        switch (outcome) {
            case Outcome.Passed(String note) -> {
                if (verbose && !note.isEmpty()) {
                    out.println("  passed  " + place + " " + word + ": " + note);
                }
            }
            case Outcome.Skipped(String reason, String detail) -> {
                if (verbose) {
                    out.println("  skipped " + place + " " + word + ": " + reason + " " + detail);
                }
            }
            case Outcome.Failed(String why) -> {
                out.println("  FAILED  " + place + " " + word + ": " + why);
                failures.add(place);
            }
        }
    }

    private int summary(Path expectedFile) throws IOException {
        out.println();
        out.print(total.table());
        Set<String> expected = new LinkedHashSet<>();
        if (Files.exists(expectedFile)) {
            for (String line : Files.readAllLines(expectedFile)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    expected.add(line.split("\\s", 2)[0]);
                }
            }
        }
        long unexpected = failures.stream()
                .filter(f -> expected.stream().noneMatch(f::endsWith))
                .count();
        out.println(
                engine.description() + ": " + failures.size() + " failed, " + unexpected + " of them not known before");
        return unexpected == 0 ? 0 : 1;
    }
}
