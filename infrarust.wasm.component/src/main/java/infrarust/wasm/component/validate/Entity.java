package infrarust.wasm.component.validate;

import infrarust.wasm.component.binary.Sort;
import java.util.Map;

/** What an import or export is, by its type. */
public sealed interface Entity {

    /** The index space that it belongs to. */
    Sort sort();

    boolean mentionsResources();

    boolean mentionsNames();

    /** What has a type of the index space of types. A core module's type is in another. */
    sealed interface Typed extends Entity permits Function, Instance, Component, Named {

        Type type();

        @Override
        default boolean mentionsResources() {
            return type().mentionsResources();
        }

        @Override
        default boolean mentionsNames() {
            return type().mentionsNames();
        }
    }

    record Function(FunctionShape type) implements Typed {
        @Override
        public Sort sort() {
            return Sort.FUNCTION;
        }
    }

    record Instance(InstanceShape type) implements Typed {
        @Override
        public Sort sort() {
            return Sort.INSTANCE;
        }
    }

    record Component(ComponentShape type) implements Typed {
        @Override
        public Sort sort() {
            return Sort.COMPONENT;
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
    record Named(Type type) implements Typed {
        @Override
        public Sort sort() {
            return Sort.TYPE;
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

    /** Whether this is an async function or holds one. */
    default boolean mentionsAsync() {
        return switch (this) {
            case Function function -> function.type().async();
            case Instance instance -> instance.type().mentionsAsync();
            case Component component -> component.type().mentionsAsync();
            case Named _, Module _ -> false;
        };
    }

    static boolean anyMentionsAsync(Map<String, Entity> entities) {
        for (Entity entity : entities.values()) {
            if (entity.mentionsAsync()) {
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
        if (!(entity instanceof Typed typed)) {
            return 0;
        }
        return typed.type() instanceof InstanceShape instance
                ? instance.depth()
                : typed.type() instanceof ComponentShape component ? component.depth() : 0;
    }
}
