package infrarust.api.filter;

import java.util.concurrent.CompletionStage;

/**
 * Decides about connections before a byte of the protocol is read, behind the PROXY header where there is one: in every mode, for
 * pings too.
 */
@FunctionalInterface
public interface TransportFilter {

    /**
     * A connection has come. Nothing is read from it until all filters have answered; the first that rejects it is the last that is asked. Called
     * on the connection's event loop: what takes time answers later. A failure, or no answer within 5 s ({@code [events]
     * transport_filter_timeout}), is logged with the plugin's name, and the connection is rejected.
     *
     * @return completes, on any thread, with the decision
     */
    CompletionStage<TransportVerdict> accepted(TransportConnection connection);
}
