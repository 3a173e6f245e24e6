package infrarust.wasm.component.binary;

import java.util.List;

/**
 * A component as it stands in the file.
 *
 * @param definitions in the file's order, which is also the order of instantiation
 */
public record ComponentDefinition(List<Definition> definitions) {

    public ComponentDefinition {
        definitions = List.copyOf(definitions);
    }
}
