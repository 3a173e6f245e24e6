package infrarust.proxy.telemetry;

import java.util.Locale;

/** Why a connection was ended, most of them before they came to anything. */
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
    /** The address may not come in, or not to that server. */
    IP_FILTER,
    /** More logins from one address than allowed. */
    LOGIN_RATE,
    /** More pings from one address than allowed. */
    PING_RATE,
    /** No PROXY header where one is required. */
    PROXY_HEADER_MISSING,
    /** A PROXY header from an address whose headers are not believed, or no business at this port without one. */
    PROXY_HEADER_UNTRUSTED,
    /** A PROXY header that is none. */
    PROXY_HEADER_MALFORMED,
    /** The client has sent nothing for longer than it may, or nothing has moved through a connection that is only relayed. */
    SILENT,
    /** The client does not take what it is sent. */
    NOT_READING,
    /** The client sends more than it may. */
    FLOOD,
    /** The server has sent nothing, or taken nothing, for longer than it may. */
    SERVER_STALLED,
    /** The address, the name or the account is banned. */
    BANNED,
    /** A plugin said no. */
    PLUGIN;

    /** In words, as the log has it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
