package infrarust.proxy.command;

import infrarust.api.command.CommandSource;

/** A source that reads on a terminal. */
public interface Screen extends CommandSource {

    /** How many lines it shows. */
    int rows();

    /** How many characters a line has. */
    int columns();

    /** Empties it. */
    void clear();
}
