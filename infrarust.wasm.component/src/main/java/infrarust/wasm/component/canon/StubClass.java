package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.Access;
import infrarust.wasm.component.mapping.DeferredHandle;
import infrarust.wasm.component.type.ComponentException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * A hidden class that implements one of the embedder's interfaces: each method passes an opaque target and its arguments to a
 * handle. It lives beside the interface, so the interface need not be visible to us; it refers to nothing of ours.
 */
final class StubClass {

    private static final MethodType UNARY = MethodType.methodType(Object.class, Object.class);

    private final Class<?> type;
    private final List<Target> targets;
    private final List<DeferredHandle> handles = new ArrayList<>();
    private final MethodHandles.Lookup stub;

    /**
     * A method of the interface.
     *
     * @param type of the handle behind it: {@code (Object target, arguments…) -> result}, where every class that is none of
     *     the JDK is erased to Object
     */
    record Target(Method method, MethodType type) {}

    /**
     * Defines the class; {@link #bind} must give it its handles before a method runs.
     *
     * @throws ComponentException if the lookup has no right to the package of the interface
     */
    StubClass(MethodHandles.Lookup lookup, Class<?> type, List<Target> targets) {
        this.type = type;
        this.targets = List.copyOf(targets);
        if (!type.isInterface()) {
            throw new ComponentException(
                    type.getName() + " is no interface; what a component exports is bound to interfaces");
        }
        MethodHandles.Lookup home = Access.in(type, lookup);
        ClassDesc self = ClassDesc.of(home.lookupClass().getPackageName(), type.getSimpleName() + "Stub");
        try {
            this.stub = home.defineHiddenClassWithClassData(bytes(self), new PlanClass.Constants(handles), false);
        } catch (IllegalAccessException e) {
            throw new ComponentException(
                    "the lookup of " + lookup.lookupClass().getName() + " may not define a class beside "
                            + type.getName() + "; pass MethodHandles.lookup() of the module that declares it",
                    e);
        }
    }

    private byte[] bytes(ClassDesc self) {
        return ClassFile.of().build(self, out -> {
            out.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
            out.withInterfaceSymbols(PlanClass.desc(type));
            out.withField("target", ConstantDescs.CD_Object, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
            out.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object),
                    0,
                    code -> code.aload(0)
                            .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .aload(0)
                            .aload(1)
                            .putfield(self, "target", ConstantDescs.CD_Object)
                            .return_());
            for (int i = 0; i < targets.size(); i++) {
                int index = i;
                Target target = targets.get(i);
                out.withMethodBody(
                        target.method().getName(),
                        PlanClass.desc(typeOf(target.method())),
                        ClassFile.ACC_PUBLIC,
                        code -> forward(code, self, target, index));
            }
        });
    }

    private static MethodType typeOf(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    }

    private static void forward(CodeBuilder code, ClassDesc self, Target target, int index) {
        code.ldc(DynamicConstantDesc.ofNamed(
                ConstantDescs.BSM_CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, ConstantDescs.CD_MethodHandle, index));
        code.aload(0).getfield(self, "target", ConstantDescs.CD_Object);
        int slot = 1;
        List<Class<?>> carriers = target.type().parameterList();
        Class<?>[] parameters = target.method().getParameterTypes();
        for (int i = 0; i < parameters.length; i++) {
            code.loadLocal(PlanClass.kind(parameters[i]), slot);
            convert(code, parameters[i], carriers.get(i + 1));
            slot += PlanClass.kind(parameters[i]).slotSize();
        }
        PlanClass.invokeExact(code, target.type());
        Class<?> result = target.method().getReturnType();
        convert(code, target.type().returnType(), result);
        code.return_(TypeKind.from(result));
    }

    /** Boxes, unboxes and casts; the mapping has seen that it can be done. */
    private static void convert(CodeBuilder code, Class<?> from, Class<?> to) {
        if (from.isPrimitive() && !to.isPrimitive()) {
            Class<?> box = MethodType.methodType(from).wrap().returnType();
            code.invokestatic(
                    PlanClass.desc(box), "valueOf", MethodTypeDesc.of(PlanClass.desc(box), PlanClass.desc(from)));
        } else if (!from.isPrimitive() && to.isPrimitive()) {
            Class<?> box = MethodType.methodType(to).wrap().returnType();
            code.checkcast(PlanClass.desc(box));
            code.invokevirtual(PlanClass.desc(box), to.getName() + "Value", MethodTypeDesc.of(PlanClass.desc(to)));
        } else if (!to.isAssignableFrom(from)) {
            code.checkcast(PlanClass.desc(to));
        }
    }

    /** Gives the methods their handles, in the order of the targets and of their types. */
    void bind(List<DeferredHandle> given) {
        handles.addAll(given);
    }

    /** Makes the Java object of a target: {@code (Object) -> Object}. */
    DeferredHandle wrap() {
        return new DeferredHandle(UNARY, () -> {
            try {
                return stub.findConstructor(stub.lookupClass(), MethodType.methodType(void.class, Object.class))
                        .asType(UNARY);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("the class was written here", e);
            }
        });
    }

    /** Takes the target out of the Java object: {@code (Object) -> Object}; another kind of object is a ClassCastException. */
    DeferredHandle unwrap() {
        return new DeferredHandle(UNARY, () -> {
            try {
                return stub.findGetter(stub.lookupClass(), "target", Object.class)
                        .asType(UNARY);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("the class was written here", e);
            }
        });
    }
}
