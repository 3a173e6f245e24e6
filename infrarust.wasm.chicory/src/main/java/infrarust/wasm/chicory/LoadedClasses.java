package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import infrarust.wasm.spi.CoreModuleException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The classes of one module in a loader of their own, so that they go when the module does. */
final class LoadedClasses {

    private final Class<?> gate;
    private final MethodHandle newMachine;
    private final VarHandle raised;

    LoadedClasses(CompiledCode code) {
        Loader loader = new Loader(code.classes());
        // The gate calls back into ChicoryInstance.
        ChicoryInstance.class.getModule().addExports(ChicoryInstance.class.getPackageName(), loader.getUnnamedModule());
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            this.gate = loader.loadClass(code.gate());
            this.newMachine = lookup.findConstructor(
                            loader.loadClass(code.machine()), MethodType.methodType(void.class, Instance.class))
                    .asType(MethodType.methodType(Machine.class, Instance.class));
            this.raised = lookup.findStaticVarHandle(gate, GateWriter.FLAG, boolean.class);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new CoreModuleException("the compiled classes of the module cannot be loaded: " + e, e);
        }
    }

    Machine newMachine(Instance instance) {
        try {
            return (Machine) newMachine.invokeExact(instance);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the generated constructor threw a checked exception", e);
        }
    }

    /** The gate's entry of a function, or null when it has none. */
    @Nullable
    MethodHandle entry(int index, MethodType type) {
        try {
            return MethodHandles.publicLookup().findStatic(gate, GateWriter.entryName(index), type);
        } catch (NoSuchMethodException e) {
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    void alarm(boolean up) {
        raised.setVolatile(up);
    }

    private static final class Loader extends ClassLoader {

        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super("wasm", LoadedClasses.class.getClassLoader());
            this.classes = new ConcurrentHashMap<>(classes);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.remove(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
