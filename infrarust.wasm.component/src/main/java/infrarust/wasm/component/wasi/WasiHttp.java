package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitInterface.Versions;
import infrarust.wasm.component.bind.WitName;
import infrarust.wasm.component.bind.WitResource;
import java.util.List;
import java.util.Optional;

/**
 * The WIT package {@code wasi:http} (0.2), as far as guests that send requests import it. What {@link Wasi} offers lets a guest
 * prepare a request and refuses to send it; an embedder who grants more offers objects of his own. Times are unsigned nanoseconds.
 */
public final class WasiHttp {

    private WasiHttp() {}

    /** What a request asks for. */
    public sealed interface Method {
        /** GET. */
        record Get() implements Method {}

        /** HEAD. */
        record Head() implements Method {}

        /** POST. */
        record Post() implements Method {}

        /** PUT. */
        record Put() implements Method {}

        /** DELETE. */
        record Delete() implements Method {}

        /** CONNECT. */
        record Connect() implements Method {}

        /** OPTIONS. */
        record Options() implements Method {}

        /** TRACE. */
        record Trace() implements Method {}

        /** PATCH. */
        record Patch() implements Method {}

        /** Another. */
        record Other(String name) implements Method {}
    }

    /** The protocol of an address. */
    public sealed interface Scheme {
        /** Without encryption. */
        record Http() implements Scheme {}

        /** With encryption. */
        record Https() implements Scheme {}

        /** Another. */
        record Other(String name) implements Scheme {}
    }

    /** What the name server said. */
    public record DnsErrorPayload(Optional<String> rcode, Optional<Integer> infoCode) {}

    /** What the other side of the encryption said. */
    public record TlsAlertReceivedPayload(Optional<Integer> alertId, Optional<String> alertMessage) {}

    /** A field that is too large. */
    public record FieldSizePayload(Optional<String> fieldName, Optional<Integer> fieldSize) {}

    /** Why a request failed; the names say it. */
    public sealed interface ErrorCode {
        record DnsTimeout() implements ErrorCode {}

        record DnsError(DnsErrorPayload details) implements ErrorCode {}

        record DestinationNotFound() implements ErrorCode {}

        record DestinationUnavailable() implements ErrorCode {}

        record DestinationIpProhibited() implements ErrorCode {}

        record DestinationIpUnroutable() implements ErrorCode {}

        record ConnectionRefused() implements ErrorCode {}

        record ConnectionTerminated() implements ErrorCode {}

        record ConnectionTimeout() implements ErrorCode {}

        record ConnectionReadTimeout() implements ErrorCode {}

        record ConnectionWriteTimeout() implements ErrorCode {}

        record ConnectionLimitReached() implements ErrorCode {}

        record TlsProtocolError() implements ErrorCode {}

        record TlsCertificateError() implements ErrorCode {}

        record TlsAlertReceived(TlsAlertReceivedPayload details) implements ErrorCode {}

        record HttpRequestDenied() implements ErrorCode {}

        record HttpRequestLengthRequired() implements ErrorCode {}

        record HttpRequestBodySize(Optional<Long> limit) implements ErrorCode {}

        record HttpRequestMethodInvalid() implements ErrorCode {}

        record HttpRequestUriInvalid() implements ErrorCode {}

        record HttpRequestUriTooLong() implements ErrorCode {}

        record HttpRequestHeaderSectionSize(Optional<Integer> limit) implements ErrorCode {}

        record HttpRequestHeaderSize(Optional<FieldSizePayload> details) implements ErrorCode {}

        record HttpRequestTrailerSectionSize(Optional<Integer> limit) implements ErrorCode {}

        record HttpRequestTrailerSize(FieldSizePayload details) implements ErrorCode {}

        record HttpResponseIncomplete() implements ErrorCode {}

        record HttpResponseHeaderSectionSize(Optional<Integer> limit) implements ErrorCode {}

        record HttpResponseHeaderSize(FieldSizePayload details) implements ErrorCode {}

        record HttpResponseBodySize(Optional<Long> limit) implements ErrorCode {}

        record HttpResponseTrailerSectionSize(Optional<Integer> limit) implements ErrorCode {}

        record HttpResponseTrailerSize(FieldSizePayload details) implements ErrorCode {}

        record HttpResponseTransferCoding(Optional<String> coding) implements ErrorCode {}

        record HttpResponseContentCoding(Optional<String> coding) implements ErrorCode {}

        record HttpResponseTimeout() implements ErrorCode {}

        record HttpUpgradeFailed() implements ErrorCode {}

        record HttpProtocolError() implements ErrorCode {}

        record LoopDetected() implements ErrorCode {}

        record ConfigurationError() implements ErrorCode {}

        @WitName("internal-error")
        record Internal(Optional<String> message) implements ErrorCode {}
    }

    /** Why a field is not taken. */
    public sealed interface HeaderError {
        /** The name or value is not well-formed. */
        record InvalidSyntax() implements HeaderError {}

        /** The guest may not set it. */
        record Forbidden() implements HeaderError {}

        /** The fields cannot be changed any more. */
        record Immutable() implements HeaderError {}
    }

    /** A header field. */
    @SuppressWarnings("ArrayRecordComponent") // the binding's form of list<u8>
    public record Field(String name, byte[] value) {}

    /** Header fields; names are compared without case. */
    @WitResource("fields")
    public interface Fields {
        /** The values of a name. */
        List<byte[]> get(String name);

        /** Whether there is a value. */
        boolean has(String name);

        /** Puts values in place of those that are there. */
        Result<Unit, HeaderError> set(String name, List<byte[]> value);

        /** Removes the values of a name. */
        Result<Unit, HeaderError> delete(String name);

        /** Adds a value. */
        Result<Unit, HeaderError> append(String name, byte[] value);

        /** All names and values. */
        List<Field> entries();

        /** A copy that can be changed. */
        @WitName("clone")
        Fields copy();
    }

    /** A request that came in; nothing makes one here. */
    @WitResource("incoming-request")
    public interface IncomingRequest {
        /** The method. */
        Method method();

        /** The path and what follows it. */
        Optional<String> pathWithQuery();

        /** The protocol. */
        Optional<Scheme> scheme();

        /** The server. */
        Optional<String> authority();

        /** The header. */
        Fields headers();

        /** The content, once. */
        Result<IncomingBody, Unit> consume();
    }

    /** A request to be sent. */
    @WitResource("outgoing-request")
    public interface OutgoingRequest {
        /** The content to be written, once. */
        Result<OutgoingBody, Unit> body();

        /** The method. */
        Method method();

        /** Sets the method. */
        Result<Unit, Unit> setMethod(Method method);

        /** The path and what follows it. */
        Optional<String> pathWithQuery();

        /** Sets the path and what follows it. */
        Result<Unit, Unit> setPathWithQuery(Optional<String> pathWithQuery);

        /** The protocol. */
        Optional<Scheme> scheme();

        /** Sets the protocol. */
        Result<Unit, Unit> setScheme(Optional<Scheme> scheme);

        /** The server. */
        Optional<String> authority();

        /** Sets the server. */
        Result<Unit, Unit> setAuthority(Optional<String> authority);

        /** The header. */
        Fields headers();
    }

    /** How long a request may take. */
    @WitResource("request-options")
    public interface RequestOptions {
        /** Until there is a connection. */
        Optional<Long> connectTimeout();

        /** Sets that. */
        Result<Unit, Unit> setConnectTimeout(Optional<Long> duration);

        /** Until the answer begins. */
        Optional<Long> firstByteTimeout();

        /** Sets that. */
        Result<Unit, Unit> setFirstByteTimeout(Optional<Long> duration);

        /** Between two bytes of the answer. */
        Optional<Long> betweenBytesTimeout();

        /** Sets that. */
        Result<Unit, Unit> setBetweenBytesTimeout(Optional<Long> duration);
    }

    /** Where an answer goes; nothing makes one here. */
    @WitResource("response-outparam")
    public interface ResponseOutparam {
        /** Sends a status before the answer. */
        Result<Unit, ErrorCode> sendInformational(int status, Fields headers);
    }

    /** An answer that came in; nothing makes one here. */
    @WitResource("incoming-response")
    public interface IncomingResponse {
        /** The status. */
        int status();

        /** The header. */
        Fields headers();

        /** The content, once. */
        Result<IncomingBody, Unit> consume();
    }

    /** Content that comes in. */
    @WitResource("incoming-body")
    public interface IncomingBody {
        /** Its bytes, once. */
        Result<WasiIo.Input, Unit> stream();
    }

    /** What follows content that comes in. */
    @WitResource("future-trailers")
    public interface FutureTrailers {
        /** Ready when it is there. */
        WasiIo.Pollable subscribe();

        /** What it is. */
        Optional<Result<Result<Optional<Fields>, ErrorCode>, Unit>> get();
    }

    /** An answer to be sent. */
    @WitResource("outgoing-response")
    public interface OutgoingResponse {
        /** The status. */
        int statusCode();

        /** Sets the status. */
        Result<Unit, Unit> setStatusCode(int statusCode);

        /** The header. */
        Fields headers();

        /** The content to be written, once. */
        Result<OutgoingBody, Unit> body();
    }

    /** Content that goes out. */
    @WitResource("outgoing-body")
    public interface OutgoingBody {
        /** Where its bytes are written, once. */
        Result<WasiIo.Output, Unit> write();
    }

    /** An answer that may come. */
    @WitResource("future-incoming-response")
    public interface FutureIncomingResponse {
        /** Ready when it is there. */
        WasiIo.Pollable subscribe();

        /** What it is. */
        Optional<Result<Result<IncomingResponse, ErrorCode>, Unit>> get();
    }

    /** {@code wasi:http/types}. */
    @WitInterface(
            value = "wasi:http/types@0.2.0",
            versions = Versions.COMPATIBLE,
            resources = {
                Fields.class,
                IncomingRequest.class,
                OutgoingRequest.class,
                RequestOptions.class,
                ResponseOutparam.class,
                IncomingResponse.class,
                IncomingBody.class,
                FutureTrailers.class,
                OutgoingResponse.class,
                OutgoingBody.class,
                FutureIncomingResponse.class
            })
    public interface Types {
        /** The error behind a stream's failure, if it is one of these. */
        Optional<ErrorCode> httpErrorCode(WasiIo.IoError err);

        /** Makes fields. */
        @WitName("[constructor]fields")
        Fields newFields();

        /** Makes fields of these. */
        @WitName("[static]fields.from-list")
        Result<Fields, HeaderError> fieldsFromList(List<Field> entries);

        /** Makes a request. */
        @WitName("[constructor]outgoing-request")
        OutgoingRequest newOutgoingRequest(Fields headers);

        /** Makes options. */
        @WitName("[constructor]request-options")
        RequestOptions newRequestOptions();

        /** Answers a request. */
        @WitName("[static]response-outparam.set")
        void setResponse(ResponseOutparam param, Result<OutgoingResponse, ErrorCode> response);

        /** Ends content that came in. */
        @WitName("[static]incoming-body.finish")
        FutureTrailers finish(IncomingBody body);

        /** Makes an answer. */
        @WitName("[constructor]outgoing-response")
        OutgoingResponse newOutgoingResponse(Fields headers);

        /** Ends content that goes out. */
        @WitName("[static]outgoing-body.finish")
        Result<Unit, ErrorCode> finish(OutgoingBody body, Optional<Fields> trailers);
    }

    /** {@code wasi:http/outgoing-handler}. */
    @WitInterface(value = "wasi:http/outgoing-handler@0.2.0", versions = Versions.COMPATIBLE)
    public interface OutgoingHandler {
        /** Sends a request. */
        Result<FutureIncomingResponse, ErrorCode> handle(OutgoingRequest request, Optional<RequestOptions> options);
    }
}
