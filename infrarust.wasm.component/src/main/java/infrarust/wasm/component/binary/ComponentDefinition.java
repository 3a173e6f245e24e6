package infrarust.wasm.component.binary;

import infrarust.wasm.component.type.ComponentException;
import java.util.List;
import java.util.Optional;

/**
 * A component as it stands in the file.
 *
 * @param definitions in the file's order, which is also the order of instantiation
 * @param unsupported names the first thing in it that is well-formed and not supported, to be thrown once the component is
 *     known to be valid; only the outermost component has it
 * @param opaque whether that follows rules that are not known here, so that the component cannot be called invalid
 */
public record ComponentDefinition(
        List<Definition> definitions, Optional<ComponentException> unsupported, boolean opaque) {

    public ComponentDefinition {
        definitions = List.copyOf(definitions);
    }

    /** The names of what it imports, in the file's order. */
    public List<String> importNames() {
        return definitions.stream()
                .filter(Definition.Import.class::isInstance)
                .map(definition -> ((Definition.Import) definition).name())
                .toList();
    }
}
