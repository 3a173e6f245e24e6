package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.Deferred;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.spi.CoreHostFunction;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A hidden class under construction: static methods that lift and lower, with handles and Java classes as constants. One class
 * serves every instance of a component; what differs between instances is in the {@link InstanceState} that each method takes
 * first. Not for several threads.
 */
final class PlanClass {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final ClassDesc SELF = ClassDesc.of(PlanClass.class.getPackageName(), "Plan");
    private static final ClassDesc HANDLES = desc(CoreHandles.class);
    private static final ClassDesc HOST_FUNCTION = desc(CoreHostFunction.class);
    private static final MethodTypeDesc CALL =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long.arrayType());
    private static final DirectMethodHandleDesc CORE_CONSTANT = MethodHandleDesc.ofMethod(
            DirectMethodHandleDesc.Kind.STATIC,
            HANDLES,
            "constant",
            MethodTypeDesc.of(
                    ConstantDescs.CD_MethodHandle,
                    ConstantDescs.CD_MethodHandles_Lookup,
                    ConstantDescs.CD_String,
                    ConstantDescs.CD_Class,
                    ConstantDescs.CD_int));

    private final List<Object> constants = new ArrayList<>();
    private final IdentityHashMap<Object, Integer> constantIndex = new IdentityHashMap<>();
    private final Map<Object, Helper> helpers = new HashMap<>();
    private final Deque<Helper> unwritten = new ArrayDeque<>();
    private final List<Helper> imports = new ArrayList<>();

    /** Class data whose deferred constants are made when the code that loads them runs first. */
    static final class Constants extends AbstractList<Object> {

        private final List<?> values;

        Constants(List<?> values) {
            this.values = values;
        }

        @Override
        public Object get(int index) {
            return values.get(index) instanceof Deferred deferred ? deferred.get() : values.get(index);
        }

        @Override
        public int size() {
            return values.size();
        }
    }

    private record Helper(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {}

    PlanClass(CoreHandles handles) {
        constants.add(handles);
    }

    static ClassDesc desc(Class<?> type) {
        return ClassDesc.ofDescriptor(type.descriptorString());
    }

    static MethodTypeDesc desc(MethodType type) {
        return MethodTypeDesc.ofDescriptor(type.descriptorString());
    }

    /** A constant of the class: an object that generated code loads; a {@link Deferred} one as what it makes. */
    DynamicConstantDesc<?> constant(Object value, Class<?> type) {
        int index = constantIndex.computeIfAbsent(value, v -> {
            constants.add(v);
            return constants.size() - 1;
        });
        return DynamicConstantDesc.ofNamed(
                ConstantDescs.BSM_CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, desc(type), index);
    }

    /** The exact handle of a core function, known by the time the code runs first. */
    DynamicConstantDesc<?> coreHandle(int slot) {
        return DynamicConstantDesc.ofNamed(
                CORE_CONSTANT, ConstantDescs.DEFAULT_NAME, ConstantDescs.CD_MethodHandle, slot);
    }

    /** Calls a handle that was loaded before its arguments. */
    static void invokeExact(CodeBuilder code, MethodType type) {
        code.invokevirtual(ConstantDescs.CD_MethodHandle, "invokeExact", desc(type));
    }

    /**
     * Calls a static method of this class, which is written once for each key.
     *
     * @param key says what the method does; equal keys share one method
     */
    void invoke(CodeBuilder code, Object key, String stem, MethodType type, Consumer<CodeBuilder> body) {
        Helper helper = helpers.get(key);
        if (helper == null) {
            helper = new Helper(stem + "_" + helpers.size(), desc(type), body);
            helpers.put(key, helper);
            unwritten.add(helper);
        }
        code.invokestatic(SELF, helper.name, helper.type);
    }

    /** Adds a method to be found by name in the finished class. */
    void method(String name, MethodType type, Consumer<CodeBuilder> body) {
        unwritten.add(new Helper(name, desc(type), body));
    }

    /** Adds the body of a host function, {@code (InstanceState, long[]) -> void}; its number is the order of addition. */
    void hostFunction(Consumer<CodeBuilder> body) {
        Helper helper = new Helper(
                "import_" + imports.size(),
                desc(MethodType.methodType(void.class, InstanceState.class, long[].class)),
                body);
        imports.add(helper);
        unwritten.add(helper);
    }

    /**
     * Makes the class.
     *
     * @throws ComponentException if a function is too large for a Java method
     */
    MethodHandles.Lookup define() {
        byte[] bytes;
        try {
            bytes = ClassFile.of().build(SELF, this::write);
        } catch (IllegalArgumentException e) {
            throw new ComponentException("a function's type is too large: " + e.getMessage(), e);
        }
        try {
            return LOOKUP.defineHiddenClassWithClassData(bytes, new Constants(constants), false);
        } catch (IllegalAccessException e) {
            throw new AssertionError("the class is of this package", e);
        }
    }

    private void write(ClassBuilder out) {
        out.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
        out.withInterfaceSymbols(HOST_FUNCTION);
        out.withField("state", desc(InstanceState.class), ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
        out.withField("number", ConstantDescs.CD_int, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
        out.withMethodBody(
                ConstantDescs.INIT_NAME,
                MethodTypeDesc.of(ConstantDescs.CD_void, desc(InstanceState.class), ConstantDescs.CD_int),
                0,
                code -> code.aload(0)
                        .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                        .aload(0)
                        .aload(1)
                        .putfield(SELF, "state", desc(InstanceState.class))
                        .aload(0)
                        .iload(2)
                        .putfield(SELF, "number", ConstantDescs.CD_int)
                        .return_());
        out.withMethodBody("call", CALL, ClassFile.ACC_PUBLIC, this::dispatch);
        for (Helper helper = unwritten.poll(); helper != null; helper = unwritten.poll()) {
            out.withMethodBody(helper.name, helper.type, ClassFile.ACC_STATIC, helper.body);
        }
    }

    /** The host function itself: one switch by number, so that every import shares this class. */
    private void dispatch(CodeBuilder code) {
        code.aload(0).getfield(SELF, "state", desc(InstanceState.class)).aload(1);
        if (!imports.isEmpty()) {
            List<SwitchCase> cases = new ArrayList<>();
            for (int i = 0; i < imports.size(); i++) {
                cases.add(SwitchCase.of(i, code.newLabel()));
            }
            code.aload(0)
                    .getfield(SELF, "number", ConstantDescs.CD_int)
                    .tableswitch(0, imports.size() - 1, cases.getLast().target(), cases);
            for (SwitchCase target : cases) {
                Helper helper = imports.get(target.caseValue());
                code.labelBinding(target.target())
                        .invokestatic(SELF, helper.name, helper.type)
                        .return_();
            }
        } else {
            code.return_();
        }
    }

    /** The constructor of host functions in a finished class: {@code (InstanceState, int) -> CoreHostFunction}. */
    static MethodHandle hostFunctions(MethodHandles.Lookup plan) {
        try {
            return plan.findConstructor(
                            plan.lookupClass(), MethodType.methodType(void.class, InstanceState.class, int.class))
                    .asType(MethodType.methodType(CoreHostFunction.class, InstanceState.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the class was written here", e);
        }
    }

    static TypeKind kind(Class<?> type) {
        return TypeKind.from(type);
    }
}
