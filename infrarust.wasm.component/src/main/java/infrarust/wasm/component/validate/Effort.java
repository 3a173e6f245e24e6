package infrarust.wasm.component.validate;

import infrarust.wasm.component.type.ComponentException;

/**
 * Counts the steps of a validation. Types share parts, so that a small file can describe types whose size is exponential in
 * its own; walking over those ends here.
 */
final class Effort {

    /** A plugin of a hundred functions takes four thousand. */
    private static final int MAX_STEPS = 1_000_000;

    private int steps;

    /** One step more. */
    void spend(int offset) {
        spend(1, offset);
    }

    /** So many steps more. */
    void spend(int count, int offset) {
        steps += count;
        if (steps < 0 || steps > MAX_STEPS) {
            throw new ComponentException(
                    "the types of the component take more than " + MAX_STEPS + " steps to check", offset);
        }
    }
}
