package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.DeferredHandle;
import infrarust.wasm.component.mapping.FunctionMapping;
import infrarust.wasm.component.mapping.Mapping;
import infrarust.wasm.component.type.WitType;
import infrarust.wasm.spi.CoreValueType;
import java.lang.classfile.CodeBuilder;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Generates {@code canon lower} of an embedder's method: the guest's core values become Java arguments, the Java result becomes
 * core values. Variables of the method are the state and the slots of {@link infrarust.wasm.spi.CoreHostFunction#call}.
 */
final class ImportCode {

    private static final int SLOTS = 1;

    /** What a lower with the option async answers of a call that has returned (CanonicalABI.md, "Subtask State"). */
    private static final long RETURNED = 2;

    private final PlanClass plan;
    private final FunctionMapping function;
    private final Target target;
    private final Options options;
    private final Signature signature;

    /** Who is called. */
    sealed interface Target {

        /**
         * The embedder, or a guest of another component.
         *
         * @param method receiver first, types erased
         * @param host which of the state's hosts receives the call, unless the function is a method of a resource
         */
        record Host(DeferredHandle method, int host) implements Target {}

        /**
         * Another guest of the same component.
         *
         * @param scope the number of its instance
         */
        record Guest(ExportCode function, int scope) implements Target {}

        /** The running call of the guest's own async function, whose result the one parameter is. */
        record Task(TaskResult result) implements Target {}
    }

    /** Prepares the code of one function. */
    ImportCode(PlanClass plan, FunctionMapping function, Target target, Options options) {
        this.plan = plan;
        this.function = function;
        this.target = target;
        this.options = options;
        this.signature = Signature.of(function.type(), options.async());
    }

    void write(CodeBuilder code) {
        ValueCode.load(code, 0);
        ValueCode.state(code, "checkMayLeave", void.class);
        ValueCode.load(code, 0);
        ValueCode.state(code, "beginLift", void.class);
        int memory = ValueCode.loadMemory(code, options);
        List<Lane> lanes = new ArrayList<>();
        List<CoreValueType> core = signature.lowered().parameters();
        for (int i = 0; i < core.size(); i++) {
            Lane.fromSlot(code, core.get(i), SLOTS, i);
            lanes.add(Lane.stored(code, core.get(i)));
        }
        boolean lend = lends();
        int mark = -1;
        if (lend) {
            ValueCode.load(code, 0);
            ValueCode.state(code, "lent", int.class);
            mark = ValueCode.store(code, int.class);
        }
        LiftCode lift = new LiftCode(plan, options, Map.of(), lend);
        switch (target) {
            case Target.Host host -> callHost(code, host, () -> pushArguments(code, lift, lanes, memory));
            case Target.Guest guest -> callGuest(code, guest, () -> pushArguments(code, lift, lanes, memory));
            case Target.Task task -> returnFromTask(code, task, () -> pushArguments(code, lift, lanes, memory));
        }
        if (function.result().isPresent()) {
            Mapping result = function.result().get();
            int value = ValueCode.store(code, result.carrier());
            lowerResult(code, result, value, lanes, memory);
        }
        if (lend) {
            code.aload(0).iload(mark);
            ValueCode.state(code, "returnLent", void.class, int.class);
        }
        if (options.async()) {
            code.aload(SLOTS).iconst_0().loadConstant(RETURNED).lastore();
        }
        code.return_();
    }

    private void callHost(CodeBuilder code, Target.Host target, Runnable arguments) {
        code.ldc(plan.constant(target.method, MethodHandle.class));
        if (!function.isMethod()) {
            code.aload(0)
                    .getfield(ValueCode.STATE, "hosts", PlanClass.desc(Object[].class))
                    .loadConstant(target.host)
                    .aaload();
        }
        arguments.run();
        PlanClass.invokeExact(code, target.method.type());
    }

    private static void callGuest(CodeBuilder code, Target.Guest target, Runnable arguments) {
        code.aload(0);
        ExportCode.pushSibling(code, target.scope);
        int callee = ValueCode.store(code, InstanceState.class);
        code.aload(callee).aload(0);
        ValueCode.state(code, "enterFrom", long.class, InstanceState.class);
        int context = ValueCode.store(code, long.class);
        code.aload(callee);
        ValueCode.state(code, "suspendTask", Task.class);
        int task = ValueCode.store(code, Task.class);
        code.aload(callee);
        arguments.run();
        target.function.invoke(code);
        // Beneath it lies the result, where there is one.
        code.aload(callee).aload(task);
        ValueCode.state(code, "resumeTask", void.class, Task.class);
        code.aload(callee).aload(0).lload(context);
        ValueCode.state(code, "leaveTo", void.class, InstanceState.class, long.class);
    }

    private void returnFromTask(CodeBuilder code, Target.Task target, Runnable arguments) {
        code.aload(0);
        if (function.parameters().isEmpty()) {
            code.aconst_null();
        } else {
            arguments.run();
            ValueCode.box(code, function.parameters().getFirst().carrier());
        }
        code.ldc(plan.constant(target.result, TaskResult.class));
        ValueCode.state(code, "returnFromTask", void.class, Object.class, TaskResult.class);
    }

    private void pushArguments(CodeBuilder code, LiftCode lift, List<Lane> lanes, int memory) {
        if (!spillsParameters()) {
            int lane = 0;
            for (Mapping parameter : function.parameters()) {
                lift.liftFlat(code, parameter, lanes, lane, memory);
                lane += Layout.flatten(parameter.type()).size();
            }
            return;
        }
        List<WitType> types = function.type().parameterTypes();
        int pointer = lanes.getFirst().slot();
        ValueCode.checkRange(code, memory, pointer, Layout.sequenceSize(types), Layout.maxAlignment(types));
        List<Integer> offsets = Layout.offsets(types);
        for (int i = 0; i < offsets.size(); i++) {
            lift.load(code, function.parameters().get(i), memory, pointer, offsets.get(i));
        }
    }

    private void lowerResult(CodeBuilder code, Mapping result, int value, List<Lane> lanes, int memory) {
        LowerCode lower = new LowerCode(plan, options, Map.of());
        if (options.async() || signature.spillsResult()) {
            int pointer = lanes.getLast().slot();
            ValueCode.checkRange(code, memory, pointer, Layout.size(result.type()), Layout.alignment(result.type()));
            lower.store(code, result, value, memory, pointer, 0);
            return;
        }
        Lane lane = Lane.zero(code, signature.results().getFirst());
        lower.lowerFlat(code, result, value, List.of(lane), 0, memory);
        lane.toSlot(code, SLOTS, 0);
    }

    private boolean spillsParameters() {
        return options.async()
                ? signature.parameters().size() > Layout.MAX_FLAT_ASYNC_PARAMS
                : signature.spillsParameters();
    }

    /**
     * Only where one call takes a borrow and an own can a guest give away what it lends, since nothing of it runs meanwhile. Where
     * guests call each other, something of it may.
     */
    private boolean lends() {
        List<WitType> types = function.type().parameterTypes();
        return types.stream().anyMatch(LowerCode::containsBorrow)
                && (target instanceof Target.Guest || types.stream().anyMatch(ValueCode::containsOwn));
    }
}
