package infrarust.proxy.wasm.contract023;

import infrarust.wasm.component.bind.WitInterface;

/** The import {@code scheduler}. Times in milliseconds, unsigned; a task's handle is 0 when it was refused. */
@WitInterface("infrarust:plugin/scheduler@0.2.3")
interface Scheduler {

    long delay(long afterMs, long callbackId);

    long interval(long periodMs, long callbackId);

    void cancel(long handle);
}
