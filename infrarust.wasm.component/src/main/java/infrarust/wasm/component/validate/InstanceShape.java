package infrarust.wasm.component.validate;

import java.util.List;
import java.util.Map;

/**
 * The type of an instance.
 *
 * @param exports by name, in order
 * @param bound resources that each instance of the type has for itself; empty for the type of an instance that exists
 * @param mentionsAsync whether any of its functions, at any depth, is async
 * @param depth levels of instances and components within each other
 */
public record InstanceShape(
        Map<String, Entity> exports,
        List<Bound> bound,
        boolean mentionsResources,
        boolean mentionsNames,
        boolean mentionsAsync,
        int depth)
        implements Type {

    static InstanceShape of(Map<String, Entity> exports, List<Bound> bound) {
        return new InstanceShape(
                exports,
                bound,
                Entity.anyMentionsResources(exports),
                Entity.anyMentionsNames(exports),
                Entity.anyMentionsAsync(exports),
                Entity.depth(exports) + 1);
    }

    @Override
    public String words() {
        return "an instance type";
    }
}
