package infrarust.wasm.component.type;

/** What an import or export of a component is. */
public sealed interface ExternType
        permits ExternType.Function, ExternType.Value, ExternType.Resource, InstanceType, ComponentType {

    /** A function. */
    record Function(FunctionType type) implements ExternType {
        @Override
        public String toString() {
            return type.toString();
        }
    }

    /** A value type under a name. */
    record Value(WitType type) implements ExternType {
        @Override
        public String toString() {
            return "type " + type;
        }
    }

    /** A resource type under a name. */
    record Resource(ResourceType type) implements ExternType {
        @Override
        public String toString() {
            return "resource " + type;
        }
    }
}
