package infrarust.proxy.wasm;

import infrarust.wasm.component.ComponentInstance;
import infrarust.wasm.component.wasi.Wasi;
import infrarust.wasm.spi.CoreStore;

/** What the actor needs of the instance that its calls run in. */
interface GuestInstance extends AutoCloseable {

    /** The number of the guest call that runs now, or 0. Any thread may ask. */
    long runningCall();

    /** Stops that call if it still runs. Any thread may ask. */
    void interrupt(long call);

    /** Whether a trap has made it unusable. */
    boolean isPoisoned();

    /** Gives it up; on the actor's thread, when no call runs. */
    @Override
    void close();

    /** An instance whose start functions run; what it consists of closes itself when that fails. */
    static GuestInstance starting(CoreStore store) {
        return new GuestInstance() {
            @Override
            public long runningCall() {
                return store.runningCall();
            }

            @Override
            public void interrupt(long call) {
                store.interrupt(call);
            }

            @Override
            public boolean isPoisoned() {
                return store.isPoisoned();
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    /** A component's instance, and what was opened for it. */
    static GuestInstance of(ComponentInstance instance, Wasi wasi) {
        return new GuestInstance() {
            @Override
            public long runningCall() {
                return instance.runningCall();
            }

            @Override
            public void interrupt(long call) {
                instance.interrupt(call);
            }

            @Override
            public boolean isPoisoned() {
                return instance.isPoisoned();
            }

            @Override
            public void close() {
                instance.close();
                wasi.close();
            }
        };
    }
}
