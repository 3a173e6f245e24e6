package infrarust.proxy.telemetry;

/** Why a connection was ended before it came to anything. */
public enum Refusal {
    /** The client sent something that is not the protocol. */
    MALFORMED,
    /** The client did not send in time what it had to. */
    TOO_SLOW,
    /** No server claims the host name. */
    UNKNOWN_DOMAIN,
    /** The client is too old to be served. */
    LEGACY_LOGIN,
    /** No backend could be reached. */
    SERVER_UNAVAILABLE,
    /** The session server does not know that the account has joined. */
    NOT_VERIFIED,
    /** The session server could not be asked. */
    SESSION_SERVER,
    /** The server and the proxy do not agree on how players are introduced. */
    FORWARDING,
    /** A plugin said no. */
    PLUGIN
}
