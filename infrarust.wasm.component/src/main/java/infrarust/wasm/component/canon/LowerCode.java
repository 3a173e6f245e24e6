package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.Mapping;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.component.type.WitType;
import infrarust.wasm.component.type.WitType.Primitive;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreValueType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
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
    private static final MethodType REALLOC =
            MethodType.methodType(int.class, InstanceState.class, CoreMemory.class, int.class, int.class);

    /** Variable of the borrow scope of the call, or -1 where nothing is lent. */
    private final int scope;

    private record StoreKey(Mapping mapping, Options options) {}

    private record RangeKey(Mapping mapping, Options options) {}

    private record ReallocKey(Options options) {}

    LowerCode(PlanClass plan, Options options, Map<ResourceType, GuestResourceCode> guestResources, int scope) {
        super(plan, options, guestResources);
        this.scope = scope;
    }

    // Into memory

    /** Stores the value of a variable at {@code pointer + offset}. */
    void store(CodeBuilder code, Mapping mapping, int value, int memory, int pointer, int offset) {
        switch (mapping) {
            case Mapping.Scalar scalar -> {
                code.aload(memory);
                pushAddress(code, pointer, offset);
                pushCore(code, scalar.type(), value);
                storeScalar(code, scalar.type());
            }
            case Mapping.Text _, Mapping.Bytes _, Mapping.Elements _ -> {
                int packed = lowerRange(code, mapping, value, memory);
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
            default -> {
                code.aload(0).aload(memory);
                pushAddress(code, pointer, offset);
                code.aload(value);
                if (containsBorrow(mapping.type())) {
                    throw new AssertionError(
                            "borrowed handles within a " + mapping.type() + " are refused when linked");
                }
                plan.invoke(code, new StoreKey(mapping, options), "store", STORE, body -> {
                    storeComposite(body, mapping);
                    body.return_();
                });
            }
        }
    }

    static boolean containsBorrow(WitType type) {
        return switch (type) {
            case WitType.Borrow _ -> true;
            case Primitive _, WitType.Own _, WitType.Flags _ -> false;
            case WitType.ListOf(WitType element) -> containsBorrow(element);
            case WitType.RecordOf(List<WitType.Field> fields) ->
                fields.stream().anyMatch(f -> containsBorrow(f.type()));
            case WitType.Tuple(List<WitType> elements) -> elements.stream().anyMatch(LowerCode::containsBorrow);
            default ->
                Layout.payloads(type).stream()
                        .anyMatch(p -> p.filter(LowerCode::containsBorrow).isPresent());
        };
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
                cases(
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
            case Mapping.Text _, Mapping.Bytes _, Mapping.Elements _ -> {
                int packed = lowerRange(code, mapping, value, memory);
                pushPointer(code, packed);
                lanes.get(at).store(code, CoreValueType.I32);
                code.lload(packed).l2i();
                lanes.get(at + 1).store(code, CoreValueType.I32);
            }
            case Mapping.Handle handle -> {
                lowerHandle(code, handle, value);
                lanes.get(at).store(code, CoreValueType.I32);
            }
            case Mapping.Fields fields -> {
                int lane = at;
                for (int i = 0; i < fields.fields().size(); i++) {
                    Mapping field = fields.fields().get(i);
                    int slot = pushField(code, fields, i, value);
                    lowerFlat(code, field, slot, lanes, lane, memory);
                    lane += Layout.flatten(field.type()).size();
                }
            }
            case Mapping.FlagSet flags -> {
                pushBits(code, flags, value);
                lanes.get(at).store(code, CoreValueType.I32);
            }
            case Mapping.Constants constants -> {
                pushCaseOf(code, constants, value);
                lanes.get(at).store(code, CoreValueType.I32);
            }
            default ->
                cases(
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
        MethodHandle accessor = fields.accessors().get(index);
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
            if (handle.own()) {
                code.ldc(plan.constant(handle.resource(), ResourceType.class));
                state(code, "lowerOwnGuest", int.class, Object.class, ResourceType.class);
            } else {
                state(code, "lowerBorrowGuest", int.class, Object.class);
            }
            return;
        }
        code.aload(value).ldc(plan.constant(handle.resource(), ResourceType.class));
        if (handle.own()) {
            state(code, "lowerOwn", int.class, Object.class, ResourceType.class);
        } else {
            code.aload(scope);
            state(code, "lowerBorrow", int.class, Object.class, ResourceType.class, BorrowScope.class);
        }
    }

    /** Allocates and fills a string or list; answers the variable with address and length. */
    private int lowerRange(CodeBuilder code, Mapping mapping, int value, int memory) {
        code.aload(0).aload(memory).aload(value);
        plan.invoke(
                code,
                new RangeKey(mapping, options),
                "lower",
                MethodType.methodType(long.class, InstanceState.class, CoreMemory.class, mapping.carrier()),
                body -> {
                    switch (mapping) {
                        case Mapping.Text _ -> lowerText(body);
                        case Mapping.Elements elements -> lowerList(body, elements.element());
                        default -> lowerBytes(body, mapping.carrier());
                    }
                });
        return ValueCode.store(code, long.class);
    }

    /** Variables are state, memory and text. */
    private void lowerText(CodeBuilder code) {
        String encode = switch (options.encoding()) {
            case UTF8 -> "encodeUtf8";
            case UTF16 -> "encodeUtf16";
            case LATIN1_UTF16 -> "encodeLatin1OrUtf16";
        };
        code.aload(2);
        values(code, encode, byte[].class, String.class);
        int bytes = ValueCode.store(code, byte[].class);
        boolean utf8 = options.encoding() == infrarust.wasm.component.type.StringEncoding.UTF8;
        code.loadConstant(utf8 ? 1 : 2).aload(bytes).arraylength();
        int pointer = realloc(code, 1);
        code.aload(1).iload(pointer).aload(bytes);
        values(code, "write", void.class, CoreMemory.class, int.class, byte[].class);
        code.iload(pointer);
        switch (options.encoding()) {
            case UTF8 -> code.aload(bytes).arraylength();
            case UTF16 -> code.aload(bytes).arraylength().iconst_1().iushr();
            case LATIN1_UTF16 -> {
                code.aload(2).aload(bytes);
                values(code, "taggedLength", int.class, String.class, byte[].class);
            }
        }
        values(code, "pack", long.class, int.class, int.class);
        code.lreturn();
    }

    /** Variables are state, memory and bytes. */
    private void lowerBytes(CodeBuilder code, Class<?> carrier) {
        Class<?> parameter = carrier == ByteBuffer.class ? ByteBuffer.class : byte[].class;
        code.aload(2);
        values(code, "length", int.class, parameter);
        int length = ValueCode.store(code, int.class);
        code.iconst_1().iload(length);
        int pointer = realloc(code, 1);
        code.aload(1).iload(pointer).aload(2);
        values(code, "write", void.class, CoreMemory.class, int.class, parameter);
        code.iload(pointer).iload(length);
        values(code, "pack", long.class, int.class, int.class);
        code.lreturn();
    }

    /** Variables are state, memory and list. */
    private void lowerList(CodeBuilder code, Mapping element) {
        int size = size(element.type());
        code.aload(2);
        code.invokeinterface(
                PlanClass.desc(List.class), "toArray", PlanClass.desc(MethodType.methodType(Object[].class)));
        int array = ValueCode.store(code, Object[].class);
        code.loadConstant(Layout.alignment(element.type()))
                .aload(array)
                .arraylength()
                .loadConstant(size);
        values(code, "listBytes", int.class, int.class, int.class);
        int start = realloc(code, 1);
        code.iload(start);
        int pointer = ValueCode.store(code, int.class);
        code.iconst_0();
        int index = ValueCode.store(code, int.class);
        Label next = code.newBoundLabel();
        Label done = code.newLabel();
        code.iload(index).aload(array).arraylength().if_icmpge(done);
        code.aload(array).iload(index).aaload();
        values(code, "require", Object.class, Object.class);
        unbox(code, element.carrier());
        int value = ValueCode.store(code, element.carrier());
        store(code, element, value, 1, pointer, 0);
        code.iinc(index, 1).iload(pointer).loadConstant(size).iadd().istore(pointer);
        code.goto_(next);
        code.labelBinding(done).iload(start).aload(array).arraylength();
        values(code, "pack", long.class, int.class, int.class);
        code.lreturn();
    }

    /** Alignment and size are on the stack; answers the variable with the address that the guest gave. */
    int realloc(CodeBuilder code, int memory) {
        int size = ValueCode.store(code, int.class);
        int alignment = ValueCode.store(code, int.class);
        code.aload(0).aload(memory).iload(alignment).iload(size);
        plan.invoke(code, new ReallocKey(options), "realloc", REALLOC, this::callRealloc);
        return ValueCode.store(code, int.class);
    }

    /** Variables are state, memory, alignment and size. The guest may not call out while it allocates. */
    private void callRealloc(CodeBuilder code) {
        code.aload(0).iconst_0().putfield(STATE, "mayLeave", ConstantDescs.CD_boolean);
        code.ldc(plan.coreHandle(options.realloc()));
        code.aload(0).getfield(STATE, "receivers", ConstantDescs.CD_Object.arrayType());
        code.loadConstant(options.realloc()).aaload();
        code.iconst_0().iconst_0().iload(2).iload(3);
        PlanClass.invokeExact(
                code, MethodType.methodType(int.class, Object.class, int.class, int.class, int.class, int.class));
        int pointer = ValueCode.store(code, int.class);
        code.aload(0).iconst_1().putfield(STATE, "mayLeave", ConstantDescs.CD_boolean);
        code.aload(1).iload(pointer).iload(3).i2l().iload(2);
        values(code, "checkRange", void.class, CoreMemory.class, int.class, long.class, int.class);
        code.iload(pointer).ireturn();
    }

    private interface Discriminant {
        void set(int index);
    }

    private interface Payload {
        void set(Mapping mapping, int value);
    }

    /** Finds the case of a Java value, sets the discriminant, then the payload. */
    private void cases(CodeBuilder code, Mapping mapping, int value, Discriminant discriminant, Payload payload) {
        switch (mapping) {
            case Mapping.Cases cases -> variantCases(code, cases, value, discriminant, payload);
            case Mapping.Maybe maybe -> {
                Class<?> carrier = maybe.carrier();
                Label none = code.newLabel();
                Label done = code.newLabel();
                code.aload(value).checkcast(PlanClass.desc(carrier));
                int option = ValueCode.store(code, carrier);
                code.aload(option);
                code.invokevirtual(
                        PlanClass.desc(carrier), "isPresent", PlanClass.desc(MethodType.methodType(boolean.class)));
                code.ifeq(none);
                discriminant.set(1);
                code.aload(option);
                code.invokevirtual(PlanClass.desc(carrier), getter(carrier), PlanClass.desc(getterType(maybe)));
                if (carrier == Optional.class) {
                    unbox(code, maybe.some().carrier());
                }
                payload.set(maybe.some(), ValueCode.store(code, maybe.some().carrier()));
                code.goto_(done).labelBinding(none);
                discriminant.set(0);
                code.labelBinding(done);
            }
            case Mapping.Outcome outcome -> {
                Label error = code.newLabel();
                Label done = code.newLabel();
                code.aload(value);
                values(code, "isOk", boolean.class, Object.class);
                code.ifeq(error);
                side(code, 0, outcome.ok(), value, discriminant, payload);
                code.goto_(done).labelBinding(error);
                side(code, 1, outcome.error(), value, discriminant, payload);
                code.labelBinding(done);
            }
            default -> throw new AssertionError(mapping + " has no cases");
        }
    }

    private static void side(
            CodeBuilder code,
            int index,
            Optional<Mapping> side,
            int value,
            Discriminant discriminant,
            Payload payload) {
        discriminant.set(index);
        side.ifPresent(mapping -> {
            code.aload(value);
            values(code, "carried", Object.class, Object.class);
            unbox(code, mapping.carrier());
            payload.set(mapping, ValueCode.store(code, mapping.carrier()));
        });
    }

    private void variantCases(
            CodeBuilder code, Mapping.Cases mapping, int value, Discriminant discriminant, Payload payload) {
        code.aload(value);
        values(code, "classOf", Class.class, Object.class);
        int type = ValueCode.store(code, Class.class);
        Label done = code.newLabel();
        for (int i = 0; i < mapping.cases().size(); i++) {
            Mapping.JavaCase javaCase = mapping.cases().get(i);
            Label next = code.newLabel();
            code.aload(type)
                    .ldc(plan.constant(javaCase.javaType(), Class.class))
                    .if_acmpne(next);
            discriminant.set(i);
            if (javaCase instanceof Mapping.JavaCase.WithPayload some) {
                code.ldc(plan.constant(some.accessor(), MethodHandle.class)).aload(value);
                PlanClass.invokeExact(code, some.accessor().type());
                payload.set(some.payload(), ValueCode.store(code, some.payload().carrier()));
            }
            code.goto_(done).labelBinding(next);
        }
        code.aload(value);
        values(code, "notACase", RuntimeException.class, Object.class);
        code.athrow().labelBinding(done);
    }
}
