package infrarust.proxy.wasm.contract023;

import infrarust.proxy.wasm.contract023.Types.ConnectionState;
import infrarust.proxy.wasm.contract023.Types.RawPacket;
import infrarust.wasm.component.bind.GuestResource;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitName;
import infrarust.wasm.component.bind.WitResource;
import java.util.List;
import java.util.Optional;

/**
 * The export {@code codec-filter}. The proxy does not call it yet; a component that exports it is checked against this
 * declaration all the same, which tells the draft of 0.2.3 (where {@code filter-output} is a record) from the final form.
 */
@WitInterface(
        value = CodecFilter.NAME,
        resources = {CodecFilter.FilterInstance.class})
interface CodecFilter {

    String NAME = "infrarust:plugin/codec-filter@0.2.3";

    FilterInstance create(long factory, CodecSessionInit init);

    /** Of the two sides of a session: client-side frames travel from the client to the backend. */
    enum ConnectionSide {
        CLIENT_SIDE,
        SERVER_SIDE
    }

    record CodecSessionInit(
            int clientVersion, long connectionId, String remoteAddr, Optional<String> realIp, ConnectionSide side) {}

    sealed interface CodecFilterError {
        record TranslationFailed(String reason) implements CodecFilterError {}

        record MalformedPayload() implements CodecFilterError {}

        record UnsupportedVersion(int version) implements CodecFilterError {}

        record Internal(String reason) implements CodecFilterError {}
    }

    record FilterExtras(Optional<RawPacket> packet, List<RawPacket> injectBefore, List<RawPacket> injectAfter) {}

    sealed interface FilterOutput {
        record Pass() implements FilterOutput {}

        record Drop() implements FilterOutput {}

        record PassModified(FilterExtras extras) implements FilterOutput {}

        record Replace(FilterExtras extras) implements FilterOutput {}

        @WitName("error")
        record Failed(CodecFilterError error) implements FilterOutput {}
    }

    /** One filter of one side of one session. */
    @WitResource("filter-instance")
    interface FilterInstance extends GuestResource {

        FilterOutput filter(int packetId, byte[] data);

        void onStateChange(ConnectionState newState);

        void onCompressionChange(int threshold);

        void onEncryptionEnabled();

        void onClose();
    }
}
