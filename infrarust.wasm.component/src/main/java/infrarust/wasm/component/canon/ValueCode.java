package infrarust.wasm.component.canon;

import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.mapping.DeferredHandle;
import infrarust.wasm.component.mapping.Mapping;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.component.type.WitType;
import infrarust.wasm.spi.CoreMemory;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What the generators of lifting and of lowering code share. In all generated methods variable 0 is the instance's state. */
abstract class ValueCode {

    static final ClassDesc STATE = PlanClass.desc(InstanceState.class);
    static final ClassDesc MEMORY = PlanClass.desc(CoreMemory.class);
    static final ClassDesc VALUES = PlanClass.desc(Values.class);
    static final DirectMethodHandleDesc ENUM_CONSTANT = MethodHandleDesc.ofMethod(
            DirectMethodHandleDesc.Kind.STATIC,
            PlanClass.desc(java.lang.invoke.ConstantBootstraps.class),
            "enumConstant",
            java.lang.constant.MethodTypeDesc.of(
                    PlanClass.desc(Enum.class),
                    ConstantDescs.CD_MethodHandles_Lookup,
                    ConstantDescs.CD_String,
                    ConstantDescs.CD_Class));

    final PlanClass plan;
    final Options options;

    /** The handles of guest resources, where any occur: how Java objects and {@link GuestHandle}s become one another. */
    final Map<ResourceType, GuestResourceCode> guestResources;

    ValueCode(PlanClass plan, Options options, Map<ResourceType, GuestResourceCode> guestResources) {
        this.plan = plan;
        this.options = options;
        this.guestResources = guestResources;
    }

    static void load(CodeBuilder code, int reference) {
        code.aload(reference);
    }

    /** Loads the memory of these options into a new variable; -1 where there is none, and nothing will ask. */
    static int loadMemory(CodeBuilder code, Options options) {
        if (options.memory() == Options.NONE) {
            return -1;
        }
        code.aload(0)
                .getfield(STATE, "memories", PlanClass.desc(CoreMemory[].class))
                .loadConstant(options.memory())
                .aaload();
        return store(code, CoreMemory.class);
    }

    /** Traps unless the range that a pointer variable names is aligned and within memory. */
    static void checkRange(CodeBuilder code, int memory, int pointer, long size, int alignment) {
        code.aload(memory).iload(pointer).loadConstant(size).loadConstant(alignment);
        values(code, "checkRange", void.class, CoreMemory.class, int.class, long.class, int.class);
    }

    static boolean containsOwn(WitType type) {
        return type.contains(WitType.Own.class::isInstance);
    }

    static void values(CodeBuilder code, String name, Class<?> result, Class<?>... parameters) {
        code.invokestatic(VALUES, name, PlanClass.desc(MethodType.methodType(result, parameters)));
    }

    static void state(CodeBuilder code, String name, Class<?> result, Class<?>... parameters) {
        code.invokevirtual(STATE, name, PlanClass.desc(MethodType.methodType(result, parameters)));
    }

    static void memory(CodeBuilder code, String name, Class<?> result, Class<?>... parameters) {
        code.invokeinterface(MEMORY, name, PlanClass.desc(MethodType.methodType(result, parameters)));
    }

    static void pushAddress(CodeBuilder code, int pointer, int offset) {
        code.iload(pointer);
        if (offset != 0) {
            code.loadConstant(offset).iadd();
        }
    }

    static DynamicConstantDesc<?> unit() {
        return DynamicConstantDesc.ofNamed(ENUM_CONSTANT, "UNIT", PlanClass.desc(Unit.class));
    }

    /** Turns the carrier on the stack into a reference, for a List, an Optional or a Result. */
    static void box(CodeBuilder code, Class<?> carrier) {
        if (carrier.isPrimitive()) {
            Class<?> box = MethodType.methodType(carrier).wrap().returnType();
            code.invokestatic(PlanClass.desc(box), "valueOf", PlanClass.desc(MethodType.methodType(box, carrier)));
        }
    }

    /** Turns the reference on the stack into the carrier. */
    static void unbox(CodeBuilder code, Class<?> carrier) {
        if (carrier.isPrimitive()) {
            Class<?> box = MethodType.methodType(carrier).wrap().returnType();
            code.checkcast(PlanClass.desc(box));
            code.invokevirtual(
                    PlanClass.desc(box), carrier.getName() + "Value", PlanClass.desc(MethodType.methodType(carrier)));
        } else if (carrier != Object.class) {
            code.checkcast(PlanClass.desc(carrier));
        }
    }

    static int store(CodeBuilder code, Class<?> carrier) {
        TypeKind kind = PlanClass.kind(carrier);
        int slot = code.allocateLocal(kind);
        code.storeLocal(kind, slot);
        return slot;
    }

    /** How an option's value is tested and taken. */
    static String getter(Class<?> optional) {
        if (optional == OptionalInt.class) {
            return "getAsInt";
        }
        if (optional == OptionalLong.class) {
            return "getAsLong";
        }
        return optional == OptionalDouble.class ? "getAsDouble" : "get";
    }

    static MethodType getterType(Mapping.Maybe maybe) {
        return MethodType.methodType(
                maybe.carrier() == Optional.class ? Object.class : maybe.some().carrier());
    }

    static int size(WitType type) {
        return Math.toIntExact(Layout.size(type));
    }

    /**
     * How a guest's resource appears in Java.
     *
     * @param wrap makes the Java object: {@code (Object guestHandle) -> Object}
     * @param unwrap takes the handle out of the Java object: {@code (Object) -> Object}
     * @param owner the number of the instance that defines it
     * @param destructor function slot
     */
    record GuestResourceCode(DeferredHandle wrap, DeferredHandle unwrap, int owner, int destructor) {}
}
