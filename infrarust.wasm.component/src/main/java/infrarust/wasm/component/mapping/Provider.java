package infrarust.wasm.component.mapping;

import infrarust.wasm.component.bind.WitInterface;
import java.lang.invoke.MethodHandles;

/**
 * A host object offered under a WIT interface.
 *
 * @param lookup sees the interface and every type in its methods
 * @param type carries {@link WitInterface}
 * @param implementation what guests call
 */
public record Provider(MethodHandles.Lookup lookup, Class<?> type, Object implementation) {

    /**
     * Checks that the type is annotated.
     *
     * @throws IllegalArgumentException if it has no {@link WitInterface}
     */
    public Provider {
        annotation(type);
    }

    /** The interface's name and how its version is compared. */
    public WitInterface annotation() {
        return annotation(type);
    }

    /**
     * The annotation of a type.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static WitInterface annotation(Class<?> type) {
        WitInterface annotation = type.getAnnotation(WitInterface.class);
        if (annotation == null) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " does not say which WIT interface it stands for: add @WitInterface(\"package:name/interface@version\")");
        }
        return annotation;
    }
}
