package infrarust.wasm.component.canon;

import infrarust.wasm.component.mapping.Mapping;
import infrarust.wasm.spi.CoreMemory;
import infrarust.wasm.spi.CoreValueType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Generates the code that reads strings, lists and maps out of the guest's memory (CanonicalABI.md, {@code
 * load_string_from_range} and {@code load_list_from_range}), and lists of fixed length wherever they are.
 */
final class RangeLiftCode extends ValueCode {

    private final boolean lend;
    private final LiftCode values;

    /**
     * Makes a generator.
     *
     * @param values loads the elements of lists
     */
    RangeLiftCode(PlanClass plan, Options options, boolean lend, LiftCode values) {
        super(plan, options, Map.of());
        this.lend = lend;
        this.values = values;
    }

    /** State, memory, pointer and length are on the stack; leaves the value. */
    void lift(CodeBuilder code, Mapping mapping) {
        switch (mapping) {
            case Mapping.Text _ -> {
                String name = switch (options.encoding()) {
                    case UTF8 -> "utf8";
                    case UTF16 -> "utf16";
                    case LATIN1_UTF16 -> "latin1OrUtf16";
                };
                values(code, name, String.class, InstanceState.class, CoreMemory.class, int.class, int.class);
            }
            case Mapping.Elements elements -> liftList(code, mapping, elements.element(), "list", List.class);
            case Mapping.Entries entries -> liftList(code, mapping, entries.entry(), "map", Map.class);
            default -> {
                boolean view = mapping.carrier() == ByteBuffer.class;
                values(
                        code,
                        view ? "view" : "bytes",
                        view ? ByteBuffer.class : byte[].class,
                        InstanceState.class,
                        CoreMemory.class,
                        int.class,
                        int.class);
            }
        }
    }

    private void liftList(CodeBuilder code, Mapping mapping, Mapping element, String make, Class<?> made) {
        MethodType type = MethodType.methodType(made, InstanceState.class, CoreMemory.class, int.class, int.class);
        plan.invoke(code, new MethodKey(make, mapping, options, lend), make, type, body -> {
            body.aload(0).aload(1).iload(2).iload(3);
            body.loadConstant(size(element.type())).loadConstant(Layout.alignment(element.type()));
            values(
                    body,
                    "checkList",
                    int.class,
                    InstanceState.class,
                    CoreMemory.class,
                    int.class,
                    int.class,
                    int.class,
                    int.class);
            int array = loadElements(body, element, 3);
            body.aload(array);
            values(body, make, made, Object[].class);
            body.areturn();
        });
    }

    /** The length is on the stack too; variable 2 is the address and moves on, the one given holds the length. */
    private int loadElements(CodeBuilder code, Mapping element, int length) {
        int size = size(element.type());
        code.anewarray(ConstantDescs.CD_Object);
        int array = store(code, Object[].class);
        code.iconst_0();
        int index = store(code, int.class);
        Label next = code.newBoundLabel();
        Label done = code.newLabel();
        code.iload(index).iload(length).if_icmpge(done);
        code.aload(array).iload(index);
        values.load(code, element, 1, 2, 0);
        box(code, element.carrier());
        code.aastore().iinc(index, 1);
        code.iload(2).loadConstant(size).iadd().istore(2);
        code.goto_(next);
        code.labelBinding(done);
        return array;
    }

    // Lists of fixed length, whose range was checked with what they are part of

    /** Variables are state, memory and pointer. */
    void loadFixedBytes(CodeBuilder code, Mapping.FixedBytes bytes) {
        code.aload(0).aload(1).iload(2).loadConstant(bytes.type().length());
        values(code, "bytes", byte[].class, InstanceState.class, CoreMemory.class, int.class, int.class);
    }

    /** Variables are state, memory and pointer. */
    void loadFixed(CodeBuilder code, Mapping.FixedElements elements) {
        code.aload(0).loadConstant(elements.type().length());
        values(code, "fixedLength", int.class, InstanceState.class, int.class);
        int length = store(code, int.class);
        code.iload(length);
        int array = loadElements(code, elements.element(), length);
        code.aload(array);
        values(code, "list", List.class, Object[].class);
    }

    void liftFlatBytes(CodeBuilder code, Mapping.FixedBytes bytes, List<Lane> lanes, int at) {
        code.loadConstant(bytes.type().length()).newarray(TypeKind.BYTE);
        for (int i = 0; i < bytes.type().length(); i++) {
            code.dup().loadConstant(i);
            lanes.get(at + i).push(code, CoreValueType.I32);
            code.i2b().bastore();
        }
    }

    void liftFlatElements(CodeBuilder code, Mapping.FixedElements elements, List<Lane> lanes, int at, int memory) {
        Mapping element = elements.element();
        int lanesEach = Layout.flatten(element.type()).size();
        code.loadConstant(elements.type().length()).anewarray(ConstantDescs.CD_Object);
        for (int i = 0; i < elements.type().length(); i++) {
            code.dup().loadConstant(i);
            values.liftFlat(code, element, lanes, at + i * lanesEach, memory);
            box(code, element.carrier());
            code.aastore();
        }
        values(code, "list", List.class, Object[].class);
    }
}
