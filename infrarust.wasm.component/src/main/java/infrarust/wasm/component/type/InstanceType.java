package infrarust.wasm.component.type;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A set of named exports, in WIT an interface.
 *
 * @param exports by name, in the order of their declaration
 */
public record InstanceType(Map<String, ExternType> exports) implements ExternType {

    public InstanceType {
        exports = Collections.unmodifiableMap(new LinkedHashMap<>(exports));
    }

    /** The function of that name, such as {@code get-player} or {@code [method]player.id}. */
    public Optional<FunctionType> function(String name) {
        return exports.get(name) instanceof ExternType.Function(FunctionType type)
                ? Optional.of(type)
                : Optional.empty();
    }

    /** The resource of that name. */
    public Optional<ResourceType> resource(String name) {
        return exports.get(name) instanceof ExternType.Resource(ResourceType type)
                ? Optional.of(type)
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "instance";
    }
}
