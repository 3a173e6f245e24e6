package infrarust.wasm.component.link;

import infrarust.wasm.component.binary.ComponentDefinition;
import infrarust.wasm.component.binary.CoreTypeDefinition;
import infrarust.wasm.component.binary.TypeDefinition;
import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.component.type.WitType;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreModule;
import java.util.List;
import java.util.Map;

/** An entry of an index space, resolved: what it is, and not where it was declared. */
public sealed interface Item {

    /** Anything that core instances export and import. */
    record Core(CoreReference reference, CoreExternType type) implements Item {}

    /** A core type, with the scope that its outer aliases reach. */
    record CoreType(CoreTypeDefinition definition, Scope scope) implements Item {}

    /** A core module. */
    record Module(CoreModule module) implements Item {}

    /** A core instance. */
    record CoreInstance(Map<String, Core> exports) implements Item {}

    /** A component function. */
    sealed interface Function extends Item {
        FunctionType type();
    }

    /** A function that the component imports. */
    record ImportedFunction(Origin origin, FunctionType type) implements Function {}

    /**
     * Where something imported is found among the offers.
     *
     * @param instance the name of the import, or {@code $root} for what is imported without an instance
     * @param path instances within that instance, the outermost first
     * @param name its name in the innermost of these
     */
    record Origin(String instance, List<String> path, String name) {}

    /** A function of the guest, by its place among the lifted functions. */
    record LiftedFunction(int index, FunctionType type) implements Function {}

    /** {@code task.return}: as a function that takes the result, and of which nobody but core modules knows. */
    record TaskReturn(FunctionType type) implements Function {}

    /** A value type. */
    record Value(WitType type) implements Item {}

    /** A type of asynchronous values, which nobody can have here. */
    record AsyncType(String words) implements Item {}

    /** A function type. */
    record FunctionDeclaration(FunctionType type) implements Item {}

    /** A resource type. */
    record Resource(ResourceType type) implements Item {}

    /** An instance type; its resources are new each time that it is used. */
    record InstanceDeclaration(TypeDefinition.Instance definition, Scope scope) implements Item {}

    /** A component type. */
    record ComponentDeclaration(TypeDefinition.Component definition, Scope scope) implements Item {}

    /** A component that can be instantiated, with the scope that its outer aliases reach. */
    record Component(ComponentDefinition definition, Scope scope) implements Item {}

    /** An instance: what it exports. */
    record Instance(Map<String, Item> exports) implements Item {}
}
