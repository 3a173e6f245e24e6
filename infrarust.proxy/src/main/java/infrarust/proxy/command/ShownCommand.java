package infrarust.proxy.command;

import infrarust.api.command.Argument;
import java.util.List;

/**
 * A command as clients are shown it.
 *
 * @param label a name or alias
 * @param forms what may follow; empty when anything may
 */
public record ShownCommand(String label, List<List<Argument<?>>> forms) {}
