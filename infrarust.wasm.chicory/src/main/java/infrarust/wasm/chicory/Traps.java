package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import infrarust.wasm.spi.CoreTrap;

/** Chicory's ways to end a call, mapped onto the SPI's taxonomy. Chicory tells most of them apart by message only. */
final class Traps {

    private Traps() {}

    static CoreTrap of(Throwable thrown) {
        return switch (thrown) {
            case CoreTrap trap -> trap;
            case StackOverflowError e -> new CoreTrap.StackExhausted("call stack exhausted", e);
            case ChicoryInterruptedException e ->
                // Only interpreted code looks at the thread's flag, and only somebody else can have set it.
                new CoreTrap.Interrupted("the thread was interrupted while it interpreted the guest", e);
            case WasmException e ->
                new CoreTrap.Other("the guest threw an exception of tag " + e.tagIdx() + " and nobody caught it", e);
            case ArithmeticException e -> new CoreTrap.Arithmetic(message(e), e);
            case ChicoryException e -> byMessage(e);
            case IndexOutOfBoundsException e ->
                // Memory checks its own bounds; Chicory leaves some of tables and element segments to Java's.
                new CoreTrap.BadTableAccess("out of bounds table access: " + e.getMessage(), e);
            default -> new CoreTrap.Other("the engine failed: " + thrown, thrown);
        };
    }

    private static CoreTrap byMessage(ChicoryException e) {
        String message = message(e);
        if (e.getCause() instanceof CoreTrap trap) {
            return trap;
        }
        if (message.contains("call stack exhausted")) {
            return new CoreTrap.StackExhausted(message, e);
        }
        if (message.contains("unreachable")) {
            return new CoreTrap.Unreachable(message, e);
        }
        if (message.contains("integer") || message.contains("conversion")) {
            return new CoreTrap.Arithmetic(message, e);
        }
        if (message.contains("memory access")) {
            return new CoreTrap.MemoryOutOfBounds(message, e);
        }
        if (message.contains("table")
                || message.contains("element")
                || message.contains("indirect call")
                || message.contains("null function reference")) {
            return new CoreTrap.BadTableAccess(message, e);
        }
        return new CoreTrap.Other(message, e);
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
