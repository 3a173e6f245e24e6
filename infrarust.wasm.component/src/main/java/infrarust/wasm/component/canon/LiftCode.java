package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.DeferredHandle;
import infrarust.wasm.component.mapping.Mapping;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.component.type.WitType;
import infrarust.wasm.component.type.WitType.Primitive;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreTrap;
import infrarust.wasm.spi.CoreValueType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Generates the code that turns what a guest holds into Java values (CanonicalABI.md, "Loading" and "Flat Lifting"). Each method
 * leaves one value of the mapping's carrier on the stack.
 */
final class LiftCode extends ValueCode {

    private static final MethodType LOAD =
            MethodType.methodType(Object.class, InstanceState.class, CoreMemory.class, int.class);

    private final boolean lend;
    private final RangeLiftCode ranges;

    /**
     * Makes a generator.
     *
     * @param lend whether borrowed handles must be marked as lent, because the same call may also give them away
     */
    LiftCode(PlanClass plan, Options options, Map<ResourceType, GuestResourceCode> guestResources, boolean lend) {
        super(plan, options, guestResources);
        this.lend = lend;
        this.ranges = new RangeLiftCode(plan, options, lend, this);
    }

    // From memory

    /** Pushes the value at {@code pointer + offset}. */
    void load(CodeBuilder code, Mapping mapping, int memory, int pointer, int offset) {
        switch (mapping) {
            case Mapping.Scalar scalar -> {
                code.aload(memory);
                pushAddress(code, pointer, offset);
                loadScalar(code, scalar.type());
            }
            case Mapping.Text _, Mapping.Bytes _, Mapping.Elements _, Mapping.Entries _ -> {
                code.aload(0).aload(memory).aload(memory);
                pushAddress(code, pointer, offset);
                memory(code, "getInt", int.class, int.class);
                code.aload(memory);
                pushAddress(code, pointer, offset + 4);
                memory(code, "getInt", int.class, int.class);
                ranges.lift(code, mapping);
            }
            case Mapping.Handle handle -> {
                code.aload(memory);
                pushAddress(code, pointer, offset);
                memory(code, "getInt", int.class, int.class);
                int index = store(code, int.class);
                liftHandle(code, handle, index);
            }
            case Mapping.Converted converted -> {
                code.ldc(plan.constant(converted.wrap(), MethodHandle.class));
                load(code, converted.inner(), memory, pointer, offset);
                PlanClass.invokeExact(code, converted.wrap().type());
            }
            default -> {
                code.aload(0).aload(memory);
                pushAddress(code, pointer, offset);
                plan.invoke(code, new MethodKey("load", mapping, options, lend), "load", LOAD, body -> {
                    loadComposite(body, mapping);
                    body.areturn();
                });
                unbox(code, mapping.carrier());
            }
        }
    }

    private static void loadScalar(CodeBuilder code, Primitive type) {
        switch (type) {
            case BOOL, S8, U8 -> memory(code, "getByte", byte.class, int.class);
            case S16, U16 -> memory(code, "getShort", short.class, int.class);
            case S32, U32, CHAR, F32 -> memory(code, "getInt", int.class, int.class);
            default -> memory(code, "getLong", long.class, int.class);
        }
        switch (type) {
            case BOOL -> values(code, "bool", boolean.class, int.class);
            case U8 -> code.loadConstant(0xff).iand();
            case U16 -> code.loadConstant(0xffff).iand();
            case CHAR -> values(code, "character", int.class, int.class);
            case F32 -> values(code, "f32", float.class, int.class);
            case F64 -> values(code, "f64", double.class, long.class);
            default -> {}
        }
    }

    /** The body of a load method: variables are state, memory and pointer. */
    private void loadComposite(CodeBuilder code, Mapping mapping) {
        switch (mapping) {
            case Mapping.Fields fields -> {
                List<Integer> offsets = Layout.offsets(
                        fields.fields().stream().map(Mapping::type).toList());
                code.ldc(plan.constant(fields.constructor(), MethodHandle.class));
                for (int i = 0; i < offsets.size(); i++) {
                    load(code, fields.fields().get(i), 1, 2, offsets.get(i));
                }
                PlanClass.invokeExact(code, fields.constructor().type());
            }
            case Mapping.FixedBytes bytes -> ranges.loadFixedBytes(code, bytes);
            case Mapping.FixedElements elements -> ranges.loadFixed(code, elements);
            case Mapping.FlagSet flags -> {
                code.aload(1).iload(2);
                loadUnsigned(code, Layout.flagsSize(flags.constants().length));
                pushFlags(code, flags);
            }
            case Mapping.Constants constants -> {
                code.ldc(plan.constant(constants.constants(), Object[].class));
                pushDiscriminant(code, mapping.type());
                values(code, "constant", Object.class, Object[].class, int.class);
            }
            default -> {
                int payload = Layout.payloadOffset(Layout.payloads(mapping.type()));
                pushDiscriminant(code, mapping.type());
                int discriminant = store(code, int.class);
                cases(code, mapping, discriminant, inner -> load(code, inner, 1, 2, payload));
            }
        }
    }

    private static void pushDiscriminant(CodeBuilder code, WitType type) {
        code.aload(1).iload(2);
        loadUnsigned(code, Layout.discriminantSize(Layout.payloads(type).size()));
    }

    private static void loadUnsigned(CodeBuilder code, int bytes) {
        switch (bytes) {
            case 1 -> {
                memory(code, "getByte", byte.class, int.class);
                code.loadConstant(0xff).iand();
            }
            case 2 -> {
                memory(code, "getShort", short.class, int.class);
                code.loadConstant(0xffff).iand();
            }
            default -> memory(code, "getInt", int.class, int.class);
        }
    }

    // From flat values

    /** Pushes the value that the lanes from {@code at} hold. */
    void liftFlat(CodeBuilder code, Mapping mapping, List<Lane> lanes, int at, int memory) {
        switch (mapping) {
            case Mapping.Scalar scalar -> liftFlatScalar(code, scalar.type(), lanes.get(at));
            case Mapping.Text _, Mapping.Bytes _, Mapping.Elements _, Mapping.Entries _ -> {
                code.aload(0).aload(memory);
                lanes.get(at).push(code, CoreValueType.I32);
                lanes.get(at + 1).push(code, CoreValueType.I32);
                ranges.lift(code, mapping);
            }
            case Mapping.Handle handle -> {
                lanes.get(at).push(code, CoreValueType.I32);
                int index = store(code, int.class);
                liftHandle(code, handle, index);
            }
            case Mapping.Converted converted -> {
                code.ldc(plan.constant(converted.wrap(), MethodHandle.class));
                liftFlat(code, converted.inner(), lanes, at, memory);
                PlanClass.invokeExact(code, converted.wrap().type());
            }
            case Mapping.Fields fields -> {
                code.ldc(plan.constant(fields.constructor(), MethodHandle.class));
                int lane = at;
                for (Mapping field : fields.fields()) {
                    liftFlat(code, field, lanes, lane, memory);
                    lane += Layout.flatten(field.type()).size();
                }
                PlanClass.invokeExact(code, fields.constructor().type());
            }
            case Mapping.FixedBytes bytes -> ranges.liftFlatBytes(code, bytes, lanes, at);
            case Mapping.FixedElements elements -> ranges.liftFlatElements(code, elements, lanes, at, memory);
            case Mapping.FlagSet flags -> {
                lanes.get(at).push(code, CoreValueType.I32);
                pushFlags(code, flags);
            }
            case Mapping.Constants constants -> {
                code.ldc(plan.constant(constants.constants(), Object[].class));
                lanes.get(at).push(code, CoreValueType.I32);
                values(code, "constant", Object.class, Object[].class, int.class);
            }
            default -> {
                lanes.get(at).push(code, CoreValueType.I32);
                int discriminant = store(code, int.class);
                cases(code, mapping, discriminant, inner -> liftFlat(code, inner, lanes, at + 1, memory));
                unbox(code, mapping.carrier());
            }
        }
    }

    private static void liftFlatScalar(CodeBuilder code, Primitive type, Lane lane) {
        switch (type) {
            case S64, U64 -> lane.push(code, CoreValueType.I64);
            case F32 -> {
                lane.push(code, CoreValueType.F32);
                values(code, "canonical", float.class, float.class);
            }
            case F64 -> {
                lane.push(code, CoreValueType.F64);
                values(code, "canonical", double.class, double.class);
            }
            default -> lane.push(code, CoreValueType.I32);
        }
        switch (type) {
            case BOOL -> values(code, "bool", boolean.class, int.class);
            case S8 -> code.i2b();
            case S16 -> code.i2s();
            case U8 -> code.loadConstant(0xff).iand();
            case U16 -> code.loadConstant(0xffff).iand();
            case CHAR -> values(code, "character", int.class, int.class);
            default -> {}
        }
    }

    // Parts of both

    private void pushFlags(CodeBuilder code, Mapping.FlagSet flags) {
        code.ldc(plan.constant(flags.enumType(), Class.class));
        code.ldc(plan.constant(flags.constants(), Object[].class));
        values(code, "flags", Set.class, int.class, Class.class, Object[].class);
    }

    private void liftHandle(CodeBuilder code, Mapping.Handle handle, int index) {
        GuestResourceCode guest = guestResources.get(handle.resource());
        if (guest != null) {
            // A guest lends its own resource to nobody but itself, so only own comes out.
            code.ldc(plan.constant(guest.wrap(), MethodHandle.class));
            code.aload(0).iload(index);
            code.ldc(plan.constant(handle.resource(), ResourceType.class));
            code.loadConstant(guest.owner()).loadConstant(guest.destructor());
            state(code, "liftOwnGuest", GuestHandle.class, int.class, ResourceType.class, int.class, int.class);
            PlanClass.invokeExact(code, MethodType.methodType(Object.class, Object.class));
            return;
        }
        code.aload(0).iload(index);
        code.ldc(plan.constant(handle.resource(), ResourceType.class));
        String name = handle.own() ? "liftOwn" : lend ? "liftBorrowLent" : "liftBorrow";
        state(code, name, Object.class, int.class, ResourceType.class);
    }

    private interface Payload {
        void push(Mapping mapping);
    }

    /** Pushes the case that the discriminant names, as an Object; a discriminant beyond the cases traps. */
    private void cases(CodeBuilder code, Mapping mapping, int discriminant, Payload payload) {
        int count = Layout.payloads(mapping.type()).size();
        List<SwitchCase> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            targets.add(SwitchCase.of(i, code.newLabel()));
        }
        Label bad = code.newLabel();
        Label done = code.newLabel();
        code.iload(discriminant).tableswitch(0, count - 1, bad, targets);
        for (SwitchCase target : targets) {
            code.labelBinding(target.target());
            pushCase(code, mapping, target.caseValue(), payload);
            code.goto_(done);
        }
        code.labelBinding(bad).iload(discriminant).loadConstant(count);
        values(code, "badDiscriminant", CoreTrap.class, int.class, int.class);
        code.athrow();
        code.labelBinding(done);
    }

    private void pushCase(CodeBuilder code, Mapping mapping, int index, Payload payload) {
        switch (mapping) {
            case Mapping.Cases cases -> {
                switch (cases.cases().get(index)) {
                    case Mapping.JavaCase.Plain plain -> code.ldc(plan.constant(plain.value(), Object.class));
                    case Mapping.JavaCase.WithPayload some -> {
                        code.ldc(plan.constant(some.constructor(), MethodHandle.class));
                        payload.push(some.payload());
                        PlanClass.invokeExact(code, some.constructor().type());
                    }
                }
            }
            case Mapping.Tagged tagged -> {
                DeferredHandle constructor = tagged.constructors().get(index);
                code.ldc(plan.constant(constructor, MethodHandle.class));
                tagged.payloads().get(index).ifPresent(inner -> {
                    payload.push(inner);
                    box(code, inner.carrier());
                });
                PlanClass.invokeExact(code, constructor.type());
            }
            case Mapping.Maybe maybe -> {
                if (index == 0) {
                    code.invokestatic(
                            PlanClass.desc(maybe.carrier()),
                            "empty",
                            PlanClass.desc(MethodType.methodType(maybe.carrier())));
                } else {
                    payload.push(maybe.some());
                    Class<?> parameter = maybe.some().carrier();
                    if (maybe.carrier() == Optional.class) {
                        box(code, parameter);
                        parameter = Object.class;
                    }
                    code.invokestatic(
                            PlanClass.desc(maybe.carrier()),
                            "of",
                            PlanClass.desc(MethodType.methodType(maybe.carrier(), parameter)));
                }
            }
            case Mapping.Outcome outcome -> {
                Optional<Mapping> inner = index == 0 ? outcome.ok() : outcome.error();
                inner.ifPresentOrElse(
                        value -> {
                            payload.push(value);
                            box(code, value.carrier());
                        },
                        () -> code.ldc(unit()));
                values(code, index == 0 ? "ok" : "err", Object.class, Object.class);
            }
            default -> throw new AssertionError(mapping + " has no cases");
        }
    }
}
