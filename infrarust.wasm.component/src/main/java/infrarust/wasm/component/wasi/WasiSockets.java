package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitInterface.Versions;
import infrarust.wasm.component.bind.WitResource;
import java.util.List;
import java.util.Optional;

/**
 * The WIT package {@code wasi:sockets} (0.2). What {@link Wasi} offers refuses to make a socket and to look up a name; an embedder
 * who grants more offers objects of his own. Methods refuse unless they are overridden. The methods of sockets say what the WIT
 * says; their Javadoc would only repeat it.
 */
@SuppressWarnings("MissingSummary") // see above
public final class WasiSockets {

    private WasiSockets() {}

    private static <T> Result<T, ErrorCode> refused() {
        return Result.err(ErrorCode.ACCESS_DENIED);
    }

    /** Why an operation failed. */
    public enum ErrorCode {
        UNKNOWN,
        ACCESS_DENIED,
        NOT_SUPPORTED,
        INVALID_ARGUMENT,
        OUT_OF_MEMORY,
        TIMEOUT,
        CONCURRENCY_CONFLICT,
        NOT_IN_PROGRESS,
        WOULD_BLOCK,
        INVALID_STATE,
        NEW_SOCKET_LIMIT,
        ADDRESS_NOT_BINDABLE,
        ADDRESS_IN_USE,
        REMOTE_UNREACHABLE,
        CONNECTION_REFUSED,
        CONNECTION_RESET,
        CONNECTION_ABORTED,
        DATAGRAM_TOO_LARGE,
        NAME_UNRESOLVABLE,
        TEMPORARY_RESOLVER_FAILURE,
        PERMANENT_RESOLVER_FAILURE
    }

    /** The kind of an address. */
    public enum IpAddressFamily {
        IPV4,
        IPV6
    }

    /** Which side of a connection is closed. */
    public enum ShutdownType {
        RECEIVE,
        SEND,
        BOTH
    }

    /** An address of four numbers. */
    public record Ipv4Address(int a, int b, int c, int d) {}

    /** An address of eight numbers. */
    public record Ipv6Address(int a, int b, int c, int d, int e, int f, int g, int h) {}

    /** An address. */
    public sealed interface IpAddress {
        /** Version 4. */
        record Ipv4(Ipv4Address address) implements IpAddress {}

        /** Version 6. */
        record Ipv6(Ipv6Address address) implements IpAddress {}
    }

    /** An address and a port. */
    public record Ipv4SocketAddress(int port, Ipv4Address address) {}

    /** An address and a port, with what version 6 adds. */
    public record Ipv6SocketAddress(int port, int flowInfo, Ipv6Address address, int scopeId) {}

    /** An address and a port. */
    public sealed interface IpSocketAddress {
        /** Version 4. */
        record Ipv4(Ipv4SocketAddress address) implements IpSocketAddress {}

        /** Version 6. */
        record Ipv6(Ipv6SocketAddress address) implements IpSocketAddress {}
    }

    /** What came in. */
    @SuppressWarnings("ArrayRecordComponent") // the binding's form of list<u8>
    public record IncomingDatagram(byte[] data, IpSocketAddress remoteAddress) {}

    /** What is to go out. */
    @SuppressWarnings("ArrayRecordComponent") // the binding's form of list<u8>
    public record OutgoingDatagram(byte[] data, Optional<IpSocketAddress> remoteAddress) {}

    /** Both directions of a connection. */
    public record Connection(WasiIo.Input input, WasiIo.Output output) {}

    /** A connection that came in. */
    public record Accepted(TcpSocket socket, WasiIo.Input input, WasiIo.Output output) {}

    /** Both directions of a datagram socket. */
    public record Datagrams(IncomingDatagramStream incoming, OutgoingDatagramStream outgoing) {}

    /** The right to use a network. */
    @WitResource("network")
    public interface Network {}

    /** A socket for connections. */
    @WitResource("tcp-socket")
    public interface TcpSocket {
        default Result<Unit, ErrorCode> startBind(Network network, IpSocketAddress localAddress) {
            return refused();
        }

        default Result<Unit, ErrorCode> finishBind() {
            return refused();
        }

        default Result<Unit, ErrorCode> startConnect(Network network, IpSocketAddress remoteAddress) {
            return refused();
        }

        default Result<Connection, ErrorCode> finishConnect() {
            return refused();
        }

        default Result<Unit, ErrorCode> startListen() {
            return refused();
        }

        default Result<Unit, ErrorCode> finishListen() {
            return refused();
        }

        default Result<Accepted, ErrorCode> accept() {
            return refused();
        }

        default Result<IpSocketAddress, ErrorCode> localAddress() {
            return refused();
        }

        default Result<IpSocketAddress, ErrorCode> remoteAddress() {
            return refused();
        }

        default boolean isListening() {
            return false;
        }

        default IpAddressFamily addressFamily() {
            return IpAddressFamily.IPV4;
        }

        default Result<Unit, ErrorCode> setListenBacklogSize(long value) {
            return refused();
        }

        default Result<Boolean, ErrorCode> keepAliveEnabled() {
            return refused();
        }

        default Result<Unit, ErrorCode> setKeepAliveEnabled(boolean value) {
            return refused();
        }

        default Result<Long, ErrorCode> keepAliveIdleTime() {
            return refused();
        }

        default Result<Unit, ErrorCode> setKeepAliveIdleTime(long value) {
            return refused();
        }

        default Result<Long, ErrorCode> keepAliveInterval() {
            return refused();
        }

        default Result<Unit, ErrorCode> setKeepAliveInterval(long value) {
            return refused();
        }

        default Result<Integer, ErrorCode> keepAliveCount() {
            return refused();
        }

        default Result<Unit, ErrorCode> setKeepAliveCount(int value) {
            return refused();
        }

        default Result<Integer, ErrorCode> hopLimit() {
            return refused();
        }

        default Result<Unit, ErrorCode> setHopLimit(int value) {
            return refused();
        }

        default Result<Long, ErrorCode> receiveBufferSize() {
            return refused();
        }

        default Result<Unit, ErrorCode> setReceiveBufferSize(long value) {
            return refused();
        }

        default Result<Long, ErrorCode> sendBufferSize() {
            return refused();
        }

        default Result<Unit, ErrorCode> setSendBufferSize(long value) {
            return refused();
        }

        default WasiIo.Pollable subscribe() {
            return ReadyPollable.READY;
        }

        default Result<Unit, ErrorCode> shutdown(ShutdownType type) {
            return refused();
        }
    }

    /** A socket for datagrams. */
    @WitResource("udp-socket")
    public interface UdpSocket {
        default Result<Unit, ErrorCode> startBind(Network network, IpSocketAddress localAddress) {
            return refused();
        }

        default Result<Unit, ErrorCode> finishBind() {
            return refused();
        }

        default Result<Datagrams, ErrorCode> stream(Optional<IpSocketAddress> remoteAddress) {
            return refused();
        }

        default Result<IpSocketAddress, ErrorCode> localAddress() {
            return refused();
        }

        default Result<IpSocketAddress, ErrorCode> remoteAddress() {
            return refused();
        }

        default IpAddressFamily addressFamily() {
            return IpAddressFamily.IPV4;
        }

        default Result<Integer, ErrorCode> unicastHopLimit() {
            return refused();
        }

        default Result<Unit, ErrorCode> setUnicastHopLimit(int value) {
            return refused();
        }

        default Result<Long, ErrorCode> receiveBufferSize() {
            return refused();
        }

        default Result<Unit, ErrorCode> setReceiveBufferSize(long value) {
            return refused();
        }

        default Result<Long, ErrorCode> sendBufferSize() {
            return refused();
        }

        default Result<Unit, ErrorCode> setSendBufferSize(long value) {
            return refused();
        }

        default WasiIo.Pollable subscribe() {
            return ReadyPollable.READY;
        }
    }

    /** Datagrams that come in. */
    @WitResource("incoming-datagram-stream")
    public interface IncomingDatagramStream {
        default Result<List<IncomingDatagram>, ErrorCode> receive(long maxResults) {
            return refused();
        }

        default WasiIo.Pollable subscribe() {
            return ReadyPollable.READY;
        }
    }

    /** Datagrams that go out. */
    @WitResource("outgoing-datagram-stream")
    public interface OutgoingDatagramStream {
        default Result<Long, ErrorCode> checkSend() {
            return refused();
        }

        default Result<Long, ErrorCode> send(List<OutgoingDatagram> datagrams) {
            return refused();
        }

        default WasiIo.Pollable subscribe() {
            return ReadyPollable.READY;
        }
    }

    /** The addresses of a name. */
    @WitResource("resolve-address-stream")
    public interface ResolveAddressStream {
        default Result<Optional<IpAddress>, ErrorCode> resolveNextAddress() {
            return refused();
        }

        default WasiIo.Pollable subscribe() {
            return ReadyPollable.READY;
        }
    }

    /** {@code wasi:sockets/network}. */
    @WitInterface(
            value = "wasi:sockets/network@0.2.0",
            versions = Versions.COMPATIBLE,
            resources = {Network.class})
    public interface Networks {
        /** The error behind a stream's failure, if it is one of these. */
        default Optional<ErrorCode> networkErrorCode(WasiIo.IoError err) {
            return Optional.empty();
        }
    }

    /** {@code wasi:sockets/instance-network}. */
    @WitInterface(value = "wasi:sockets/instance-network@0.2.0", versions = Versions.COMPATIBLE)
    public interface InstanceNetwork {
        /** The network that the guest may use. */
        Network instanceNetwork();
    }

    /** {@code wasi:sockets/tcp}. */
    @WitInterface(
            value = "wasi:sockets/tcp@0.2.0",
            versions = Versions.COMPATIBLE,
            resources = {TcpSocket.class})
    public interface Tcp {}

    /** {@code wasi:sockets/tcp-create-socket}. */
    @WitInterface(value = "wasi:sockets/tcp-create-socket@0.2.0", versions = Versions.COMPATIBLE)
    public interface TcpCreateSocket {
        /** Makes a socket. */
        default Result<TcpSocket, ErrorCode> createTcpSocket(IpAddressFamily addressFamily) {
            return refused();
        }
    }

    /** {@code wasi:sockets/udp}. */
    @WitInterface(
            value = "wasi:sockets/udp@0.2.0",
            versions = Versions.COMPATIBLE,
            resources = {UdpSocket.class, IncomingDatagramStream.class, OutgoingDatagramStream.class})
    public interface Udp {}

    /** {@code wasi:sockets/udp-create-socket}. */
    @WitInterface(value = "wasi:sockets/udp-create-socket@0.2.0", versions = Versions.COMPATIBLE)
    public interface UdpCreateSocket {
        /** Makes a socket. */
        default Result<UdpSocket, ErrorCode> createUdpSocket(IpAddressFamily addressFamily) {
            return refused();
        }
    }

    /** {@code wasi:sockets/ip-name-lookup}. */
    @WitInterface(
            value = "wasi:sockets/ip-name-lookup@0.2.0",
            versions = Versions.COMPATIBLE,
            resources = {ResolveAddressStream.class})
    public interface IpNameLookup {
        /** Looks a name up. */
        default Result<ResolveAddressStream, ErrorCode> resolveAddresses(Network network, String name) {
            return refused();
        }
    }
}
