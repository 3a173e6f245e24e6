package infrarust.wasm.conformance;

import infrarust.wasm.component.Component;
import infrarust.wasm.component.ComponentInstance;
import infrarust.wasm.component.Imports;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.value.Value;
import infrarust.wasm.conformance.Outcome.Failed;
import infrarust.wasm.conformance.Outcome.Passed;
import infrarust.wasm.conformance.Outcome.Skipped;
import infrarust.wasm.spi.CoreEngine;
import infrarust.wasm.spi.CoreLimits;
import infrarust.wasm.spi.CoreLinkException;
import infrarust.wasm.spi.CoreModuleException;
import infrarust.wasm.spi.CoreTrap;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the commands of one file, which build on each other. One thread at a time. */
final class Session implements AutoCloseable {

    private static final CoreLimits LIMITS = CoreLimits.defaults();

    private final CoreEngine engine;
    private final Map<String, Component> definitions = new HashMap<>();
    private final Map<String, ComponentInstance> instances = new HashMap<>();
    private final Map<String, ComponentInstance> offers = new LinkedHashMap<>();
    private final List<ComponentInstance> opened = new ArrayList<>();
    private final TestHost host = new TestHost();

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
            case Command.Unlinkable unlinkable -> unlinkable(unlinkable.source());
            case Command.TrappingStart start -> trappingStart(start.source());
            case Command.Trap trap -> trap(trap.action());
            case Command.Return expected -> returns(expected);
            case Command.Invoke invoke -> invoke(invoke.action());
            case Command.Register register -> register(register);
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
        try {
            current = component.instantiate(imports(), LIMITS);
        } catch (ComponentException e) {
            return refused(e);
        } catch (CoreTrap e) {
            return new Failed("instantiation trapped: " + e);
        }
        keep(name, current);
        return new Passed("");
    }

    /** Instances offer their exports to later components under their names. */
    private void keep(String name, ComponentInstance instance) {
        opened.add(instance);
        if (!name.isEmpty()) {
            instances.put(name, instance);
            offers.put(name.substring(1), instance);
        }
    }

    private Imports imports() {
        Imports imports = Imports.with(MethodHandles.lookup())
                .provide(WitInterface.ROOT, host.root())
                .provide("host", host.host());
        offers.forEach(imports::provide);
        return imports;
    }

    private Outcome register(Command.Register register) {
        ComponentInstance instance = instance(register.instance());
        if (instance == null) {
            return new Skipped("its component failed or was skipped");
        }
        offers.put(register.as(), instance);
        return new Passed("");
    }

    private @Nullable ComponentInstance instance(Optional<String> name) {
        return name.isPresent() ? instances.get(name.get()) : current;
    }

    private Outcome unlinkable(Command.Source source) throws IOException {
        if (source.file().isEmpty()) {
            return new Skipped("the converter does not take it: " + source.error());
        }
        try {
            Component component = Component.compile(engine, source.bytes());
            opened.add(component.instantiate(imports(), LIMITS));
        } catch (ComponentException e) {
            return unsupported(e).isEmpty()
                    ? new Passed(String.valueOf(e.getMessage()))
                    : new Skipped("not supported: " + unsupported(e));
        } catch (CoreLinkException e) {
            return new Passed(String.valueOf(e.getMessage()));
        }
        return new Failed("linked");
    }

    private Outcome trappingStart(Command.Source source) throws IOException {
        if (source.file().isEmpty()) {
            return new Skipped("the converter does not take it: " + source.error());
        }
        try {
            Component component = Component.compile(engine, source.bytes());
            opened.add(component.instantiate(imports(), LIMITS));
        } catch (CoreTrap e) {
            return new Passed(String.valueOf(e.getMessage()));
        } catch (ComponentException e) {
            return refused(e);
        }
        return new Failed("did not trap");
    }

    private Outcome trap(Command.Action action) {
        return call(action, result -> new Failed("returned " + result), trap -> {
            boolean ours = !(trap instanceof CoreTrap.Poisoned) && !(trap instanceof CoreTrap.Interrupted);
            return ours ? new Passed(String.valueOf(trap.getMessage())) : new Failed("ended with " + trap);
        });
    }

    private Outcome returns(Command.Return expected) {
        List<Value> values;
        try {
            values = Literals.values(expected.expected());
        } catch (Literals.Unknown e) {
            return new Skipped(String.valueOf(e.getMessage()));
        }
        return call(
                expected.action(),
                result -> result.stream().toList().equals(values)
                        ? new Passed("")
                        : new Failed("returned " + result + " instead of " + values),
                trap -> new Failed("trapped: " + trap));
    }

    private Outcome invoke(Command.Action action) {
        return call(action, _ -> new Passed(""), trap -> new Failed("trapped: " + trap));
    }

    private Outcome call(
            Command.Action action, Function<Optional<Value>, Outcome> returned, Function<CoreTrap, Outcome> trapped) {
        ComponentInstance instance = instance(action.instance());
        if (instance == null) {
            return new Skipped("its component failed or was skipped");
        }
        List<Value> arguments;
        try {
            arguments = Literals.values(action.arguments());
        } catch (Literals.Unknown e) {
            return new Skipped(String.valueOf(e.getMessage()));
        }
        try {
            return returned.apply(instance.function(action.name()).call(arguments));
        } catch (CoreTrap e) {
            return trapped.apply(e);
        } catch (ComponentException | IllegalArgumentException e) {
            return new Failed("cannot be called: " + e);
        }
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
        opened.reversed().forEach(ComponentInstance::close);
    }
}
