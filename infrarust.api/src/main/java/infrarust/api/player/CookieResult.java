package infrarust.api.player;

/** What a client has answered when it was asked for a cookie. */
public sealed interface CookieResult {

    /**
     * What is stored. It comes from the client: whoever stores what others must not make up has to sign it.
     *
     * @param content at most 5,120 bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Found(byte[] content) implements CookieResult {}

    /** Nothing is stored under that key. */
    record Missing() implements CookieResult {}

    /** The client did not answer in time, or has left before it did. */
    record Unanswered() implements CookieResult {}

    /**
     * The client could not be asked.
     *
     * @param why not {@link Delivery#ACCEPTED}; {@link Delivery#REFUSED} for a client before 1.20.5
     */
    record NotAsked(Delivery why) implements CookieResult {}
}
