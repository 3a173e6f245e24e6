package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreModule.CoreExport;
import infrarust.wasm.spi.CoreModule.CoreImport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what a core module imports and exports, stepping over the rest (core specification, 5.5 "Modules"). Whether the rest
 * is valid is for the engine to say.
 */
public final class CoreModuleDecoder {

    private static final int HEADER_BYTES = 8;

    private final ByteReader in;
    private final Unsupported unsupported = new Unsupported();
    private final CoreTypeDecoder coreTypes;
    private final List<@Nullable CoreFunctionType> types = new ArrayList<>();
    private final List<CoreExternType> functions = new ArrayList<>();
    private final List<CoreExternType> tables = new ArrayList<>();
    private final List<CoreExternType> memories = new ArrayList<>();
    private final List<CoreExternType> globals = new ArrayList<>();
    private final List<CoreExternType> tags = new ArrayList<>();
    private final List<CoreImport> imports = new ArrayList<>();
    private final List<CoreExport> exports = new ArrayList<>();

    private CoreModuleDecoder(ByteReader in) {
        this.in = in;
        this.coreTypes = new CoreTypeDecoder(in, unsupported);
    }

    /** Imports and exports in the module's order. */
    public record Interface(List<CoreImport> imports, List<CoreExport> exports) {}

    /**
     * Decodes the module in a range of the component's bytes.
     *
     * @throws ComponentException if its sections are malformed or refer to what is not there
     */
    public static Interface decode(byte[] bytes, int start, int end) {
        CoreModuleDecoder decoder = new CoreModuleDecoder(new ByteReader(bytes, start + HEADER_BYTES, end));
        decoder.sections();
        return new Interface(decoder.imports, decoder.exports);
    }

    private void sections() {
        while (in.hasRemaining()) {
            int id = in.u8();
            int size = in.u32();
            int end = in.section(id, size) + size;
            in.moveTo(end - size);
            switch (id) {
                case 1 -> typeSection();
                case 2 -> importSection();
                case 3 -> functionSection();
                case 4 -> tableSection();
                case 5 -> memorySection();
                case 6 -> globalSection();
                case 7 -> exportSection();
                case 13 -> tagSection();
                default -> {
                    // Code, data and the like say nothing about imports and exports.
                }
            }
            if (in.position() > end) {
                throw new ComponentException("section " + id + " of a core module is longer than it says", end);
            }
            in.moveTo(end);
        }
    }

    private void typeSection() {
        int count = in.count();
        for (int i = 0; i < count; i++) {
            type(in.u8());
        }
    }

    /** A group of subtypes, or one without the group. */
    private void type(int opcode) {
        if (opcode != 0x4e) {
            subtype(opcode);
            return;
        }
        int count = in.count();
        for (int i = 0; i < count; i++) {
            subtype(in.u8());
        }
    }

    /** A composite type, with its supertypes or without. */
    private void subtype(int first) {
        int opcode = first;
        if (first == 0x4f || first == 0x50) {
            int supertypes = in.count();
            for (int i = 0; i < supertypes; i++) {
                in.u32();
            }
            opcode = in.u8();
        }
        if (opcode == 0x60) {
            types.add(coreTypes.functionType());
        } else {
            coreTypes.composite(opcode);
            types.add(null);
        }
    }

    private CoreFunctionType functionType() {
        int offset = in.position();
        int index = in.u32();
        CoreFunctionType type = index < types.size() ? types.get(index) : null;
        if (type == null) {
            throw new ComponentException("core type index " + index + " is not that of a function type", offset);
        }
        return type;
    }

    private void importSection() {
        int count = in.count();
        for (int i = 0; i < count; i++) {
            String module = in.name();
            String name = in.name();
            int kind = in.u8();
            CoreExternType type = switch (kind) {
                case 0x00 -> added(functions, new CoreExternType.Function(functionType()));
                case 0x01 -> added(tables, coreTypes.table());
                case 0x02 -> added(memories, coreTypes.memory());
                case 0x03 -> added(globals, coreTypes.global());
                case 0x04 -> added(tags, tag());
                default -> throw in.unexpected("kind of core import", kind);
            };
            imports.add(new CoreImport(module, name, type));
        }
    }

    private static CoreExternType added(List<CoreExternType> space, CoreExternType type) {
        space.add(type);
        return type;
    }

    private CoreExternType tag() {
        in.expect(0, "an exception tag");
        return new CoreExternType.Tag(functionType());
    }

    private void functionSection() {
        int count = in.count();
        for (int i = 0; i < count; i++) {
            functions.add(new CoreExternType.Function(functionType()));
        }
    }

    private void tableSection() {
        int count = in.count();
        for (int i = 0; i < count; i++) {
            boolean initialised = in.peek() == 0x40;
            if (initialised) {
                in.u8();
                in.expect(0, "a table with an initial value");
            }
            tables.add(coreTypes.table());
            if (initialised) {
                constantExpression();
            }
        }
    }

    private void memorySection() {
        int count = in.count();
        for (int i = 0; i < count; i++) {
            memories.add(coreTypes.memory());
        }
    }

    private void globalSection() {
        int count = in.count();
        for (int i = 0; i < count; i++) {
            globals.add(coreTypes.global());
            constantExpression();
        }
    }

    private void tagSection() {
        int count = in.count();
        for (int i = 0; i < count; i++) {
            tags.add(tag());
        }
    }

    /** Steps over an expression; whether it is constant is for the engine to say. */
    private void constantExpression() {
        while (true) {
            int offset = in.position();
            int opcode = in.u8();
            switch (opcode) {
                case 0x0b -> {
                    return;
                }
                // i32.const and i64.const, signed; global.get, ref.func, ref.null.
                case 0x41, 0x42, 0x23, 0xd2, 0xd0 -> in.skipNumber();
                case 0x43 -> in.skip(4, "a number");
                case 0x44 -> in.skip(8, "a number");
                case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e -> {
                    // Extended constant expressions: add, subtract, multiply.
                }
                case 0xfd -> {
                    in.u32();
                    in.skip(16, "a vector");
                }
                case 0xfb -> garbageCollected(offset);
                default ->
                    throw new ComponentException(
                            String.format("instruction 0x%02x is not allowed in a constant expression", opcode),
                            offset);
            }
        }
    }

    private void garbageCollected(int offset) {
        int opcode = in.u32();
        switch (opcode) {
            // struct.new, struct.new_default, array.new, array.new_default.
            case 0, 1, 6, 7 -> in.u32();
            case 8 -> {
                in.u32();
                in.u32();
            }
            case 0x1a, 0x1b, 0x1c -> {
                // any.convert_extern, extern.convert_any, ref.i31.
            }
            default ->
                throw new ComponentException("0xfb " + opcode + " is not allowed in a constant expression", offset);
        }
    }

    private void exportSection() {
        int count = in.count();
        for (int i = 0; i < count; i++) {
            String name = in.name();
            int offset = in.position();
            int kind = in.u8();
            int index = in.u32();
            List<CoreExternType> space = switch (kind) {
                case 0x00 -> functions;
                case 0x01 -> tables;
                case 0x02 -> memories;
                case 0x03 -> globals;
                case 0x04 -> tags;
                default ->
                    throw new ComponentException(String.format("0x%02x is no kind of core export", kind), offset);
            };
            if (index >= space.size()) {
                throw new ComponentException("the core export '" + name + "' has an index out of bounds", offset);
            }
            exports.add(new CoreExport(name, space.get(index)));
        }
    }
}
