package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import infrarust.wasm.spi.CoreFunctionType;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The executable form of one module. Any thread may use it. */
sealed interface Code {

    /** Chicory's own frames on the way into a module. */
    int ENTRY_BYTES = 1_024;

    /** What runs the functions of an instance of that store. */
    Machine machine(Instance instance, ChicoryStore store);

    /** Stack that an entry into the module is charged, in bytes. */
    int entryBytes();

    /** The exact handle of a function, the same at each call; {@link GuestFunction#handle}. */
    MethodHandle handle(int index, CoreFunctionType type);

    /** Whether Chicory's interpreter runs any of it. */
    boolean interprets();

    /** Shows the alarm's state to the code. */
    void alarm(boolean raised);

    /** Code as classes. */
    final class Compiled implements Code {

        private final LoadedClasses classes;
        private final int entryBytes;
        private final boolean interprets;
        private final Map<Integer, MethodHandle> handles = new ConcurrentHashMap<>();

        Compiled(CompiledCode code) {
            this.classes = new LoadedClasses(code);
            this.entryBytes = ENTRY_BYTES + code.entryBytes();
            this.interprets = !code.interpreted().isEmpty();
        }

        @Override
        public Machine machine(Instance instance, ChicoryStore store) {
            return classes.newMachine(instance);
        }

        @Override
        public int entryBytes() {
            return entryBytes;
        }

        @Override
        public MethodHandle handle(int index, CoreFunctionType type) {
            MethodHandle known = handles.get(index);
            return known != null
                    ? known
                    : handles.computeIfAbsent(index, i -> {
                        @Nullable MethodHandle exact = classes.entry(i, type.handleType());
                        return exact != null ? exact : Slots.guestHandle(i, type);
                    });
        }

        @Override
        public boolean interprets() {
            return interprets;
        }

        @Override
        public void alarm(boolean raised) {
            classes.alarm(raised);
        }
    }

    /** Code that Chicory interprets, through its public interface alone. */
    final class Interpreted implements Code {

        private final Map<Integer, MethodHandle> handles = new ConcurrentHashMap<>();

        @Override
        public Machine machine(Instance instance, ChicoryStore store) {
            return new BoundedInterpreter(instance, store);
        }

        @Override
        public int entryBytes() {
            return ENTRY_BYTES;
        }

        @Override
        public MethodHandle handle(int index, CoreFunctionType type) {
            return handles.computeIfAbsent(index, i -> Slots.guestHandle(i, type));
        }

        @Override
        public boolean interprets() {
            return true;
        }

        @Override
        public void alarm(boolean raised) {
            // The execution listener asks the store at each instruction.
        }
    }
}
