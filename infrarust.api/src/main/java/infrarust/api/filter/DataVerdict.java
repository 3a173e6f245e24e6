package infrarust.api.filter;

/** What becomes of some bytes of a connection. */
public sealed interface DataVerdict {

    /** They go on as they are. */
    record Pass() implements DataVerdict {}

    /**
     * Others go on in their place.
     *
     * @param bytes which; may be none. Not copied: leave the array alone
     */
    @SuppressWarnings("ArrayRecordComponent") // verdicts are not compared
    record Replace(byte[] bytes) implements DataVerdict {}

    /** The connection is closed at once. */
    record Close() implements DataVerdict {}

    /** {@link Pass}, without making one. */
    static DataVerdict pass() {
        return DataVerdicts.PASS;
    }

    /** {@link Close}, without making one. */
    static DataVerdict close() {
        return DataVerdicts.CLOSE;
    }

    /** A {@link Replace}. */
    static DataVerdict replace(byte[] bytes) {
        return new Replace(bytes);
    }
}
