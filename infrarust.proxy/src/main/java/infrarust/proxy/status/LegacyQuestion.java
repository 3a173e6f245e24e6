package infrarust.proxy.status;

/** What a client before 1.7 asks. */
sealed interface LegacyQuestion {

    /** The protocol number to tell the client when the proxy answers for itself. */
    default int protocol() {
        return LegacyAnswer.ANY_PROTOCOL;
    }

    /** Answered with description and numbers only. */
    record Beta() implements LegacyQuestion {}

    /** Answered with the version too. */
    record Since14() implements LegacyQuestion {}

    /**
     * 1.6 says whom it dials; answered as 1.4.
     *
     * @param protocol the client's number, of its own counting before 1.7
     * @param host as typed by the player
     * @param port as dialled
     */
    record ToHost(int protocol, String host, int port) implements LegacyQuestion {}
}
