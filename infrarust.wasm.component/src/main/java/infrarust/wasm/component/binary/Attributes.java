package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;
import org.jspecify.annotations.Nullable;

/**
 * The name of an import or export with its attributes (Binary.md, {@code nameattributes}). Attributes say nothing that linking
 * needs: they are checked and left behind.
 */
final class Attributes {

    private final int offset;
    private final String name;
    private @Nullable String implemented;
    private @Nullable String suffix;

    private Attributes(int offset, String name) {
        this.offset = offset;
        this.name = name;
    }

    static Attributes decode(ByteReader in) {
        int offset = in.position();
        int kind = in.u8();
        if (kind > 2) {
            throw in.unexpected("name", kind);
        }
        Attributes attributes = new Attributes(offset, in.name());
        if (kind == 2) {
            attributes.list(in);
        }
        return attributes;
    }

    private void list(ByteReader in) {
        int seen = 0;
        int count = in.count();
        for (int i = 0; i < count; i++) {
            int at = in.position();
            int attribute = in.u8();
            if (attribute > 2) {
                throw in.unexpected("attribute of a name", attribute);
            }
            if ((seen & 1 << attribute) != 0) {
                throw new ComponentException("'" + name + "' has an attribute twice", at);
            }
            seen |= 1 << attribute;
            String value = in.name();
            switch (attribute) {
                case 0 -> implemented = value;
                case 1 -> suffix = value;
                default -> {
                    // The external id is any text, for whoever knows what it means.
                }
            }
        }
    }

    /**
     * Checks the attributes, now that it is known what bears the name.
     *
     * @return the name
     */
    String check(boolean instance) {
        if (implemented != null) {
            if (!instance) {
                throw new ComponentException(
                        "only instances can implement an interface, '" + name + "' is none", offset);
            }
            if (ExternNames.kind(name) != ExternNames.Kind.PLAIN) {
                throw new ComponentException(
                        "'" + name + "' is an interface name, and only plain names say what they implement", offset);
            }
            ExternNames.interfaceName(implemented, offset);
        }
        if (suffix != null) {
            if (!instance) {
                throw new ComponentException("only instances have a version, '" + name + "' is none", offset);
            }
            int at = name.indexOf('@');
            String version = at < 0 ? "" : name.substring(at + 1);
            if (!Versions.isCanonical(version) || !Versions.isSemver(version + suffix)) {
                throw new ComponentException(
                        "the version suffix '" + suffix + "' and '" + name + "' do not make a version", offset);
            }
        }
        return name;
    }
}
