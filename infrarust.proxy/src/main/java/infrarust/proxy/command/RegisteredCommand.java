package infrarust.proxy.command;

import infrarust.api.command.Command;
import infrarust.api.command.CommandSpec;
import java.util.List;

/**
 * A command that is there.
 *
 * @param owner the id of its plugin
 * @param spec as it was asked for
 * @param aliases those that it got
 * @param command what it does
 */
record RegisteredCommand(String owner, CommandSpec spec, List<String> aliases, Command command) {

    String namespaced() {
        return owner + ":" + spec.name();
    }
}
