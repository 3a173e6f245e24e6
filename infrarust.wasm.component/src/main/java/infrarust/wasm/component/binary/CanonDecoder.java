package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.type.StringEncoding;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Decodes canonical definitions (Binary.md, "Canonical Definitions"). */
final class CanonDecoder {

    private static final String[] NAMES = {
        "string-encoding", "string-encoding", "string-encoding", "memory", "realloc", "post-return", "async", "callback"
    };

    private final ByteReader in;
    private final TypeDecoder types;
    private final Unsupported unsupported;
    private final boolean nested;

    CanonDecoder(ByteReader in, TypeDecoder types, Unsupported unsupported, boolean nested) {
        this.in = in;
        this.types = types;
        this.unsupported = unsupported;
        this.nested = nested;
    }

    Definition canon() {
        int offset = in.position();
        int opcode = in.u8();
        return switch (opcode) {
            case 0x00 -> {
                in.expect(0, "the sort function");
                int function = in.u32();
                Options options = new Options();
                options.decode();
                int type = in.u32();
                yield options.unknown
                        ? new Definition.Unsupported(offset, Sort.FUNCTION, OptionalInt.of(type))
                        : new Definition.Lift(offset, function, options.result(), type);
            }
            case 0x01 -> {
                in.expect(0, "the sort function");
                int function = in.u32();
                Options options = new Options();
                options.decode();
                if (options.postReturn.isPresent()) {
                    throw new ComponentException("a lowered function has no post-return function", offset);
                }
                yield options.unknown ? builtin(offset) : new Definition.Lower(offset, function, options.result());
            }
            case 0x02 -> new Definition.ResourceBuiltin(offset, Definition.ResourceOperation.NEW, in.u32());
            case 0x03 -> new Definition.ResourceBuiltin(offset, Definition.ResourceOperation.DROP, in.u32());
            case 0x04 -> new Definition.ResourceBuiltin(offset, Definition.ResourceOperation.REP, in.u32());
            default -> asyncBuiltin(opcode, offset);
        };
    }

    private static Definition builtin(int offset) {
        return new Definition.Unsupported(offset, Sort.CORE_FUNCTION, OptionalInt.empty());
    }

    /**
     * The built-ins that a synchronous component may hold without ever having a task of its own: name, parameters and result.
     * Toolchains link them in; what a call of one does, {@code TaskContext} says.
     */
    private static final Map<Integer, String> IDLE = Map.ofEntries(
            Map.entry(0x05, "task.cancel - -"),
            Map.entry(0x06, "subtask.cancel i i"),
            Map.entry(0x0a, "context.get - i"),
            Map.entry(0x0b, "context.set i -"),
            Map.entry(0x0c, "thread.yield - i"),
            Map.entry(0x0d, "subtask.drop i -"),
            Map.entry(0x0e, "stream.new - l"),
            Map.entry(0x0f, "stream.read iii i"),
            Map.entry(0x10, "stream.write iii i"),
            Map.entry(0x11, "stream.cancel-read i i"),
            Map.entry(0x12, "stream.cancel-write i i"),
            Map.entry(0x13, "stream.drop-readable i -"),
            Map.entry(0x14, "stream.drop-writable i -"),
            Map.entry(0x15, "future.new - l"),
            Map.entry(0x16, "future.read ii i"),
            Map.entry(0x17, "future.write ii i"),
            Map.entry(0x18, "future.cancel-read i i"),
            Map.entry(0x19, "future.cancel-write i i"),
            Map.entry(0x1a, "future.drop-readable i -"),
            Map.entry(0x1b, "future.drop-writable i -"),
            Map.entry(0x1f, "waitable-set.new - i"),
            Map.entry(0x20, "waitable-set.wait ii i"),
            Map.entry(0x21, "waitable-set.poll ii i"),
            Map.entry(0x22, "waitable-set.drop i -"),
            Map.entry(0x23, "waitable.join ii -"),
            Map.entry(0x24, "backpressure.inc - -"),
            Map.entry(0x25, "backpressure.dec - -"),
            Map.entry(0x26, "thread.index - i"));

    private Definition asyncBuiltin(int opcode, int offset) {
        if (opcode == 0x09) {
            Optional<TypeDefinition.Reference> result = types.resultList();
            Options options = new Options();
            options.decode();
            return new Definition.TaskReturn(offset, result, options.result());
        }
        String idle = IDLE.get(opcode);
        if (idle == null) {
            unsupported.add(unsupportedName(opcode, offset), offset);
            var _ = operands(opcode, offset);
            return builtin(offset);
        }
        if (idle.startsWith("stream.")) {
            unsupported.mention("streams");
        } else if (idle.startsWith("future.")) {
            unsupported.mention("futures");
        }
        if (!idle.startsWith("context.")) {
            unsupported.addWaiting();
        }
        return builtin(idle, operands(opcode, offset), offset);
    }

    private static Definition builtin(String description, int operand, int offset) {
        String[] parts = description.split(" ", -1);
        return new Definition.AsyncBuiltin(
                offset, parts[0], operand, new CoreFunctionType(coreTypes(parts[1]), coreTypes(parts[2])));
    }

    private static List<CoreValueType> coreTypes(String letters) {
        return letters.chars()
                .filter(letter -> letter != '-')
                .mapToObj(letter -> letter == 'l' ? CoreValueType.I64 : CoreValueType.I32)
                .toList();
    }

    /** The built-ins that are refused by name, once the rest is known to be valid. */
    private static String unsupportedName(int opcode, int offset) {
        return switch (opcode) {
            case 0x07 -> "an asynchronous resource.drop";
            case 0x08 -> "back pressure of async calls";
            case 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x40, 0x41, 0x42 -> "threads";
            case 0x1c, 0x1d, 0x1e -> "error contexts";
            default -> throw new ComponentException(String.format("0x%02x is no canonical function", opcode), offset);
        };
    }

    /** Decodes what follows the opcode; answers the number of a context slot. */
    private int operands(int opcode, int offset) {
        switch (opcode) {
            case 0x06, 0x0c, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x42 -> in.present();
            case 0x07, 0x0e, 0x13, 0x14, 0x15, 0x1a, 0x1b -> in.u32();
            case 0x11, 0x12, 0x18, 0x19 -> {
                in.u32();
                in.present();
            }
            case 0x20, 0x21, 0x40 -> {
                in.present();
                in.u32();
            }
            case 0x27 -> {
                in.u32();
                in.u32();
            }
            case 0x41 -> {
                in.present();
                in.u32();
                in.u32();
            }
            case 0x0a, 0x0b -> {
                return contextSlot(offset);
            }
            case 0x0f, 0x10, 0x16, 0x17 -> {
                in.u32();
                new Options().decode();
            }
            case 0x1c, 0x1d -> new Options().decode();
            default -> {
                // The others have no operands.
            }
        }
        return 0;
    }

    private int contextSlot(int offset) {
        CoreValueType type = new CoreTypeDecoder(in, unsupported).valueType();
        int slot = in.u32();
        if (type != CoreValueType.I32) {
            unsupported.add("context slots of 64 bits", offset);
        } else if (slot > 1) {
            throw new ComponentException("there is no context slot " + slot + "; there are two", offset);
        }
        return slot;
    }

    /** The options of one canonical definition, each of which stands at most once. */
    private final class Options {
        private Optional<StringEncoding> encoding = Optional.empty();
        private OptionalInt memory = OptionalInt.empty();
        private OptionalInt realloc = OptionalInt.empty();
        private OptionalInt postReturn = OptionalInt.empty();
        private boolean async;
        private boolean callback;

        /** Whether what the options belong to follows rules that are not known here. */
        private boolean unknown;

        void decode() {
            int count = in.count();
            for (int i = 0; i < count; i++) {
                int offset = in.position();
                int option = in.u8();
                boolean repeated = switch (option) {
                    case 0, 1, 2 -> encoding.isPresent();
                    case 3 -> memory.isPresent();
                    case 4 -> realloc.isPresent();
                    case 5 -> postReturn.isPresent();
                    case 6 -> async;
                    case 7 -> callback;
                    default -> false;
                };
                if (repeated) {
                    throw new ComponentException("the canonical option " + NAMES[option] + " is given twice", offset);
                }
                switch (option) {
                    case 0 -> encoding = Optional.of(StringEncoding.UTF8);
                    case 1 -> encoding = Optional.of(StringEncoding.UTF16);
                    case 2 -> encoding = Optional.of(StringEncoding.LATIN1_UTF16);
                    case 3 -> memory = OptionalInt.of(in.u32());
                    case 4 -> realloc = OptionalInt.of(in.u32());
                    case 5 -> postReturn = OptionalInt.of(in.u32());
                    case 6 -> {
                        async = true;
                        if (nested) {
                            unsupported.addAsync("async lifts or lowers", offset);
                        } else {
                            refuse(offset);
                        }
                    }
                    case 7 -> {
                        callback = true;
                        in.u32();
                        refuse(offset);
                    }
                    case 8, 9 -> {
                        if (option == 8) {
                            in.u32();
                        }
                        unsupported.addOpaque("the canonical ABI for garbage collected values", offset);
                    }
                    default -> throw in.unexpected("canonical option", option);
                }
            }
        }

        private void refuse(int offset) {
            unknown = true;
            unsupported.addOpaque("async lifts or lowers", offset);
        }

        CanonicalOptions result() {
            return new CanonicalOptions(encoding.orElse(StringEncoding.UTF8), memory, realloc, postReturn, async);
        }
    }
}
