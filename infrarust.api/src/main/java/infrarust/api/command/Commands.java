package infrarust.api.command;

/**
 * Where a plugin registers its commands. A command is called by its name, its aliases and {@code <plugin id>:<name>}. The first
 * to take a name keeps it; names of the proxy's own commands are taken from the start.
 *
 * <p>A player's command goes to the proxy's commands first and, when none has that name, to the server. What clients complete
 * by themselves is renewed when their server sends its list of commands the next time; a player who could use
 * none when it entered the world sees them on its next server. Before 1.13 clients ask each time.
 *
 * <p>Any thread may call.
 */
public interface Commands {

    /**
     * Registers a command.
     *
     * @return the registration, which says which aliases were taken already
     * @throws CommandTakenException if another command has the name
     * @throws IllegalStateException if the plugin is disabled
     */
    CommandRegistration register(CommandSpec spec, Command command);
}
