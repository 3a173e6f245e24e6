package infrarust.wasm.component.link;

import infrarust.wasm.component.canon.Options;
import infrarust.wasm.component.type.ComponentType;
import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.spi.CoreModule;
import java.util.List;
import java.util.Map;

/**
 * A component, resolved: nested components and aliases are gone, what is left are core instances in order, the functions that
 * cross the boundary, and names. Made once, used by every instance.
 *
 * @param type imports and exports
 * @param scopes how many component instances there are, the outermost first
 * @param instances core instances in the order of instantiation
 * @param lowered host functions that core instances import
 * @param lifted guest functions that the component exports
 * @param memories memories that lifts and lowers use, by slot
 * @param functions core functions that lifts and lowers call, by slot
 * @param destructors function slots of the destructors of the guest's resources
 * @param exports exported instances; functions that are exported without one are in {@code $root}
 */
public record LinkPlan(
        ComponentType type,
        int scopes,
        List<CoreInstantiation> instances,
        List<LoweredFunction> lowered,
        List<LiftedFunction> lifted,
        List<CoreReference> memories,
        List<CoreReference> functions,
        Map<ResourceType, Integer> destructors,
        Map<String, ExportedInstance> exports) {

    /** A module with one import per {@link CoreModule#imports()}. */
    public record CoreInstantiation(CoreModule module, List<CoreReference> imports) {}

    /**
     * A host function.
     *
     * @param scope the component instance that calls it
     * @param instance the imported interface, or {@code $root}
     */
    public record LoweredFunction(int scope, String instance, String name, FunctionType type, Options options) {}

    /**
     * A guest function.
     *
     * @param scope the component instance that defines it
     * @param function slot of the core function
     */
    public record LiftedFunction(int scope, int function, FunctionType type, Options options) {}

    /** The functions of an exported interface, by name, as places in {@link LinkPlan#lifted()}, and its resources. */
    public record ExportedInstance(Map<String, Integer> functions, Map<String, ResourceType> resources) {}
}
