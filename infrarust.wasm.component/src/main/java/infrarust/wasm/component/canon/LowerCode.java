package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.DeferredHandle;
import infrarust.wasm.component.mapping.Mapping;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.component.type.WitType;
import infrarust.wasm.component.type.WitType.Primitive;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreValueType;
import java.lang.classfile.CodeBuilder;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Generates the code that gives Java values to a guest (CanonicalABI.md, "Storing" and "Flat Lowering"). Strings and lists become
 * a pair of address and length, which travels as one long: the address in the high half.
 */
final class LowerCode extends ValueCode {

    private static final MethodType STORE =
            MethodType.methodType(void.class, InstanceState.class, CoreMemory.class, int.class, Object.class);

    private final RangeCode ranges;
    private final CaseCode cases;
    private final Set<ResourceType> defined;

    LowerCode(PlanClass plan, Options options, Map<ResourceType, GuestResourceCode> guestResources) {
        this(plan, options, guestResources, Set.of());
    }

    /**
     * Makes a generator for calls between guests.
     *
     * @param defined the resources that the guest which gets the values defines
     */
    LowerCode(
            PlanClass plan,
            Options options,
            Map<ResourceType, GuestResourceCode> guestResources,
            Set<ResourceType> defined) {
        super(plan, options, guestResources);
        this.defined = defined;
        this.ranges = new RangeCode(plan, options, this);
        this.cases = new CaseCode(plan, options);
    }

    // Into memory

    /** Generates the allocation of what does not fit a register. */
    RangeCode ranges() {
        return ranges;
    }

    /** Stores the value of a variable at {@code pointer + offset}. */
    void store(CodeBuilder code, Mapping mapping, int value, int memory, int pointer, int offset) {
        switch (mapping) {
            case Mapping.Scalar scalar -> {
                code.aload(memory);
                pushAddress(code, pointer, offset);
                pushCore(code, scalar.type(), value);
                storeScalar(code, scalar.type());
            }
            case Mapping.Text _, Mapping.Bytes _, Mapping.Elements _, Mapping.Entries _ -> {
                int packed = ranges.lower(code, mapping, value, memory);
                code.aload(memory);
                pushAddress(code, pointer, offset);
                pushPointer(code, packed);
                memory(code, "putInt", void.class, int.class, int.class);
                code.aload(memory);
                pushAddress(code, pointer, offset + 4);
                code.lload(packed).l2i();
                memory(code, "putInt", void.class, int.class, int.class);
            }
            case Mapping.Handle handle -> {
                code.aload(memory);
                pushAddress(code, pointer, offset);
                lowerHandle(code, handle, value);
                memory(code, "putInt", void.class, int.class, int.class);
            }
            case Mapping.Converted converted ->
                store(code, converted.inner(), unwrap(code, converted, value), memory, pointer, offset);
            default -> {
                code.aload(0).aload(memory);
                pushAddress(code, pointer, offset);
                code.aload(value);
                plan.invoke(code, new MethodKey("store", mapping, options, false), "store", STORE, body -> {
                    storeComposite(body, mapping);
                    body.return_();
                });
            }
        }
    }

    static boolean containsBorrow(WitType type) {
        return type.contains(WitType.Borrow.class::isInstance);
    }

    private static void storeScalar(CodeBuilder code, Primitive type) {
        switch (type) {
            case BOOL, S8, U8 -> {
                code.i2b();
                memory(code, "putByte", void.class, int.class, byte.class);
            }
            case S16, U16 -> {
                code.i2s();
                memory(code, "putShort", void.class, int.class, short.class);
            }
            case S32, U32, CHAR -> memory(code, "putInt", void.class, int.class, int.class);
            case F32 -> {
                code.invokestatic(
                        PlanClass.desc(Float.class),
                        "floatToRawIntBits",
                        PlanClass.desc(MethodType.methodType(int.class, float.class)));
                memory(code, "putInt", void.class, int.class, int.class);
            }
            case F64 -> {
                code.invokestatic(
                        PlanClass.desc(Double.class),
                        "doubleToRawLongBits",
                        PlanClass.desc(MethodType.methodType(long.class, double.class)));
                memory(code, "putLong", void.class, int.class, long.class);
            }
            default -> memory(code, "putLong", void.class, int.class, long.class);
        }
    }

    /** The body of a store method: variables are state, memory, pointer and value. */
    private void storeComposite(CodeBuilder code, Mapping mapping) {
        switch (mapping) {
            case Mapping.Fields fields -> {
                List<Integer> offsets = Layout.offsets(
                        fields.fields().stream().map(Mapping::type).toList());
                for (int i = 0; i < offsets.size(); i++) {
                    int field = pushField(code, fields, i, 3);
                    store(code, fields.fields().get(i), field, 1, 2, offsets.get(i));
                }
            }
            case Mapping.FixedBytes bytes -> ranges.storeFixedBytes(code, bytes);
            case Mapping.FixedElements elements -> ranges.storeFixed(code, elements);
            case Mapping.FlagSet flags -> {
                code.aload(1).iload(2);
                pushBits(code, flags, 3);
                storeUnsigned(code, Layout.flagsSize(flags.constants().length));
            }
            case Mapping.Constants constants -> {
                code.aload(1).iload(2);
                pushCaseOf(code, constants, 3);
                storeUnsigned(code, Layout.discriminantSize(constants.constants().length));
            }
            default -> {
                List<Optional<WitType>> payloads = Layout.payloads(mapping.type());
                cases.lower(
                        code,
                        mapping,
                        3,
                        index -> {
                            code.aload(1).iload(2).loadConstant(index);
                            storeUnsigned(code, Layout.discriminantSize(payloads.size()));
                        },
                        (inner, value) -> store(code, inner, value, 1, 2, Layout.payloadOffset(payloads)));
            }
        }
    }

    private static void storeUnsigned(CodeBuilder code, int bytes) {
        switch (bytes) {
            case 1 -> {
                code.i2b();
                memory(code, "putByte", void.class, int.class, byte.class);
            }
            case 2 -> {
                code.i2s();
                memory(code, "putShort", void.class, int.class, short.class);
            }
            default -> memory(code, "putInt", void.class, int.class, int.class);
        }
    }

    // Into flat values

    /** Stores the value of a variable into the lanes from {@code at}, which are zero before. */
    void lowerFlat(CodeBuilder code, Mapping mapping, int value, List<Lane> lanes, int at, int memory) {
        switch (mapping) {
            case Mapping.Scalar scalar -> {
                pushCore(code, scalar.type(), value);
                lanes.get(at).store(code, Layout.flatten(scalar.type()).getFirst());
            }
            case Mapping.Text _, Mapping.Bytes _, Mapping.Elements _, Mapping.Entries _ -> {
                int packed = ranges.lower(code, mapping, value, memory);
                pushPointer(code, packed);
                lanes.get(at).store(code, CoreValueType.I32);
                code.lload(packed).l2i();
                lanes.get(at + 1).store(code, CoreValueType.I32);
            }
            case Mapping.Handle handle -> {
                lowerHandle(code, handle, value);
                lanes.get(at).store(code, CoreValueType.I32);
            }
            case Mapping.Converted converted ->
                lowerFlat(code, converted.inner(), unwrap(code, converted, value), lanes, at, memory);
            case Mapping.Fields fields -> {
                int lane = at;
                for (int i = 0; i < fields.fields().size(); i++) {
                    Mapping field = fields.fields().get(i);
                    int slot = pushField(code, fields, i, value);
                    lowerFlat(code, field, slot, lanes, lane, memory);
                    lane += Layout.flatten(field.type()).size();
                }
            }
            case Mapping.FixedBytes bytes -> ranges.lowerFlatBytes(code, bytes, value, lanes, at);
            case Mapping.FixedElements elements -> ranges.lowerFlatElements(code, elements, value, lanes, at, memory);
            case Mapping.FlagSet flags -> {
                pushBits(code, flags, value);
                lanes.get(at).store(code, CoreValueType.I32);
            }
            case Mapping.Constants constants -> {
                pushCaseOf(code, constants, value);
                lanes.get(at).store(code, CoreValueType.I32);
            }
            default ->
                cases.lower(
                        code,
                        mapping,
                        value,
                        index -> {
                            code.loadConstant(index);
                            lanes.get(at).store(code, CoreValueType.I32);
                        },
                        (inner, slot) -> lowerFlat(code, inner, slot, lanes, at + 1, memory));
        }
    }

    // Parts of both

    private int unwrap(CodeBuilder code, Mapping.Converted converted, int value) {
        code.ldc(plan.constant(converted.unwrap(), MethodHandle.class)).aload(value);
        PlanClass.invokeExact(code, converted.unwrap().type());
        return ValueCode.store(code, converted.inner().carrier());
    }

    /** Pushes a scalar as its core value, checked against the range that WIT gives it. */
    private static void pushCore(CodeBuilder code, Primitive type, int value) {
        code.loadLocal(PlanClass.kind(carrier(type)), value);
        switch (type) {
            case U8 -> values(code, "requireU8", int.class, int.class);
            case U16 -> values(code, "requireU16", int.class, int.class);
            case CHAR -> values(code, "requireCharacter", int.class, int.class);
            case F32 -> values(code, "canonical", float.class, float.class);
            case F64 -> values(code, "canonical", double.class, double.class);
            default -> {}
        }
    }

    private static Class<?> carrier(Primitive type) {
        return switch (type) {
            case S64, U64 -> long.class;
            case F32 -> float.class;
            case F64 -> double.class;
            case STRING -> String.class;
            default -> int.class;
        };
    }

    private int pushField(CodeBuilder code, Mapping.Fields fields, int index, int value) {
        DeferredHandle accessor = fields.accessors().get(index);
        code.ldc(plan.constant(accessor, MethodHandle.class)).aload(value);
        PlanClass.invokeExact(code, accessor.type());
        return ValueCode.store(code, accessor.type().returnType());
    }

    private void pushBits(CodeBuilder code, Mapping.FlagSet flags, int value) {
        code.aload(value).checkcast(PlanClass.desc(Set.class)).ldc(plan.constant(flags.bits(), int[].class));
        values(code, "bits", int.class, Set.class, int[].class);
    }

    private void pushCaseOf(CodeBuilder code, Mapping.Constants constants, int value) {
        code.aload(value).ldc(plan.constant(constants.cases(), int[].class));
        values(code, "caseOf", int.class, Object.class, int[].class);
    }

    private static void pushPointer(CodeBuilder code, int packed) {
        code.lload(packed).loadConstant(32).lushr().l2i();
    }

    private void lowerHandle(CodeBuilder code, Mapping.Handle handle, int value) {
        GuestResourceCode guest = guestResources.get(handle.resource());
        code.aload(0);
        if (guest != null) {
            code.ldc(plan.constant(guest.unwrap(), MethodHandle.class)).aload(value);
            PlanClass.invokeExact(code, MethodType.methodType(Object.class, Object.class));
            code.ldc(plan.constant(handle.resource(), ResourceType.class));
            String name = handle.own() ? "lowerOwnGuest" : "lowerBorrowGuest";
            state(code, name, int.class, Object.class, ResourceType.class);
            return;
        }
        if (!handle.own() && defined.contains(handle.resource())) {
            // A guest gets its own resource as its representation.
            code.pop().aload(value);
            unbox(code, int.class);
            return;
        }
        code.aload(value).ldc(plan.constant(handle.resource(), ResourceType.class));
        if (handle.own()) {
            state(code, "lowerOwn", int.class, Object.class, ResourceType.class);
        } else {
            state(code, "lowerBorrow", int.class, Object.class, ResourceType.class);
        }
    }
}
