package infrarust.api.filter;

/** What becomes of a packet. */
public sealed interface Verdict {

    /** It goes on as it is. */
    record Pass() implements Verdict {}

    /** It ends here. What has been injected goes on. */
    record Drop() implements Verdict {}

    /**
     * Another one goes on in its place.
     *
     * @param packet of the same direction and state
     */
    record Replace(RawPacket packet) implements Verdict {}

    /** {@link Pass}, without making one. */
    static Verdict pass() {
        return Verdicts.PASS;
    }

    /** {@link Drop}, without making one. */
    static Verdict drop() {
        return Verdicts.DROP;
    }

    /** A {@link Replace}. */
    static Verdict replace(RawPacket packet) {
        return new Replace(packet);
    }
}
