package infrarust.wasm.component.link;

import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.component.type.WitType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares types of two components: equal part by part, resources by what stands for them.
 *
 * @param ours what stands for the resources that the importing component declared so far
 * @param theirs the instance whose types are offered
 */
record TypeMatch(Map<ResourceType, Object> ours, RunningComponent theirs) {

    /** Whether functions of these types can stand for each other; the names of parameters count. */
    boolean same(FunctionType our, FunctionType their) {
        if (our.parameters().size() != their.parameters().size()) {
            return false;
        }
        for (int i = 0; i < our.parameters().size(); i++) {
            FunctionType.Parameter one = our.parameters().get(i);
            FunctionType.Parameter other = their.parameters().get(i);
            if (!one.name().equals(other.name()) || !same(one.type(), other.type())) {
                return false;
            }
        }
        return same(our.result(), their.result());
    }

    private boolean same(Optional<WitType> our, Optional<WitType> their) {
        return our.isPresent() == their.isPresent() && (our.isEmpty() || same(our.get(), their.orElseThrow()));
    }

    boolean same(WitType our, WitType their) {
        return switch (our) {
            case WitType.Own(ResourceType resource) ->
                their instanceof WitType.Own(ResourceType other) && same(resource, other);
            case WitType.Borrow(ResourceType resource) ->
                their instanceof WitType.Borrow(ResourceType other) && same(resource, other);
            case WitType.ListOf(WitType element) ->
                their instanceof WitType.ListOf(WitType other) && same(element, other);
            case WitType.FixedListOf(WitType element, int length) ->
                their instanceof WitType.FixedListOf(WitType other, int otherLength)
                        && length == otherLength
                        && same(element, other);
            case WitType.MapOf(WitType key, WitType value) ->
                their instanceof WitType.MapOf(WitType otherKey, WitType otherValue)
                        && same(key, otherKey)
                        && same(value, otherValue);
            case WitType.Tuple(List<WitType> elements) ->
                their instanceof WitType.Tuple(List<WitType> others) && same(elements, others);
            case WitType.RecordOf(List<WitType.Field> fields) ->
                their instanceof WitType.RecordOf(List<WitType.Field> others)
                        && fields.stream()
                                .map(WitType.Field::name)
                                .toList()
                                .equals(others.stream().map(WitType.Field::name).toList())
                        && same(
                                fields.stream().map(WitType.Field::type).toList(),
                                others.stream().map(WitType.Field::type).toList());
            case WitType.Variant(List<WitType.Case> cases) ->
                their instanceof WitType.Variant(List<WitType.Case> others) && sameCases(cases, others);
            case WitType.Option(WitType some) -> their instanceof WitType.Option(WitType other) && same(some, other);
            case WitType.Result(Optional<WitType> ok, Optional<WitType> error) ->
                their instanceof WitType.Result(Optional<WitType> otherOk, Optional<WitType> otherError)
                        && same(ok, otherOk)
                        && same(error, otherError);
            case WitType.Primitive _, WitType.Enumeration _, WitType.Flags _ -> our.equals(their);
        };
    }

    private boolean same(List<WitType> our, List<WitType> their) {
        if (our.size() != their.size()) {
            return false;
        }
        for (int i = 0; i < our.size(); i++) {
            if (!same(our.get(i), their.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean sameCases(List<WitType.Case> our, List<WitType.Case> their) {
        if (our.size() != their.size()) {
            return false;
        }
        for (int i = 0; i < our.size(); i++) {
            if (!our.get(i).name().equals(their.get(i).name())
                    || !same(our.get(i).payload(), their.get(i).payload())) {
                return false;
            }
        }
        return true;
    }

    private boolean same(ResourceType our, ResourceType their) {
        Object identity = ours.get(our);
        return identity != null && identity.equals(theirs.offered(their).identity());
    }
}
