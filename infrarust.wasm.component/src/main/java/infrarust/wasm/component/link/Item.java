package infrarust.wasm.component.link;

import infrarust.wasm.component.binary.ComponentDefinition;
import infrarust.wasm.component.binary.TypeDefinition;
import infrarust.wasm.component.type.FunctionType;
import infrarust.wasm.component.type.ResourceType;
import infrarust.wasm.component.type.WitType;
import infrarust.wasm.spi.CoreExternType;
import java.util.Map;

/** An entry of an index space, resolved: what it is, and not where it was declared. */
sealed interface Item {

    /** Anything that core instances export and import. */
    record Core(CoreReference reference, CoreExternType type) implements Item {}

    /** A core type, which nothing here looks into. */
    record CoreType() implements Item {}

    /** A core module, by its place among the compiled modules. */
    record Module(int index) implements Item {}

    /** A core instance. */
    record CoreInstance(Map<String, Core> exports) implements Item {}

    /** A component function. */
    sealed interface Function extends Item {
        FunctionType type();
    }

    /**
     * A function of the embedder.
     *
     * @param instance the imported interface, or {@code $root}
     */
    record ImportedFunction(String instance, String name, FunctionType type) implements Function {}

    /** A function of the guest, by its place among the lifted functions. */
    record LiftedFunction(int index, FunctionType type) implements Function {}

    /** A value type. */
    record Value(WitType type) implements Item {}

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
