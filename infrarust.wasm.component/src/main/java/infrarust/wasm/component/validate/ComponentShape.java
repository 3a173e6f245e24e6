package infrarust.wasm.component.validate;

import java.util.List;
import java.util.Map;

/**
 * The type of a component.
 *
 * @param imports by name, in order
 * @param exports by name, in order
 * @param importBound resources that whoever instantiates it gives
 * @param exportBound resources that each instance makes for itself
 * @param mentionsAsync whether any of its functions, at any depth, is async
 * @param depth levels of instances and components within each other
 */
public record ComponentShape(
        Map<String, Entity> imports,
        Map<String, Entity> exports,
        List<Bound> importBound,
        List<Bound> exportBound,
        boolean mentionsResources,
        boolean mentionsNames,
        boolean mentionsAsync,
        int depth)
        implements Type {

    static ComponentShape of(
            Map<String, Entity> imports,
            Map<String, Entity> exports,
            List<Bound> importBound,
            List<Bound> exportBound) {
        return new ComponentShape(
                imports,
                exports,
                importBound,
                exportBound,
                Entity.anyMentionsResources(imports) || Entity.anyMentionsResources(exports),
                Entity.anyMentionsNames(imports) || Entity.anyMentionsNames(exports),
                Entity.anyMentionsAsync(imports) || Entity.anyMentionsAsync(exports),
                Math.max(Entity.depth(imports), Entity.depth(exports)) + 1);
    }

    @Override
    public String words() {
        return "a component type";
    }
}
