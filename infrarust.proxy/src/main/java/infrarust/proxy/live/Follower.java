package infrarust.proxy.live;

import infrarust.proxy.config.ConfigDiff;
import infrarust.proxy.config.ProxySnapshot;

/** A part of the proxy that goes by the configuration and keeps something of it. */
@FunctionalInterface
public interface Follower {

    /**
     * Gets ready for another configuration. May wait for files, and may be asked without consequences: when another part
     * refuses, the old configuration stays.
     *
     * @param next the configuration that is to hold
     * @param diff what makes it another one than the last; may be nothing, since files beside it may have changed
     * @return makes the part go by it; quick, and does not fail
     * @throws infrarust.proxy.config.ConfigException if it cannot, with the reasons for the operator
     */
    Runnable prepare(ProxySnapshot next, ConfigDiff diff);
}
