package infrarust.api.server;

import java.util.List;
import java.util.Optional;

/** The servers of the configuration that holds now. Any thread may ask; answers are snapshots. */
public interface Servers {

    /** Every one, in the order of the configuration. */
    List<Server> all();

    /** The one with that id. */
    Optional<Server> byId(String id);

    /** Those between which players may switch, because they name this network. */
    List<Server> ofNetwork(String network);

    /** The one to which that host name leads. */
    Optional<Server> byHost(String host);
}
