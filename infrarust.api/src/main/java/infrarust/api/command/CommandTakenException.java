package infrarust.api.command;

/** A command cannot be registered, because another one has its name. */
public final class CommandTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param name the name
     * @param owner the id of the plugin that has it
     */
    public CommandTakenException(String name, String owner) {
        super("the command name \"" + name + "\" is taken by '" + owner + "'; choose another one");
    }
}
