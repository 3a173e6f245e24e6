package infrarust.wasm.component.canon;

import infrarust.wasm.component.type.StringEncoding;
import infrarust.wasm.component.type.WitType;
import java.util.Optional;

/**
 * What {@code task.return} and the async function that calls it have to agree on (CanonicalABI.md, {@code canon_task_return}).
 *
 * @param result the type of the result
 * @param encoding of strings in it
 * @param memory slot of the memory that it is read from, or {@link Options#NONE}
 */
public record TaskResult(Optional<WitType> result, StringEncoding encoding, int memory) {

    /** Takes what counts out of the options of either. */
    static TaskResult of(Optional<WitType> result, Options options) {
        return new TaskResult(result, options.encoding(), options.memory());
    }
}
