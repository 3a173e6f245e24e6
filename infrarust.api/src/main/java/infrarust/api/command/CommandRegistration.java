package infrarust.api.command;

import java.util.List;

/** A command that is there. Any thread may call. */
public interface CommandRegistration {

    /** Its name, in lower case. */
    String name();

    /** The name that no other plugin can have: {@code <plugin id>:<name>}. */
    String namespaced();

    /** The aliases that it has. */
    List<String> aliases();

    /** The aliases that were asked for and belong to other commands. */
    List<String> rejectedAliases();

    /** Removes it with all of its names; does nothing if it is gone already. A call that is under way goes on. */
    void unregister();
}
