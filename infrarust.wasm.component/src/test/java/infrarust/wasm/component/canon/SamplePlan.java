package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.Mapping;
import infrarust.wasm.component.type.StringEncoding;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreValueType;
import java.lang.classfile.CodeBuilder;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Generated code that lifts and lowers one type in each of the four ways, with references in place of carriers. */
final class SamplePlan {

    private static final MethodType LOAD =
            MethodType.methodType(Object.class, InstanceState.class, CoreMemory.class, int.class);
    private static final MethodType LIFT_FLAT =
            MethodType.methodType(Object.class, InstanceState.class, CoreMemory.class, long[].class);
    private static final MethodType STORE =
            MethodType.methodType(void.class, InstanceState.class, CoreMemory.class, int.class, Object.class);
    private static final MethodType LOWER_FLAT =
            MethodType.methodType(void.class, InstanceState.class, CoreMemory.class, long[].class, Object.class);

    private final Mapping mapping;
    private final List<CoreValueType> flat;
    private final Options options;
    private final PlanClass plan = new PlanClass(CountingGuest.handles());
    private final MethodHandle load;
    private final MethodHandle store;
    private final MethodHandle liftFlat;
    private final MethodHandle lowerFlat;

    SamplePlan(Mapping mapping, StringEncoding encoding) {
        this.mapping = mapping;
        this.flat = Layout.flatten(mapping.type());
        this.options = CountingGuest.options(encoding);
        plan.method("load", LOAD, this::writeLoad);
        plan.method("store", STORE, this::writeStore);
        if (isFlat()) {
            plan.method("liftFlat", LIFT_FLAT, this::writeLiftFlat);
            plan.method("lowerFlat", LOWER_FLAT, this::writeLowerFlat);
        }
        MethodHandles.Lookup defined = plan.define();
        load = find(defined, "load", LOAD);
        store = find(defined, "store", STORE);
        liftFlat = isFlat() ? find(defined, "liftFlat", LIFT_FLAT) : load;
        lowerFlat = isFlat() ? find(defined, "lowerFlat", LOWER_FLAT) : store;
    }

    boolean isFlat() {
        return flat.size() <= Layout.MAX_FLAT_PARAMS;
    }

    int flatCount() {
        return flat.size();
    }

    private static MethodHandle find(MethodHandles.Lookup defined, String name, MethodType type) {
        try {
            return defined.findStatic(defined.lookupClass(), name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a method that was written here", e);
        }
    }

    private void writeLoad(CodeBuilder code) {
        new LiftCode(plan, options, Map.of(), false).load(code, mapping, 1, 2, 0);
        ValueCode.box(code, mapping.carrier());
        code.areturn();
    }

    private void writeLiftFlat(CodeBuilder code) {
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < flat.size(); i++) {
            Lane.fromSlot(code, flat.get(i), 2, i);
            lanes.add(Lane.stored(code, flat.get(i)));
        }
        new LiftCode(plan, options, Map.of(), false).liftFlat(code, mapping, lanes, 0, 1);
        ValueCode.box(code, mapping.carrier());
        code.areturn();
    }

    private int value(CodeBuilder code) {
        code.aload(3);
        ValueCode.unbox(code, mapping.carrier());
        return ValueCode.store(code, mapping.carrier());
    }

    private void writeStore(CodeBuilder code) {
        new LowerCode(plan, options, Map.of()).store(code, mapping, value(code), 1, 2, 0);
        code.return_();
    }

    private void writeLowerFlat(CodeBuilder code) {
        List<Lane> lanes = new ArrayList<>();
        flat.forEach(type -> lanes.add(Lane.zero(code, type)));
        new LowerCode(plan, options, Map.of()).lowerFlat(code, mapping, value(code), lanes, 0, 1);
        for (int i = 0; i < lanes.size(); i++) {
            lanes.get(i).toSlot(code, 2, i);
        }
        code.return_();
    }

    Object load(CountingGuest guest, int pointer) throws Throwable {
        guest.state.beginLift();
        return (Object) load.invokeExact(guest.state, (CoreMemory) guest.memory, pointer);
    }

    Object liftFlat(CountingGuest guest, long[] slots) throws Throwable {
        guest.state.beginLift();
        return (Object) liftFlat.invokeExact(guest.state, (CoreMemory) guest.memory, slots);
    }

    void store(CountingGuest guest, int pointer, Object value) throws Throwable {
        store.invokeExact(guest.state, (CoreMemory) guest.memory, pointer, value);
    }

    /** Answers the core values as bits, narrow ones zero-extended. */
    long[] lowerFlat(CountingGuest guest, Object value) throws Throwable {
        long[] slots = new long[flat.size()];
        lowerFlat.invokeExact(guest.state, (CoreMemory) guest.memory, slots, value);
        for (int i = 0; i < slots.length; i++) {
            if (flat.get(i) == CoreValueType.I32 || flat.get(i) == CoreValueType.F32) {
                slots[i] &= 0xffff_ffffL;
            }
        }
        return slots;
    }
}
