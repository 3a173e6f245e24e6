package infrarust.benchmarks.filter;

import infrarust.wasm.component.Component;
import infrarust.wasm.component.ComponentInstance;
import infrarust.wasm.component.Imports;
import infrarust.wasm.component.bind.GuestResource;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitName;
import infrarust.wasm.component.bind.WitResource;
import infrarust.wasm.spi.CoreLimits;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;

/** The filter called through the component layer, as an embedder would. */
final class ComponentFilter implements AutoCloseable {

    /** A packet. */
    @SuppressWarnings("ArrayRecordComponent") // the binding's form of list<u8>
    record RawPacket(int packetId, byte[] data) {}

    /** The two sides of a session. */
    enum Side {
        CLIENT_SIDE,
        SERVER_SIDE
    }

    /** What a filter is made for. */
    record Init(int clientVersion, long connectionId, String remoteAddr, Optional<String> realIp, Side side) {}

    /** Why a filter failed. */
    sealed interface Failure {
        record TranslationFailed(String reason) implements Failure {}

        record MalformedPayload() implements Failure {}

        record UnsupportedVersion(int version) implements Failure {}

        record Internal(String reason) implements Failure {}
    }

    /** What goes on beside or instead of the packet. */
    record Extras(Optional<RawPacket> packet, List<RawPacket> injectBefore, List<RawPacket> injectAfter) {}

    /** The verdict. */
    sealed interface Output {
        record Pass() implements Output {}

        record Drop() implements Output {}

        record PassModified(Extras extras) implements Output {}

        record Replace(Extras extras) implements Output {}

        @WitName("error")
        record Failed(Failure error) implements Output {}
    }

    /** One filter. */
    @WitResource("filter-instance")
    interface Filter extends GuestResource {
        Output filter(int packetId, byte[] data);
    }

    /** The export. */
    @WitInterface(
            value = "infrarust:plugin/codec-filter@0.2.3",
            resources = {Filter.class})
    interface CodecFilter {
        Filter create(long factory, Init init);
    }

    /** What the component imports besides; it calls none of it here. */
    @WitInterface("infrarust:plugin/event-bus@0.2.3")
    interface EventBus {
        /** In the order of the contract. */
        enum EventKind {
            PRE_LOGIN,
            POST_LOGIN,
            DISCONNECT,
            ONLINE_AUTH_FAILED,
            PERMISSIONS_SETUP,
            SERVER_PRE_CONNECT,
            SERVER_CONNECTED,
            SERVER_SWITCH,
            KICKED_FROM_SERVER,
            PLAYER_CHOOSE_INITIAL_SERVER,
            PROXY_PING,
            PROXY_INITIALIZE,
            PROXY_SHUTDOWN,
            CONFIG_RELOAD,
            SERVER_STATE_CHANGE,
            CHAT_MESSAGE,
            RAW_PACKET
        }

        long subscribe(EventKind kind, int priority);
    }

    /** A resource that the component only names. */
    @WitResource("limbo-session")
    interface LimboSession {}

    /** Another. */
    @WitResource("limbo-session-handle")
    interface LimboSessionHandle {}

    /** The interface that declares them. */
    @WitInterface(
            value = "infrarust:plugin/limbo@0.2.3",
            resources = {LimboSession.class, LimboSessionHandle.class})
    interface Limbo {}

    private final ComponentInstance instance;
    private final Filter filter;

    ComponentFilter() {
        Imports imports = Imports.with(MethodHandles.lookup())
                .provide(EventBus.class, (kind, priority) -> 1)
                .provide(Limbo.class, new Limbo() {});
        Component component = Component.compile(PassingComponent.engine(), PassingComponent.bytes());
        instance = component.instantiate(imports, CoreLimits.defaults());
        filter = instance.bind(CodecFilter.class)
                .create(1, new Init(767, 1, "127.0.0.1", Optional.empty(), Side.CLIENT_SIDE));
    }

    /** Answers the verdict. */
    Output call(int packetId, byte[] data) {
        return filter.filter(packetId, data);
    }

    @Override
    public void close() {
        filter.close();
        instance.close();
    }
}
