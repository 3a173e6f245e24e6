package infrarust.wasm.component.link;

import infrarust.wasm.component.canon.ExportPlan;
import infrarust.wasm.component.canon.ExportPlan.ResourceDefinition;
import infrarust.wasm.component.canon.Options;
import infrarust.wasm.component.mapping.FunctionMapping;
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
 * @param parents one for each component instance, the outermost first: the instance that instantiates it, or -1
 * @param instances core instances in the order of instantiation
 * @param starts calls between these, in order
 * @param lowered component functions that core instances import or that are such calls
 * @param lifted guest functions that the component exports, or that its guests call of each other
 * @param memories memories that lifts and lowers use, by slot
 * @param functions core functions that lifts and lowers call, by slot
 * @param resources the resources that guests of the component define
 * @param importedResources the resources that it imports
 * @param importedItems what it imports
 * @param exportedItems what it exports
 * @param exports exported instances; functions that are exported without one are in {@code $root}
 */
public record LinkPlan(
        ComponentType type,
        List<Integer> parents,
        List<CoreInstantiation> instances,
        List<Start> starts,
        List<LoweredFunction> lowered,
        List<LiftedFunction> lifted,
        List<CoreReference> memories,
        List<CoreReference> functions,
        Map<ResourceType, ResourceDefinition> resources,
        Map<ResourceType, Item.Origin> importedResources,
        Map<String, Item> importedItems,
        Map<String, Item> exportedItems,
        Map<String, ExportedInstance> exports) {

    /** A module with one import per {@link CoreModule#imports()}. */
    public record CoreInstantiation(CoreModule module, List<CoreReference> imports) {}

    /**
     * A call during instantiation.
     *
     * @param instances how many core instances exist before it
     * @param lowered place of the function in {@link LinkPlan#lowered()}
     */
    public record Start(int instances, int lowered) {}

    /**
     * A component function that a core instance imports.
     *
     * @param scope the component instance that calls it
     */
    public record LoweredFunction(int scope, Item.Function function, Options options) {}

    /**
     * A guest function.
     *
     * @param scope the component instance that defines it
     * @param function slot of the core function
     */
    public record LiftedFunction(int scope, int function, FunctionType type, Options options) {

        /** What code is generated from. */
        ExportPlan.GuestFunction with(FunctionMapping mapping) {
            return new ExportPlan.GuestFunction(mapping, scope, function, options);
        }
    }

    /** The functions of an exported interface, by name, as places in {@link LinkPlan#lifted()}, and its resources. */
    public record ExportedInstance(Map<String, Integer> functions, Map<String, ResourceType> resources) {}
}
