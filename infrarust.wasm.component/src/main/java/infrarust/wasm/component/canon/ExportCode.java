package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.FunctionMapping;
import infrarust.wasm.component.mapping.Mapping;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.component.type.WitType;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreValueType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Generates {@code canon lift} of a guest's function as a static method: Java arguments become core values, the guest runs, its
 * result becomes a Java value, and what it occupied is given back to the guest.
 */
final class ExportCode {

    private final PlanClass plan;
    private final FunctionMapping function;
    private final int coreFunction;
    private final Options options;
    private final int scope;
    private final Map<ResourceType, ValueCode.GuestResourceCode> guestResources;
    private final Set<ResourceType> defined;
    private final Signature signature;

    /**
     * Prepares the code of one function for the embedder.
     *
     * @param guestResources what stands for resources that guests define
     */
    ExportCode(
            PlanClass plan,
            ExportPlan.GuestFunction function,
            Map<ResourceType, ValueCode.GuestResourceCode> guestResources) {
        this(plan, function, guestResources, Set.of());
    }

    /**
     * Prepares the code of one function for another guest.
     *
     * @param defined the resources that the function's instance defines
     */
    static ExportCode betweenGuests(PlanClass plan, ExportPlan.GuestFunction function, Set<ResourceType> defined) {
        return new ExportCode(plan, function, Map.of(), defined);
    }

    private ExportCode(
            PlanClass plan,
            ExportPlan.GuestFunction function,
            Map<ResourceType, ValueCode.GuestResourceCode> guestResources,
            Set<ResourceType> defined) {
        this.plan = plan;
        this.function = function.function();
        this.coreFunction = function.coreFunction();
        this.options = function.options();
        this.scope = function.scope();
        this.guestResources = guestResources;
        this.defined = defined;
        this.signature =
                Signature.of(function.function().type(), function.options().async());
    }

    /** Calls the function without a guard; the state of its instance and the arguments are on the stack. */
    void invoke(CodeBuilder code) {
        plan.invoke(code, this, "body", bodyType(), this::writeBody);
    }

    /**
     * The type of a function's entry: the target, then the carriers. The target is the state of the outermost instance or, for a
     * method of a resource, the handle of the object, which is the first parameter too.
     */
    static MethodType entryType(FunctionMapping function) {
        List<Class<?>> parameters = new ArrayList<>();
        parameters.add(Object.class);
        for (int i = selfParameters(function); i < function.parameters().size(); i++) {
            parameters.add(function.parameters().get(i).carrier());
        }
        return MethodType.methodType(returned(function), parameters);
    }

    private static int selfParameters(FunctionMapping function) {
        return function.isMethod() ? 1 : 0;
    }

    private static Class<?> returned(FunctionMapping function) {
        return function.result().<Class<?>>map(Mapping::carrier).orElse(void.class);
    }

    /** The type of the body: state, then the carriers. */
    private MethodType bodyType() {
        List<Class<?>> parameters = new ArrayList<>();
        parameters.add(InstanceState.class);
        function.parameters().forEach(parameter -> parameters.add(parameter.carrier()));
        return MethodType.methodType(returned(function), parameters);
    }

    /** Adds the method under a name: enters the instance, runs the body, leaves it, whatever happens. */
    void addTo(String name) {
        plan.method(name, entryType(function), this::writeGuarded);
    }

    private void writeGuarded(CodeBuilder code) {
        MethodType type = entryType(function);
        code.aload(0);
        if (selfParameters(function) == 0) {
            code.checkcast(ValueCode.STATE);
        } else {
            code.invokestatic(
                    PlanClass.desc(GuestHandle.class),
                    "stateOf",
                    PlanClass.desc(MethodType.methodType(InstanceState.class, Object.class)));
        }
        // A state that is given is the outermost one; that of a handle is its definer's.
        if (scope != 0 || selfParameters(function) > 0) {
            pushSibling(code, scope);
        }
        int state = ValueCode.store(code, InstanceState.class);
        code.aload(state);
        ValueCode.state(code, "enter", void.class);
        code.trying(
                inner -> {
                    inner.aload(state);
                    int slot = 0;
                    for (int i = 0; i < type.parameterCount(); i++) {
                        TypeKind kind = PlanClass.kind(type.parameterType(i));
                        if (i > 0 || selfParameters(function) > 0) {
                            inner.loadLocal(kind, slot);
                        }
                        slot += kind.slotSize();
                    }
                    invoke(inner);
                    inner.aload(state);
                    ValueCode.state(inner, "exit", void.class);
                    inner.return_(TypeKind.from(type.returnType()));
                },
                handlers -> handlers.catchingAll(inner -> {
                    int thrown = ValueCode.store(inner, Throwable.class);
                    inner.aload(state).aload(thrown);
                    ValueCode.state(inner, "fail", Throwable.class, Throwable.class);
                    inner.athrow();
                }));
    }

    /** Turns the state of any instance of the component, which is on the stack, into the state of one of them. */
    static void pushSibling(CodeBuilder code, int scope) {
        code.getfield(ValueCode.STATE, "siblings", PlanClass.desc(InstanceState[].class))
                .loadConstant(scope)
                .aaload();
    }

    private void writeBody(CodeBuilder code) {
        int memory = ValueCode.loadMemory(code, options);
        boolean handles = function.type().parameterTypes().stream()
                .anyMatch(type -> ValueCode.containsOwn(type) || LowerCode.containsBorrow(type));
        if (handles) {
            code.aload(0);
            ValueCode.state(code, "giveArguments", void.class);
        }
        boolean borrows = function.type().parameterTypes().stream().anyMatch(LowerCode::containsBorrow);
        int outerBorrows = borrows ? beginBorrows(code) : -1;
        LowerCode lower = new LowerCode(plan, options, guestResources, defined);
        List<Lane> arguments = signature.spillsParameters() ? spill(code, lower, memory) : flatten(code, lower, memory);
        if (handles) {
            code.aload(0);
            ValueCode.state(code, "argumentsGiven", void.class);
        }
        CoreFunctionType core = signature.lifted();
        if (options.async()) {
            code.aload(0);
            code.ldc(plan.constant(TaskResult.of(function.type().result(), options), TaskResult.class));
            ValueCode.state(code, "beginTask", void.class, TaskResult.class);
        }
        call(code, coreFunction, core, arguments);
        List<Lane> results = new ArrayList<>();
        for (CoreValueType type : core.results()) {
            results.add(Lane.stored(code, type));
        }
        if (borrows) {
            code.aload(0).aload(outerBorrows);
            ValueCode.state(code, "endBorrows", void.class, BorrowScope.class);
        }
        if (options.async()) {
            endTask(code);
            return;
        }
        if (function.result().isEmpty()) {
            postReturn(code, results);
            code.return_();
            return;
        }
        Mapping result = function.result().get();
        if (function.type().result().filter(ExportCode::hasParts).isPresent()) {
            code.aload(0);
            ValueCode.state(code, "beginLift", void.class);
        }
        LiftCode lift = new LiftCode(plan, options, guestResources, false);
        if (signature.spillsResult()) {
            int pointer = results.getFirst().slot();
            ValueCode.checkRange(code, memory, pointer, Layout.size(result.type()), Layout.alignment(result.type()));
            lift.load(code, result, memory, pointer, 0);
        } else {
            lift.liftFlat(code, result, results, 0, memory);
        }
        TypeKind kind = PlanClass.kind(result.carrier());
        int value = ValueCode.store(code, result.carrier());
        postReturn(code, results);
        code.loadLocal(kind, value).return_(kind);
    }

    /** What {@code task.return} has lifted is the result. */
    private void endTask(CodeBuilder code) {
        code.aload(0);
        ValueCode.state(code, "endTask", Object.class);
        if (function.result().isEmpty()) {
            code.pop().return_();
            return;
        }
        Class<?> carrier = function.result().get().carrier();
        ValueCode.unbox(code, carrier);
        code.return_(PlanClass.kind(carrier));
    }

    private static int beginBorrows(CodeBuilder code) {
        code.aload(0);
        ValueCode.state(code, "beginBorrows", BorrowScope.class);
        return ValueCode.store(code, BorrowScope.class);
    }

    private List<Lane> flatten(CodeBuilder code, LowerCode lower, int memory) {
        List<Lane> lanes = new ArrayList<>();
        signature.parameters().forEach(type -> lanes.add(Lane.zero(code, type)));
        int lane = 0;
        int slot = 1;
        for (int i = 0; i < function.parameters().size(); i++) {
            Mapping parameter = function.parameters().get(i);
            if (isSelf(i)) {
                lowerSelf(code, parameter, slot);
                lanes.get(lane).store(code, CoreValueType.I32);
            } else {
                lower.lowerFlat(code, parameter, slot, lanes, lane, memory);
            }
            lane += Layout.flatten(parameter.type()).size();
            slot += PlanClass.kind(parameter.carrier()).slotSize();
        }
        return lanes;
    }

    /** More than 16 flat parameters: all of them go into one block that the guest allocates. */
    private List<Lane> spill(CodeBuilder code, LowerCode lower, int memory) {
        List<WitType> types = function.type().parameterTypes();
        code.loadConstant(Layout.maxAlignment(types)).loadConstant(Math.toIntExact(Layout.sequenceSize(types)));
        int pointer = lower.ranges().realloc(code, memory);
        List<Integer> offsets = Layout.offsets(types);
        int slot = 1;
        for (int i = 0; i < offsets.size(); i++) {
            Mapping parameter = function.parameters().get(i);
            if (isSelf(i)) {
                code.aload(memory).iload(pointer);
                lowerSelf(code, parameter, slot);
                ValueCode.memory(code, "putInt", void.class, int.class, int.class);
            } else {
                lower.store(code, parameter, slot, memory, pointer, offsets.get(i));
            }
            slot += PlanClass.kind(parameter.carrier()).slotSize();
        }
        return List.of(new Lane(CoreValueType.I32, pointer));
    }

    private void lowerSelf(CodeBuilder code, Mapping self, int slot) {
        ResourceType resource = ((Mapping.Handle) self).resource();
        code.aload(0).aload(slot).ldc(plan.constant(resource, ResourceType.class));
        ValueCode.state(code, "lowerBorrowGuest", int.class, Object.class, ResourceType.class);
    }

    private boolean isSelf(int parameter) {
        return parameter == 0 && function.isMethod();
    }

    private void call(CodeBuilder code, int function, CoreFunctionType type, List<Lane> arguments) {
        code.ldc(plan.coreHandle(function));
        code.aload(0)
                .getfield(ValueCode.STATE, "receivers", PlanClass.desc(Object[].class))
                .loadConstant(function)
                .aaload();
        arguments.forEach(lane -> lane.push(code, lane.type()));
        PlanClass.invokeExact(code, type.handleType());
    }

    /** Whether lifting a value counts what it builds: numbers alone do not. */
    private static boolean hasParts(WitType type) {
        return !(type instanceof WitType.Primitive) || type == WitType.Primitive.STRING;
    }

    /** Whether a value shows the guest's memory itself. */
    private static boolean hasView(Mapping mapping) {
        return switch (mapping) {
            case Mapping.Bytes bytes -> bytes.carrier() == ByteBuffer.class;
            case Mapping.Elements elements -> hasView(elements.element());
            case Mapping.FixedElements elements -> hasView(elements.element());
            case Mapping.Entries entries -> hasView(entries.entry());
            case Mapping.Fields fields -> fields.fields().stream().anyMatch(ExportCode::hasView);
            case Mapping.Cases cases ->
                cases.cases().stream()
                        .anyMatch(c -> c instanceof Mapping.JavaCase.WithPayload some && hasView(some.payload()));
            case Mapping.Maybe maybe -> hasView(maybe.some());
            case Mapping.Outcome outcome ->
                outcome.ok().filter(ExportCode::hasView).isPresent()
                        || outcome.error().filter(ExportCode::hasView).isPresent();
            default -> false;
        };
    }

    private void postReturn(CodeBuilder code, List<Lane> results) {
        if (options.postReturn() == Options.NONE) {
            return;
        }
        if (function.result().filter(ExportCode::hasView).isPresent()) {
            // A list is two core values, so a result with one is in memory and a single address comes back.
            code.aload(0);
            results.getFirst().push(code, CoreValueType.I32);
            code.loadConstant(options.postReturn());
            ValueCode.state(code, "postpone", void.class, int.class, int.class);
            return;
        }
        code.aload(0).iconst_0().putfield(ValueCode.STATE, "mayLeave", ConstantDescs.CD_boolean);
        CoreFunctionType type = new CoreFunctionType(signature.lifted().results(), List.of());
        call(code, options.postReturn(), type, results);
        code.aload(0).iconst_1().putfield(ValueCode.STATE, "mayLeave", ConstantDescs.CD_boolean);
    }
}
