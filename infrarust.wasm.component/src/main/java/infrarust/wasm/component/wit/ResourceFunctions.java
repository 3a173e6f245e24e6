package infrarust.wasm.component.wit;

import infrarust.wasm.component.validate.Entity;
import infrarust.wasm.component.validate.FunctionShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions by the resource that their names say they belong to: looking through all for each resource takes too long. */
final class ResourceFunctions {

    /** A function under its whole name, which begins with what it is in brackets. */
    record Member(String name, FunctionShape function) {}

    private final Map<String, List<Member>> members = new HashMap<>();

    ResourceFunctions(Map<String, Entity> items) {
        items.forEach((name, entity) -> {
            if (entity instanceof Entity.Function(FunctionShape function) && name.startsWith("[")) {
                members.computeIfAbsent(resource(name), _ -> new ArrayList<>()).add(new Member(name, function));
            }
        });
    }

    private static String resource(String name) {
        int dot = name.indexOf('.');
        return name.substring(name.indexOf(']') + 1, dot < 0 ? name.length() : dot);
    }

    /** The functions of a resource, in their order. */
    List<Member> of(String resource) {
        return members.getOrDefault(resource, List.of());
    }
}
