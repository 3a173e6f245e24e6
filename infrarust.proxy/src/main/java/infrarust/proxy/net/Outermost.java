package infrarust.proxy.net;

/**
 * Marks a handler that sees the bytes of a connection as they travel: whatever changes them, as {@link Encryption} does, stands behind
 * it. A pipeline has at most one, under the name {@link #NAME}.
 */
public interface Outermost {

    /** The handler's name in its pipeline. */
    String NAME = "outermost";
}
