package infrarust.wasm.spi;

import org.jspecify.annotations.Nullable;

/** A guest's execution ended abnormally. The kinds are closed: every engine maps its own causes onto these. */
public abstract sealed class CoreTrap extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CoreTrap(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** {@code unreachable} was executed; a Rust panic ends so. */
    public static final class Unreachable extends CoreTrap {
        private static final long serialVersionUID = 1L;

        public Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** An access beyond a linear memory. */
    public static final class MemoryOutOfBounds extends CoreTrap {
        private static final long serialVersionUID = 1L;

        public MemoryOutOfBounds(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** An access beyond a table, or an indirect call to nothing or to a function of another type. */
    public static final class BadTableAccess extends CoreTrap {
        private static final long serialVersionUID = 1L;

        public BadTableAccess(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Integer division by zero, integer overflow, or a conversion that does not fit. */
    public static final class Arithmetic extends CoreTrap {
        private static final long serialVersionUID = 1L;

        public Arithmetic(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The guest's calls nest too deeply. */
    public static final class StackExhausted extends CoreTrap {
        private static final long serialVersionUID = 1L;

        public StackExhausted(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The call was stopped by {@link CoreStore#interrupt(long)}. */
    public static final class Interrupted extends CoreTrap {
        private static final long serialVersionUID = 1L;

        public Interrupted(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A host function threw; its exception is the cause. */
    public static final class HostFailure extends CoreTrap {
        private static final long serialVersionUID = 1L;

        public HostFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The guest broke a rule of the layer above (the canonical ABI, a handle table). */
    public static final class Contract extends CoreTrap {
        private static final long serialVersionUID = 1L;

        public Contract(String message) {
            super(message, null);
        }
    }

    /** The store had trapped before and no longer runs guest code. */
    public static final class Poisoned extends CoreTrap {
        private static final long serialVersionUID = 1L;

        public Poisoned(String message) {
            super(message, null);
        }
    }

    /** Anything else, such as an exception of the guest that nobody caught. */
    public static final class Other extends CoreTrap {
        private static final long serialVersionUID = 1L;

        public Other(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
