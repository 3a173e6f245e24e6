package infrarust.wasm.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.DataCountSection;
import com.dylibso.chicory.wasm.types.DataSection;
import com.dylibso.chicory.wasm.types.DeclarativeElement;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExportSection;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionSection;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Global;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.GlobalSection;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.Memory;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import com.dylibso.chicory.wasm.types.PassiveElement;
import com.dylibso.chicory.wasm.types.StartSection;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableImport;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.TableSection;
import com.dylibso.chicory.wasm.types.TagImport;
import com.dylibso.chicory.wasm.types.TagSection;
import com.dylibso.chicory.wasm.types.TypeSection;
import com.dylibso.chicory.wasm.types.ValType;
import infrarust.wasm.spi.CoreModuleException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what instances need of a module whose functions are JVM classes: everything but the function bodies. It stands in for
 * Chicory's parser when the code comes from the cache, since that costs a cold JVM 15 ms (85 without an ahead-of-time cache) and
 * this a fifth. The module was parsed and validated by Chicory when it was compiled; what this reader does not know it refuses,
 * and the caller turns to Chicory's parser.
 */
final class OutlineReader {

    private static final int HEADER = 8;
    private static final int FUNCTION_TYPE = 0x60;

    /** Never run, so one serves all functions. */
    private static final FunctionBody NO_BODY = new FunctionBody(List.of(), List.of());

    private static final ValType FUNCTION_REFERENCE = ValType.builder()
            .withOpcode(ValType.ID.Ref)
            .withTypeIdx(ValType.TypeIdxCode.FUNC.code())
            .build();
    private static final long[] NO_OPERANDS = {};
    private static final Instruction END = new Instruction(-1, OpCode.END, NO_OPERANDS);

    private final WasmModule.Builder module = WasmModule.builder().withValidation(false);
    private final List<ModuleBytes.Name> names = new ArrayList<>();
    private final ImportSection.Builder imports = ImportSection.builder();
    private int ownTags;

    private OutlineReader() {}

    /**
     * A module's outline.
     *
     * @param module with imports named by position and own tags among them, as {@link ModuleBytes#renameImports} does, and without
     *     function bodies
     * @param names of the imports
     */
    record Outline(WasmModule module, List<ModuleBytes.Name> names) {}

    /**
     * Reads.
     *
     * @throws CoreModuleException if something is there that this reader does not know
     */
    static Outline read(byte[] wasm) {
        OutlineReader reader = new OutlineReader();
        BinaryReader in = new BinaryReader(wasm, 0, wasm.length);
        in.skip(HEADER);
        while (in.hasMore()) {
            int id = in.u8();
            reader.section(id, in.part(in.u32()));
        }
        reader.module.setImportSection(reader.imports.build());
        return new Outline(reader.module.build(), reader.names);
    }

    private void section(int id, BinaryReader in) {
        switch (id) {
            case 0 -> in.skip(in.remaining());
            case 1 -> module.setTypeSection(types(in));
            case 2 -> imports(in);
            case 3 -> module.setFunctionSection(functions(in));
            case 4 -> module.setTableSection(tables(in));
            case 5 -> module.setMemorySection(memories(in));
            case 6 -> module.setGlobalSection(globals(in));
            case 7 -> module.setExportSection(exports(in));
            case 8 ->
                module.setStartSection(
                        StartSection.builder().setStartIndex(in.u32()).build());
            case 9 -> module.setElementSection(elements(in));
            case 10 -> module.setCodeSection(code(in));
            case 11 -> module.setDataSection(data(in));
            case 12 ->
                module.setDataCountSection(
                        DataCountSection.builder().withDataCount(in.u32()).build());
            case 13 -> tags(in);
            default -> throw in.malformed("unknown section " + id);
        }
        if (in.hasMore()) {
            throw in.malformed("section " + id + " is too long");
        }
    }

    private static TypeSection types(BinaryReader in) {
        TypeSection.Builder section = TypeSection.builder();
        for (int left = in.count(); left > 0; left--) {
            if (in.u8() != FUNCTION_TYPE) {
                throw in.malformed("not a function type");
            }
            section.addFunctionType(FunctionType.of(valueTypes(in), valueTypes(in)));
        }
        return section.build();
    }

    private static List<ValType> valueTypes(BinaryReader in) {
        int count = in.count();
        List<ValType> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(valueType(in));
        }
        return all;
    }

    private static ValType valueType(BinaryReader in) {
        int opcode = in.u8();
        return switch (opcode) {
            case ValType.ID.I32 -> ValType.I32;
            case ValType.ID.I64 -> ValType.I64;
            case ValType.ID.F32 -> ValType.F32;
            case ValType.ID.F64 -> ValType.F64;
            case ValType.ID.FuncRef -> ValType.FuncRef;
            case ValType.ID.ExternRef -> ValType.ExternRef;
            case ValType.ID.ExnRef -> ValType.ExnRef;
            default -> throw in.malformed("not a plain value type: " + opcode);
        };
    }

    private void imports(BinaryReader in) {
        int count = in.count();
        for (int i = 0; i < count; i++) {
            names.add(new ModuleBytes.Name(in.name(), in.name()));
            imports.addImport(imported(in, ModuleBytes.Renamed.name(i)));
        }
    }

    private static Import imported(BinaryReader in, String position) {
        int kind = in.u8();
        return switch (kind) {
            case 0 -> new FunctionImport("", position, in.u32());
            case 1 -> new TableImport("", position, valueType(in), tableLimits(in));
            case 2 -> new MemoryImport("", position, memoryLimits(in));
            case 3 -> {
                ValType type = valueType(in);
                yield new GlobalImport("", position, MutabilityType.forId(in.u8()), type);
            }
            case 4 -> new TagImport("", position, (byte) in.u8(), in.u32());
            default -> throw in.malformed("unknown kind of import " + kind);
        };
    }

    private static TableLimits tableLimits(BinaryReader in) {
        int flags = in.u8();
        long minimum = Integer.toUnsignedLong(in.u32());
        return switch (flags) {
            case 0 -> new TableLimits(minimum);
            case 1 -> new TableLimits(minimum, Integer.toUnsignedLong(in.u32()));
            default -> throw in.malformed("unknown limits " + flags);
        };
    }

    private static MemoryLimits memoryLimits(BinaryReader in) {
        int flags = in.u8();
        int minimum = in.u32();
        return switch (flags) {
            case 0 -> new MemoryLimits(minimum);
            case 1 -> new MemoryLimits(minimum, in.u32());
            default -> throw in.malformed("unknown limits " + flags);
        };
    }

    private static FunctionSection functions(BinaryReader in) {
        FunctionSection.Builder section = FunctionSection.builder();
        for (int left = in.count(); left > 0; left--) {
            section.addFunctionType(in.u32());
        }
        return section.build();
    }

    private static TableSection tables(BinaryReader in) {
        TableSection.Builder section = TableSection.builder();
        for (int left = in.count(); left > 0; left--) {
            section.addTable(new Table(valueType(in), tableLimits(in)));
        }
        return section.build();
    }

    private static MemorySection memories(BinaryReader in) {
        MemorySection.Builder section = MemorySection.builder();
        for (int left = in.count(); left > 0; left--) {
            section.addMemory(new Memory(memoryLimits(in)));
        }
        return section.build();
    }

    private static GlobalSection globals(BinaryReader in) {
        GlobalSection.Builder section = GlobalSection.builder();
        for (int left = in.count(); left > 0; left--) {
            ValType type = valueType(in);
            MutabilityType mutability = MutabilityType.forId(in.u8());
            section.addGlobal(new Global(type, mutability, expression(in)));
        }
        return section.build();
    }

    private static ExportSection exports(BinaryReader in) {
        ExportSection.Builder section = ExportSection.builder();
        for (int left = in.count(); left > 0; left--) {
            String name = in.name();
            ExternalType kind = ExternalType.byId(in.u8());
            section.addExport(new Export(name, in.u32(), kind));
        }
        return section.build();
    }

    private static ElementSection elements(BinaryReader in) {
        ElementSection.Builder section = ElementSection.builder();
        for (int left = in.count(); left > 0; left--) {
            section.addElement(element(in));
        }
        return section.build();
    }

    /** The eight forms of a segment (core specification, 5.5.12), as Chicory's parser has them. */
    private static Element element(BinaryReader in) {
        int flags = in.u32();
        if (flags < 0 || flags > 7) {
            throw in.malformed("unknown form of element segment " + flags);
        }
        boolean active = (flags & 1) == 0;
        boolean explicit = (flags & 2) != 0;
        boolean expressions = (flags & 4) != 0;
        int table = active && explicit ? in.u32() : 0;
        @Nullable List<Instruction> offset = active ? expression(in) : null;
        ValType type = expressions ? ValType.FuncRef : FUNCTION_REFERENCE;
        if (!active || explicit) {
            if (expressions) {
                type = valueType(in);
            } else if (in.u8() != 0) {
                throw in.malformed("unknown kind of element");
            }
        }
        int count = in.count();
        List<List<Instruction>> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(
                    expressions
                            ? expression(in)
                            : List.of(
                                    new Instruction(-1, OpCode.REF_FUNC, new long[] {Integer.toUnsignedLong(in.u32())}),
                                    END));
        }
        if (offset != null) {
            return new ActiveElement(type, items, table, offset);
        }
        return explicit ? new DeclarativeElement(type, items) : new PassiveElement(type, items);
    }

    private static CodeSection code(BinaryReader in) {
        CodeSection.Builder section = CodeSection.builder();
        for (int left = in.count(); left > 0; left--) {
            in.skip(in.u32());
            section.addFunctionBody(NO_BODY);
        }
        return section.build();
    }

    private static DataSection data(BinaryReader in) {
        DataSection.Builder section = DataSection.builder();
        for (int left = in.count(); left > 0; left--) {
            int mode = in.u32();
            switch (mode) {
                case 0 -> {
                    List<Instruction> offset = expression(in);
                    section.addDataSegment(new ActiveDataSegment(0, offset, in.bytes(in.count())));
                }
                case 1 -> section.addDataSegment(new PassiveDataSegment(in.bytes(in.count())));
                case 2 -> {
                    int memory = in.u32();
                    List<Instruction> offset = expression(in);
                    section.addDataSegment(new ActiveDataSegment(memory, offset, in.bytes(in.count())));
                }
                default -> throw in.malformed("unknown form of data segment " + mode);
            }
        }
        return section.build();
    }

    private void tags(BinaryReader in) {
        for (int left = in.count(); left > 0; left--) {
            String position = ModuleBytes.Renamed.name(names.size() + ownTags++);
            imports.addImport(new TagImport("", position, (byte) in.u8(), in.u32()));
        }
        module.setTagSection(TagSection.builder().build());
    }

    /** A constant expression (core specification, 3.3.10), of numbers, globals, functions and nothing. */
    private static List<Instruction> expression(BinaryReader in) {
        List<Instruction> all = new ArrayList<>(1);
        while (true) {
            int opcode = in.u8();
            if (opcode == 0x0b) {
                return all;
            }
            long[] operands = switch (opcode) {
                case 0x23, 0xd2 -> new long[] {Integer.toUnsignedLong(in.u32())};
                case 0x41, 0x42, 0xd0 -> new long[] {in.s64()};
                case 0x43 -> new long[] {in.littleEndian(4)};
                case 0x44 -> new long[] {in.littleEndian(8)};
                case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e -> NO_OPERANDS;
                default -> throw in.malformed("not a plain constant instruction: " + opcode);
            };
            all.add(new Instruction(-1, OpCode.byOpCode(opcode), operands));
        }
    }
}
