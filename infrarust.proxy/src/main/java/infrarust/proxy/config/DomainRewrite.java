package infrarust.proxy.config;

/** Which host name the backend sees in the handshake. */
public sealed interface DomainRewrite {

    /** The bytes that the client sent. */
    record None() implements DomainRewrite {}

    /** The host of the server's first address. */
    record FromBackend() implements DomainRewrite {}

    /**
     * A fixed name.
     *
     * @param host not empty, at most 255 characters
     */
    record Explicit(String host) implements DomainRewrite {}
}
