package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.Mapping;
import infrarust.wasm.component.type.StringEncoding;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreValueType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Generates the code that puts strings, lists and maps into memory which the guest allocates (CanonicalABI.md, {@code
 * store_string_into_range} and {@code store_list_into_range}), and lists of fixed length wherever they belong.
 */
final class RangeCode extends ValueCode {

    private static final MethodType REALLOC =
            MethodType.methodType(int.class, InstanceState.class, CoreMemory.class, int.class, int.class);

    private final LowerCode values;

    /**
     * Makes a generator.
     *
     * @param values stores the elements of lists
     */
    RangeCode(PlanClass plan, Options options, LowerCode values) {
        super(plan, options, Map.of());
        this.values = values;
    }

    /** Allocates and fills a string or list; answers the variable with address and length. */
    int lower(CodeBuilder code, Mapping mapping, int value, int memory) {
        code.aload(0).aload(memory).aload(value);
        plan.invoke(
                code,
                new MethodKey("lower", mapping, options, false),
                "lower",
                MethodType.methodType(long.class, InstanceState.class, CoreMemory.class, mapping.carrier()),
                body -> {
                    switch (mapping) {
                        case Mapping.Text _ -> lowerText(body);
                        case Mapping.Elements elements -> {
                            body.aload(2);
                            values(body, "elements", Object[].class, List.class);
                            lowerList(body, elements.element());
                        }
                        case Mapping.Entries entries -> {
                            body.aload(2);
                            values(body, "entries", Object[].class, Map.class);
                            lowerList(body, entries.entry());
                        }
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
        boolean utf8 = options.encoding() == StringEncoding.UTF8;
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

    /** The elements are on the stack; variables are state and memory. */
    private void lowerList(CodeBuilder code, Mapping element) {
        int size = size(element.type());
        int array = ValueCode.store(code, Object[].class);
        code.loadConstant(Layout.alignment(element.type()))
                .aload(array)
                .arraylength()
                .loadConstant(size);
        values(code, "listBytes", int.class, int.class, int.class);
        int start = realloc(code, 1);
        code.iload(start);
        int pointer = ValueCode.store(code, int.class);
        storeElements(code, element, array, pointer);
        code.iload(start).aload(array).arraylength();
        values(code, "pack", long.class, int.class, int.class);
        code.lreturn();
    }

    /** Stores the elements of an array one after another; the pointer moves on. */
    private void storeElements(CodeBuilder code, Mapping element, int array, int pointer) {
        int size = size(element.type());
        code.iconst_0();
        int index = ValueCode.store(code, int.class);
        Label next = code.newBoundLabel();
        Label done = code.newLabel();
        code.iload(index).aload(array).arraylength().if_icmpge(done);
        int value = element(code, element, array, () -> code.iload(index));
        values.store(code, element, value, 1, pointer, 0);
        code.iinc(index, 1).iload(pointer).loadConstant(size).iadd().istore(pointer);
        code.goto_(next);
        code.labelBinding(done);
    }

    private static int element(CodeBuilder code, Mapping element, int array, Runnable index) {
        code.aload(array);
        index.run();
        code.aaload();
        values(code, "require", Object.class, Object.class);
        unbox(code, element.carrier());
        return ValueCode.store(code, element.carrier());
    }

    // Lists of fixed length

    /** Variables are state, memory, pointer and value. */
    void storeFixedBytes(CodeBuilder code, Mapping.FixedBytes bytes) {
        code.aload(1).iload(2).aload(3).checkcast(ConstantDescs.CD_byte.arrayType());
        code.loadConstant(bytes.type().length());
        values(code, "fixedBytes", byte[].class, byte[].class, int.class);
        values(code, "write", void.class, CoreMemory.class, int.class, byte[].class);
    }

    /** Variables are state, memory, pointer and value. */
    void storeFixed(CodeBuilder code, Mapping.FixedElements elements) {
        int array = fixedElements(code, elements, 3);
        storeElements(code, elements.element(), array, 2);
    }

    private static int fixedElements(CodeBuilder code, Mapping.FixedElements elements, int value) {
        code.aload(value)
                .checkcast(PlanClass.desc(List.class))
                .loadConstant(elements.type().length());
        values(code, "fixedElements", Object[].class, List.class, int.class);
        return ValueCode.store(code, Object[].class);
    }

    void lowerFlatBytes(CodeBuilder code, Mapping.FixedBytes bytes, int value, List<Lane> lanes, int at) {
        code.aload(value)
                .checkcast(ConstantDescs.CD_byte.arrayType())
                .loadConstant(bytes.type().length());
        values(code, "fixedBytes", byte[].class, byte[].class, int.class);
        int array = ValueCode.store(code, byte[].class);
        for (int i = 0; i < bytes.type().length(); i++) {
            code.aload(array).loadConstant(i).baload().loadConstant(0xff).iand();
            lanes.get(at + i).store(code, CoreValueType.I32);
        }
    }

    void lowerFlatElements(
            CodeBuilder code, Mapping.FixedElements elements, int value, List<Lane> lanes, int at, int memory) {
        int array = fixedElements(code, elements, value);
        Mapping element = elements.element();
        int lanesEach = Layout.flatten(element.type()).size();
        for (int i = 0; i < elements.type().length(); i++) {
            int index = i;
            int slot = element(code, element, array, () -> code.loadConstant(index));
            values.lowerFlat(code, element, slot, lanes, at + i * lanesEach, memory);
        }
    }

    /** Alignment and size are on the stack; answers the variable with the address that the guest gave. */
    int realloc(CodeBuilder code, int memory) {
        int size = ValueCode.store(code, int.class);
        int alignment = ValueCode.store(code, int.class);
        code.aload(0).aload(memory).iload(alignment).iload(size);
        plan.invoke(code, new MethodKey("realloc", options), "realloc", REALLOC, this::callRealloc);
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
}
