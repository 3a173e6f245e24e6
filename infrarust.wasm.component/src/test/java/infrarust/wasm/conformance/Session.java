package infrarust.wasm.conformance;

import infrarust.wasm.component.Component;
import infrarust.wasm.component.ComponentInstance;
import infrarust.wasm.component.Imports;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.conformance.Outcome.Failed;
import infrarust.wasm.conformance.Outcome.Passed;
import infrarust.wasm.conformance.Outcome.Skipped;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreModuleException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the commands of one file, which build on each other. One thread at a time. */
final class Session implements AutoCloseable {

    private static final Skipped NO_CALLS = new Skipped("calls are not tried yet");

    private final CoreEngine engine;
    private final Map<String, Component> definitions = new HashMap<>();
    private final Map<String, ComponentInstance> instances = new HashMap<>();

    /** What a command without a name means; none after an instantiation that failed. */
    private @Nullable ComponentInstance current;

    Session(CoreEngine engine) {
        this.engine = engine;
    }

    Outcome run(Command command) throws IOException {
        return switch (command) {
            case Command.Define define -> define(define);
            case Command.Instantiate instantiate -> instantiate(instantiate);
            case Command.Refusal refusal -> refusal(refusal.source(), refusal.text());
            // Each of these becomes a method of its own once functions can be called without Java types for them.
            case Command.Unlinkable _ -> NO_CALLS;
            case Command.TrappingStart _ -> NO_CALLS;
            case Command.Trap _ -> NO_CALLS;
            case Command.Return _ -> NO_CALLS;
            case Command.Invoke _ -> NO_CALLS;
            case Command.Register _ -> NO_CALLS;
            case Command.Unknown unknown -> new Skipped("the command " + unknown.word() + " is not known");
        };
    }

    private Outcome define(Command.Define define) throws IOException {
        Command.Source source = define.source();
        current = null;
        if (source.file().isEmpty()) {
            return new Skipped("the converter does not take the text", source.error());
        }
        if (!source.isComponent()) {
            engine.compile(source.bytes());
            return new Passed("");
        }
        Component component;
        try {
            component = Component.compile(engine, source.bytes());
        } catch (ComponentException e) {
            return refused(e);
        }
        source.name().ifPresent(name -> definitions.put(name, component));
        return define.definitionOnly()
                ? new Passed("")
                : instantiate(component, source.name().orElse(""));
    }

    private Outcome instantiate(Command.Instantiate instantiate) {
        current = null;
        Component component = definitions.get(instantiate.definition());
        if (component == null) {
            return new Skipped("its definition failed or was skipped");
        }
        return instantiate(component, instantiate.name());
    }

    private Outcome instantiate(Component component, String name) {
        if (!component.imports().isEmpty()) {
            return new Passed("defined only: it imports something");
        }
        try {
            current = component.instantiate(Imports.with(MethodHandles.lookup()), CoreLimits.defaults());
        } catch (ComponentException e) {
            return refused(e);
        }
        instances.put(name, current);
        return new Passed("");
    }

    /** A valid component was refused. */
    private static Outcome refused(ComponentException e) {
        return unsupported(e).isEmpty()
                ? new Failed("refused: " + e.getMessage())
                : new Skipped("not supported: " + unsupported(e));
    }

    private static String unsupported(ComponentException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf(", which this host does not support");
        if (end >= 0) {
            return message.substring(0, end);
        }
        end = message.indexOf(", which this engine does not offer");
        int start = message.indexOf("the module uses");
        return end < 0 || start < 0 ? "" : message.substring(start, end) + " (engine)";
    }

    private Outcome refusal(Command.Source source, String text) throws IOException {
        if (source.file().isEmpty()) {
            return source.text()
                    ? new Passed("refused as text: " + source.error())
                    : new Skipped("the converter does not take the text", source.error());
        }
        try {
            if (source.isComponent()) {
                Component.compile(engine, source.bytes());
            } else {
                engine.compile(source.bytes());
            }
        } catch (ComponentException e) {
            return unsupported(e).isEmpty()
                    ? new Passed(e.getMessage() + "  <- " + text)
                    : new Skipped("not supported: " + unsupported(e));
        } catch (CoreModuleException e) {
            return new Passed(e.getMessage() + "  <- " + text);
        }
        return new Failed("accepted: " + text);
    }

    @Override
    public void close() {
        instances.values().forEach(ComponentInstance::close);
    }
}
