package infrarust.wasm.component.validate;

import infrarust.wasm.component.binary.Sort;
import java.util.Map;

/** What an import or export is, by its type. */
public sealed interface Entity {

    /** The index space that it belongs to. */
    Sort sort();

    boolean mentionsResources();

    boolean mentionsNames();

    record Function(FunctionShape type) implements Entity {
        @Override
        public Sort sort() {
            return Sort.FUNCTION;
        }

        @Override
        public boolean mentionsResources() {
            return type.mentionsResources();
        }

        @Override
        public boolean mentionsNames() {
            return type.mentionsNames();
        }
    }

    record Instance(InstanceShape type) implements Entity {
        @Override
        public Sort sort() {
            return Sort.INSTANCE;
        }

        @Override
        public boolean mentionsResources() {
            return type.mentionsResources();
        }

        @Override
        public boolean mentionsNames() {
            return type.mentionsNames();
        }
    }

    record Component(ComponentShape type) implements Entity {
        @Override
        public Sort sort() {
            return Sort.COMPONENT;
        }

        @Override
        public boolean mentionsResources() {
            return type.mentionsResources();
        }

        @Override
        public boolean mentionsNames() {
            return type.mentionsNames();
        }
    }

    record Module(ModuleShape type) implements Entity {
        @Override
        public Sort sort() {
            return Sort.CORE_MODULE;
        }

        @Override
        public boolean mentionsResources() {
            return false;
        }

        @Override
        public boolean mentionsNames() {
            return false;
        }
    }

    /** A type under a name: the very object that later definitions refer to by it. */
    record Named(Type type) implements Entity {
        @Override
        public Sort sort() {
            return Sort.TYPE;
        }

        @Override
        public boolean mentionsResources() {
            return type.mentionsResources();
        }

        @Override
        public boolean mentionsNames() {
            return type.mentionsNames();
        }
    }

    static boolean anyMentionsResources(Map<String, Entity> entities) {
        for (Entity entity : entities.values()) {
            if (entity.mentionsResources()) {
                return true;
            }
        }
        return false;
    }

    static boolean anyMentionsNames(Map<String, Entity> entities) {
        for (Entity entity : entities.values()) {
            if (entity.mentionsNames()) {
                return true;
            }
        }
        return false;
    }

    static int depth(Map<String, Entity> entities) {
        int depth = 0;
        for (Entity entity : entities.values()) {
            depth = Math.max(depth, depth(entity));
        }
        return depth;
    }

    private static int depth(Entity entity) {
        if (entity instanceof Instance instance) {
            return instance.type.depth();
        }
        if (entity instanceof Component component) {
            return component.type.depth();
        }
        if (entity instanceof Named named) {
            return named.type instanceof InstanceShape instance
                    ? instance.depth()
                    : named.type instanceof ComponentShape component ? component.depth() : 0;
        }
        return 0;
    }
}
