package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.DeferredHandle;
import infrarust.wasm.component.type.ResourceType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;

/** The compiled code of one exported function for callers without Java types; shared by the component's instances. */
public final class FunctionPlan {

    private static final MethodType UNARY = MethodType.methodType(Object.class, Object.class);

    private static final MethodType SPREAD = MethodType.methodType(Object.class, Object.class, Object[].class);

    private final MethodHandle handle;
    private final DeferredHandle spread;

    private FunctionPlan(MethodHandle handle) {
        this.handle = handle;
        this.spread = new DeferredHandle(
                SPREAD,
                () -> handle.asSpreader(Object[].class, handle.type().parameterCount() - 1)
                        .asType(SPREAD));
    }

    /**
     * Compiles a function whose mappings are those of a {@link infrarust.wasm.component.mapping.ValueMapper}.
     *
     * @param definitions the resources that guests of the component define
     */
    public static FunctionPlan compile(
            CoreHandles handles,
            ExportPlan.GuestFunction function,
            Map<ResourceType, ExportPlan.ResourceDefinition> definitions) {
        PlanClass plan = new PlanClass(handles);
        Map<ResourceType, ValueCode.GuestResourceCode> codes = new HashMap<>();
        DeferredHandle same = new DeferredHandle(UNARY, () -> MethodHandles.identity(Object.class));
        definitions.forEach((type, definition) -> codes.put(
                type, new ValueCode.GuestResourceCode(same, same, definition.scope(), definition.destructor())));
        new ExportCode(plan, function, codes).addTo("call");
        MethodHandles.Lookup defined = plan.define();
        return new FunctionPlan(
                ExportPlan.find(defined, defined.lookupClass(), "call", ExportCode.entryType(function.function())));
    }

    /** The function as {@code (Object, carriers…) -> carrier}; the target is the state of the outermost instance. */
    public MethodHandle handle() {
        return handle;
    }

    /** The function as {@code (Object, Object[]) -> Object}. */
    public MethodHandle spread() {
        return spread.get();
    }
}
