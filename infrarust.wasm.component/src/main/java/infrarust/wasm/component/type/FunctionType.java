package infrarust.wasm.component.type;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parameters and the result, if any, of a component function. */
public record FunctionType(List<Parameter> parameters, Optional<WitType> result) {

    public FunctionType {
        parameters = List.copyOf(parameters);
    }

    /** A named parameter. */
    public record Parameter(String name, WitType type) {
        @Override
        public String toString() {
            return name + ": " + type;
        }
    }

    /** The types of the parameters, in order. */
    public List<WitType> parameterTypes() {
        return parameters.stream().map(Parameter::type).toList();
    }

    /** The type as WIT spells it, for example {@code func(id: u64) -> option<string>}. */
    @Override
    public String toString() {
        String text = parameters.stream().map(Parameter::toString).collect(Collectors.joining(", ", "func(", ")"));
        return result.map(type -> text + " -> " + type).orElse(text);
    }
}
