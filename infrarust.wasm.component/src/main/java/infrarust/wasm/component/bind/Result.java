package infrarust.wasm.component.bind;

/**
 * WIT's {@code result<O, E>}: success or failure, each with a value ({@link Unit} where WIT has none).
 *
 * @param <O> what success carries
 * @param <E> what failure carries
 */
public sealed interface Result<O, E> {

    /** Success. */
    record Ok<O, E>(O value) implements Result<O, E> {}

    /** Failure. */
    record Err<O, E>(E error) implements Result<O, E> {}

    /** Success with a value. */
    static <O, E> Result<O, E> ok(O value) {
        return new Ok<>(value);
    }

    /** Success without a value. */
    static <E> Result<Unit, E> ok() {
        return new Ok<>(Unit.UNIT);
    }

    /** Failure with a value. */
    static <O, E> Result<O, E> err(E error) {
        return new Err<>(error);
    }

    /** Failure without a value. */
    static <O> Result<O, Unit> err() {
        return new Err<>(Unit.UNIT);
    }

    /** Whether this is success. */
    default boolean isOk() {
        return this instanceof Ok;
    }
}
