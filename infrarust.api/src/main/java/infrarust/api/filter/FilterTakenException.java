package infrarust.api.filter;

/** A filter cannot be registered, because another one has its id. */
public final class FilterTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param id the id
     * @param owner the id of the plugin that has it
     */
    public FilterTakenException(String id, String owner) {
        super("the filter id \"" + id + "\" is taken by '" + owner
                + "'; choose another one, or unregister that one first");
    }
}
