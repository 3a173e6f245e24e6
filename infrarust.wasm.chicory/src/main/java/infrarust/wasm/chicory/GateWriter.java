package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.runtime.internal.CompilerInterpreterMachine;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreTrap;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes the gate of a module: a class beside Chicory's generated ones with
 *
 * <ul>
 *   <li>one static entry per exported function, of the SPI's exact type, that passes the store's guard and calls the
 *       generated function directly. Chicory's own way in passes arrays: 42 ns and 168 bytes a call, where this takes 26 and none;
 *   <li>the alarm flag and the checkpoint. Chicory's generated code asks {@code checkInterruption()}, which reads the
 *       thread's flag, at each call and loop turn; that call is replaced by one of ours, which reads a static flag and
 *       needs nobody to interrupt a thread. So are {@code memory.init}, which Chicory does not tell whose segment is meant, and
 *       {@code call_indirect} to another instance, for which Chicory compares type numbers of two modules, and references to
 *       exceptions ({@link CaughtExceptions});
 *   <li>a count of the depth in functions that may recur ({@link CallGraph}), and in those that Chicory interprets because they
 *       are too large ({@link BoundedFallback}).
 * </ul>
 */
final class GateWriter {

    /** Name of the static volatile flag. */
    static final String FLAG = "raised";

    /** What Chicory's names of functions start with; their index follows. */
    static final String FUNCTION = "func_";

    private static final String CHECKPOINT = "checkpoint";
    private static final ClassDesc INSTANCE = desc(Instance.class);
    private static final ClassDesc MEMORY = desc(Memory.class);
    private static final ClassDesc RECEIVER = desc(ChicoryInstance.class);
    private static final MethodTypeDesc CHECKPOINT_TYPE = MethodTypeDesc.of(ConstantDescs.CD_void, INSTANCE);

    private static final MethodTypeDesc COUNT_TYPE =
            MethodTypeDesc.of(ConstantDescs.CD_void, INSTANCE, ConstantDescs.CD_int);
    private static final MethodTypeDesc INITIALIZE_TYPE = MethodTypeDesc.of(
            ConstantDescs.CD_void,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            MEMORY,
            INSTANCE);

    /** How Chicory calls a function of another instance through a table: arguments, type, function, the other instance. */
    private static final MethodTypeDesc INDIRECT_TYPE = MethodTypeDesc.of(
            ConstantDescs.CD_long.arrayType(),
            ConstantDescs.CD_long.arrayType(),
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            INSTANCE);

    private static final ClassDesc EXCEPTION = desc(WasmException.class);
    private static final ClassDesc INTERPRETER = desc(CompilerInterpreterMachine.class);
    private static final ClassDesc BOUNDED = desc(BoundedFallback.class);

    private final ClassFile classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofResourceParsing(GateWriter.class.getClassLoader())
                    .orElse(ClassHierarchyResolver.defaultResolver())
                    .orElse(name -> ClassHierarchyResolver.ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object))));

    private final ClassDesc gate;

    GateWriter(String gate) {
        this.gate = ClassDesc.of(gate);
    }

    static String entryName(int index) {
        return "call_" + index;
    }

    private static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    ClassModel parse(byte[] bytes) {
        return classFile.parse(bytes);
    }

    byte[] unchanged(ClassModel model) {
        return classFile.transformClass(model, ClassTransform.ACCEPT_ALL);
    }

    /** The class with its checkpoints led to the gate, {@code memory.init} to us, and depth counted where the graph says so. */
    byte[] redirect(ClassModel model, CallGraph graph) {
        return classFile.transformClass(model, (builder, element) -> {
            if (element instanceof MethodModel method && hasInstance(method.methodTypeSymbol())) {
                String name = method.methodName().stringValue();
                if (name.startsWith(FUNCTION) && graph.counts(index(name))) {
                    counted(builder, model.thisClass().asSymbol(), method, graph.charge(index(name)));
                } else {
                    builder.transformMethod(
                            method, MethodTransform.transformingCode(redirect(method.methodTypeSymbol())));
                }
            } else {
                builder.with(element);
            }
        });
    }

    private static int index(String function) {
        return Integer.parseInt(function.substring(FUNCTION.length()));
    }

    /** The function under another name, and under its own {@code descend(); try { return body(…); } finally { ascend(); }}. */
    private void counted(ClassBuilder builder, ClassDesc owner, MethodModel method, int bytes) {
        MethodTypeDesc type = method.methodTypeSymbol();
        String body = "body_" + index(method.methodName().stringValue());
        int flags = method.flags().flagsMask();
        builder.withMethod(
                body,
                type,
                flags,
                to -> method.forEach(element -> {
                    if (element instanceof CodeModel code) {
                        to.transformCode(code, redirect(type));
                    } else {
                        to.with(element);
                    }
                }));
        int instance = instanceSlot(type);
        builder.withMethodBody(method.methodName().stringValue(), type, flags, code -> {
            code.aload(instance).loadConstant(bytes).invokestatic(RECEIVER, "descend", COUNT_TYPE);
            Label start = code.newBoundLabel();
            int slot = 0;
            for (ClassDesc parameter : type.parameterList()) {
                TypeKind kind = TypeKind.from(parameter);
                code.loadLocal(kind, slot);
                slot += kind.slotSize();
            }
            code.invokestatic(owner, body, type);
            Label end = code.newBoundLabel();
            code.aload(instance)
                    .loadConstant(bytes)
                    .invokestatic(RECEIVER, "ascend", COUNT_TYPE)
                    .return_(TypeKind.from(type.returnType()));
            Label handler = code.newBoundLabel();
            int thrown = code.allocateLocal(TypeKind.REFERENCE);
            code.astore(thrown)
                    .aload(instance)
                    .loadConstant(bytes)
                    .invokestatic(RECEIVER, "ascend", COUNT_TYPE)
                    .aload(thrown)
                    .athrow()
                    .exceptionCatchAll(start, end, handler);
        });
    }

    private static boolean hasInstance(MethodTypeDesc type) {
        return type.parameterList().contains(INSTANCE);
    }

    private static int instanceSlot(MethodTypeDesc type) {
        int slot = 0;
        for (int i = 0; !type.parameterType(i).equals(INSTANCE); i++) {
            slot += TypeKind.from(type.parameterType(i)).slotSize();
        }
        return slot;
    }

    private CodeTransform redirect(MethodTypeDesc type) {
        int instance = instanceSlot(type);
        return (code, element) -> {
            if (element instanceof InvokeInstruction call && call.name().equalsString("checkInterruption")) {
                code.aload(instance).invokestatic(gate, CHECKPOINT, CHECKPOINT_TYPE);
            } else if (element instanceof InvokeInstruction call && call.name().equalsString("memoryInit")) {
                code.aload(instance).invokestatic(RECEIVER, "initialize", INITIALIZE_TYPE);
            } else if (element instanceof InvokeInstruction call
                    && call.name().equalsString("callIndirect")
                    && call.typeSymbol().equals(INDIRECT_TYPE)) {
                code.aload(instance)
                        .invokestatic(RECEIVER, "callIndirect", INDIRECT_TYPE.insertParameterTypes(4, INSTANCE));
            } else if (element instanceof InvokeInstruction call && call.name().equalsString("registerException")) {
                code.invokestatic(RECEIVER, "caught", MethodTypeDesc.of(ConstantDescs.CD_int, INSTANCE, EXCEPTION));
            } else if (element instanceof InvokeInstruction call && call.name().equalsString("exn")) {
                code.invokestatic(RECEIVER, "exception", MethodTypeDesc.of(EXCEPTION, INSTANCE, ConstantDescs.CD_int));
            } else if (element instanceof NewObjectInstruction made
                    && made.className().asSymbol().equals(INTERPRETER)) {
                code.new_(BOUNDED);
            } else if (element instanceof InvokeInstruction call
                    && call.name().equalsString(ConstantDescs.INIT_NAME)
                    && call.owner().asSymbol().equals(INTERPRETER)) {
                code.invokespecial(BOUNDED, ConstantDescs.INIT_NAME, call.typeSymbol());
            } else {
                code.with(element);
            }
        };
    }

    /** An exported function and where its generated method is. */
    record Entry(int index, CoreFunctionType type, ClassDesc owner, String method) {}

    byte[] gate(Iterable<Entry> entries) {
        return classFile.build(gate, builder -> {
            builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            builder.withField(
                    FLAG,
                    ConstantDescs.CD_boolean,
                    ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC | ClassFile.ACC_VOLATILE);
            builder.withMethodBody(
                    CHECKPOINT,
                    CHECKPOINT_TYPE,
                    ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                    code -> code.getstatic(gate, FLAG, ConstantDescs.CD_boolean)
                            .ifThen(slow -> slow.aload(0).invokestatic(RECEIVER, "examine", CHECKPOINT_TYPE))
                            .return_());
            entries.forEach(entry -> entry(builder, entry));
        });
    }

    private static void entry(ClassBuilder builder, Entry entry) {
        MethodTypeDesc exact = entry.type().handleType().describeConstable().orElseThrow();
        builder.withMethodBody(
                entryName(entry.index()),
                exact,
                ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                code -> body(code, entry, exact));
    }

    /** {@code call = enter(); try { result = function(…, memory, instance); exit(call); return result; } catch … } */
    private static void body(CodeBuilder code, Entry entry, MethodTypeDesc exact) {
        TypeKind result = TypeKind.from(exact.returnType());
        int receiver = code.allocateLocal(TypeKind.REFERENCE);
        int call = code.allocateLocal(TypeKind.LONG);
        code.aload(0)
                .checkcast(RECEIVER)
                .dup()
                .astore(receiver)
                .invokevirtual(RECEIVER, "enter", MethodTypeDesc.of(ConstantDescs.CD_long))
                .lstore(call);
        Label handler = code.newLabel();
        Label start = code.newBoundLabel();
        int slot = 1;
        for (int i = 1; i < exact.parameterCount(); i++) {
            TypeKind kind = TypeKind.from(exact.parameterType(i));
            code.loadLocal(kind, slot);
            slot += kind.slotSize();
        }
        code.aload(receiver)
                .getfield(RECEIVER, "memory", MEMORY)
                .aload(receiver)
                .getfield(RECEIVER, "instance", INSTANCE)
                .invokestatic(
                        entry.owner(),
                        entry.method(),
                        exact.dropParameterTypes(0, 1)
                                .insertParameterTypes(exact.parameterCount() - 1, MEMORY, INSTANCE))
                .aload(receiver)
                .lload(call)
                .invokevirtual(RECEIVER, "exit", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long))
                .return_(result);
        Label end = code.newBoundLabel();
        code.labelBinding(handler);
        int thrown = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(thrown)
                .aload(receiver)
                .lload(call)
                .aload(thrown)
                .invokevirtual(
                        RECEIVER,
                        "failed",
                        MethodTypeDesc.of(desc(CoreTrap.class), ConstantDescs.CD_long, ConstantDescs.CD_Throwable))
                .athrow()
                .exceptionCatchAll(start, end, handler);
    }
}
