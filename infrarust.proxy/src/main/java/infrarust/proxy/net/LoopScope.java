package infrarust.proxy.net;

import io.netty.channel.EventLoop;
import java.util.Optional;

/**
 * What all connections of one event loop share. Only the loop's thread may use it.
 *
 * @param loop the loop
 * @param deadlines what its connections wait for
 * @param receiveBuffer what its connections read into
 * @param splice how bytes are moved inside the kernel, where that is possible
 */
public record LoopScope(EventLoop loop, Deadlines deadlines, ReceiveBuffer receiveBuffer, Optional<Splice> splice) {

    /** For a loop of that transport, with the system's clock. */
    static LoopScope of(EventLoop loop, Transport transport) {
        return new LoopScope(
                loop,
                new Deadlines(loop, System::nanoTime),
                new ReceiveBuffer(transport.sharesReceiveBuffer()),
                Splice.of(transport));
    }
}
