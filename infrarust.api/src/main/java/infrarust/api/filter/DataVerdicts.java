package infrarust.api.filter;

/** The two verdicts that need not be made anew. */
final class DataVerdicts {

    static final DataVerdict PASS = new DataVerdict.Pass();
    static final DataVerdict CLOSE = new DataVerdict.Close();

    private DataVerdicts() {}
}
