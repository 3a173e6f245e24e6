package infrarust.proxy.plugin;

/** A plugin cannot be used. The message is one line for the operator: what is wrong, and what to do. */
public final class PluginRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A refusal whose cause is of no use to an operator. It has no stack: where the refusal was written says nothing. */
    public PluginRefusedException(String message) {
        super(message, null, false, false);
    }
}
