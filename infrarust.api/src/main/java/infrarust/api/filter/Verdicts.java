package infrarust.api.filter;

/** The two verdicts that need not be made anew. */
final class Verdicts {

    static final Verdict PASS = new Verdict.Pass();
    static final Verdict DROP = new Verdict.Drop();

    private Verdicts() {}
}
