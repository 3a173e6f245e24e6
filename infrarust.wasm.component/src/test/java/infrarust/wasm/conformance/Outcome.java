package infrarust.wasm.conformance;

/** What became of one command. */
sealed interface Outcome {

    /** As the test says; the note, which may be empty, is for the curious. */
    record Passed(String note) implements Outcome {}

    /** Not as the test says. */
    record Failed(String why) implements Outcome {}

    /** Not tried, or needs something that is refused by name. Reasons are counted, so equal reasons have equal texts. */
    record Skipped(String reason) implements Outcome {}
}
