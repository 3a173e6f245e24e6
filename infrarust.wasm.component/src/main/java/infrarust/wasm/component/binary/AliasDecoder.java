package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;

/** Decodes sorts and aliases (Binary.md, "Alias Definitions"), which stand in components and in their types alike. */
final class AliasDecoder {

    private AliasDecoder() {}

    static Sort sort(ByteReader in) {
        int offset = in.position();
        int kind = in.u8();
        return switch (kind) {
            case 0x00 -> coreSort(in);
            case 0x01 -> Sort.FUNCTION;
            case 0x02 -> throw ComponentException.unsupported("values as imports or exports", offset);
            case 0x03 -> Sort.TYPE;
            case 0x04 -> Sort.COMPONENT;
            case 0x05 -> Sort.INSTANCE;
            default -> throw in.unexpected("sort", kind);
        };
    }

    static Sort coreSort(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case 0x00 -> Sort.CORE_FUNCTION;
            case 0x01 -> Sort.CORE_TABLE;
            case 0x02 -> Sort.CORE_MEMORY;
            case 0x03 -> Sort.CORE_GLOBAL;
            case 0x04 -> Sort.CORE_TAG;
            case 0x10 -> Sort.CORE_TYPE;
            case 0x11 -> Sort.CORE_MODULE;
            case 0x12 -> Sort.CORE_INSTANCE;
            default -> throw in.unexpected("core sort", kind);
        };
    }

    static Definition alias(ByteReader in) {
        int offset = in.position();
        Sort sort = sort(in);
        int target = in.u8();
        return switch (target) {
            case 0x00 -> {
                int instance = in.u32();
                yield new Definition.ExportAlias(offset, sort, instance, in.name());
            }
            case 0x01 -> {
                int instance = in.u32();
                yield new Definition.CoreExportAlias(offset, sort, instance, in.name());
            }
            case 0x02 -> {
                switch (sort) {
                    case CORE_MODULE, CORE_TYPE, TYPE, COMPONENT -> {}
                    default -> throw new ComponentException("an outer alias cannot reach a " + sort, offset);
                }
                int scopes = in.u32();
                yield new Definition.OuterAlias(offset, sort, scopes, in.u32());
            }
            default -> throw in.unexpected("target of an alias", target);
        };
    }
}
