package infrarust.wasm.conformance;

/** What became of one command. */
sealed interface Outcome {

    /** As the test says; the note, which may be empty, is for the curious. */
    record Passed(String note) implements Outcome {}

    /** Not as the test says. */
    record Failed(String why) implements Outcome {}

    /**
     * Not tried, or needs something that is refused by name.
     *
     * @param reason reasons are counted, so equal reasons have equal texts
     * @param detail what is particular, or nothing
     */
    record Skipped(String reason, String detail) implements Outcome {
        Skipped(String reason) {
            this(reason, "");
        }
    }
}
