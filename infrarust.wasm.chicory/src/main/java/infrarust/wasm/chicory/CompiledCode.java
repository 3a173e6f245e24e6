package infrarust.wasm.chicory;

import java.util.List;
import java.util.Map;

/**
 * A module compiled to JVM classes, not yet loaded; what the cache keeps.
 *
 * @param machine binary name of the class that implements Chicory's {@code Machine}
 * @param gate binary name of the class with the guarded entries and the alarm flag
 * @param interpreted indices of the functions that are too large for a JVM method, imports counted
 * @param references what {@code ref.func} names in functions ({@link ModuleBytes#functions})
 * @param entryBytes stack that calls within the module take at most between an entry and the first function that counts
 * @param classes class files by binary name
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
record CompiledCode(
        String machine,
        String gate,
        List<Integer> interpreted,
        List<Integer> references,
        int entryBytes,
        Map<String, byte[]> classes) {}
