package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.Access;
import infrarust.wasm.component.type.ComponentException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
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

    private final Class<?> type;
    private final List<Method> methods;
    private final List<MethodHandle> handles = new ArrayList<>();
    private final MethodHandles.Lookup stub;

    /**
     * Defines the class; {@link #bind} must give it its handles before a method runs.
     *
     * @throws ComponentException if the lookup has no right to the package of the interface
     */
    StubClass(MethodHandles.Lookup lookup, Class<?> type, List<Method> methods) {
        this.type = type;
        this.methods = List.copyOf(methods);
        if (!type.isInterface()) {
            throw new ComponentException(
                    type.getName() + " is no interface; what a component exports is bound to interfaces");
        }
        MethodHandles.Lookup home = Access.in(type, lookup);
        ClassDesc self = ClassDesc.of(home.lookupClass().getPackageName(), type.getSimpleName() + "Stub");
        try {
            this.stub = home.defineHiddenClassWithClassData(bytes(self), handles, false);
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
            for (int i = 0; i < methods.size(); i++) {
                int index = i;
                Method method = methods.get(i);
                out.withMethodBody(
                        method.getName(),
                        PlanClass.desc(typeOf(method)),
                        ClassFile.ACC_PUBLIC,
                        code -> forward(code, self, method, index));
            }
        });
    }

    private static MethodType typeOf(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes());
    }

    private static MethodType handleType(Method method) {
        return typeOf(method).insertParameterTypes(0, Object.class);
    }

    private static void forward(CodeBuilder code, ClassDesc self, Method method, int index) {
        code.ldc(DynamicConstantDesc.ofNamed(
                ConstantDescs.BSM_CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, ConstantDescs.CD_MethodHandle, index));
        code.aload(0).getfield(self, "target", ConstantDescs.CD_Object);
        int slot = 1;
        for (Class<?> parameter : method.getParameterTypes()) {
            code.loadLocal(PlanClass.kind(parameter), slot);
            slot += PlanClass.kind(parameter).slotSize();
        }
        PlanClass.invokeExact(code, handleType(method));
        code.return_(TypeKind.from(method.getReturnType()));
    }

    /** Gives the methods their handles, in order: {@code (Object target, arguments…) -> result}, adapted as needed. */
    void bind(List<MethodHandle> targets) {
        for (int i = 0; i < methods.size(); i++) {
            handles.add(targets.get(i).asType(handleType(methods.get(i))));
        }
    }

    /** Makes the Java object of a target: {@code (Object) -> Object}. */
    MethodHandle wrap() {
        try {
            return stub.findConstructor(stub.lookupClass(), MethodType.methodType(void.class, Object.class))
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the class was written here", e);
        }
    }

    /** Takes the target out of the Java object: {@code (Object) -> Object}; another kind of object is a ClassCastException. */
    MethodHandle unwrap() {
        try {
            return stub.findGetter(stub.lookupClass(), "target", Object.class)
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the class was written here", e);
        }
    }
}
