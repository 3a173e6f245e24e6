package infrarust.wasm.component.validate;

import java.util.List;

/**
 * A function type.
 *
 * @param names of the parameters
 * @param parameters types of the parameters
 * @param result the result's type, or {@link ValueType#NONE}
 * @param pointers whether lists or strings occur in the parameters
 */
public record FunctionShape(
        boolean async,
        List<String> names,
        List<ValueType> parameters,
        ValueType result,
        boolean pointers,
        boolean mentionsResources,
        boolean mentionsNames)
        implements Type {

    static FunctionShape of(boolean async, List<String> names, List<ValueType> parameters, ValueType result) {
        boolean pointers = false;
        boolean resources = result.mentionsResources();
        boolean namedTypes = result.mentionsNames();
        for (int i = 0; i < parameters.size(); i++) {
            pointers |= parameters.get(i).pointers();
            resources |= parameters.get(i).mentionsResources();
            namedTypes |= parameters.get(i).mentionsNames();
        }
        return new FunctionShape(async, names, parameters, result, pointers, resources, namedTypes);
    }

    @Override
    public String words() {
        return "a function type";
    }
}
