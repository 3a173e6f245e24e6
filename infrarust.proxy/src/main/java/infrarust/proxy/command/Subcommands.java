package infrarust.proxy.command;

import infrarust.api.command.Argument;
import infrarust.api.command.CommandSource;
import java.util.List;

/** A command that offers each source something else. */
interface Subcommands {

    /** The forms that the source may use. */
    List<List<Argument<?>>> formsFor(CommandSource source);
}
