package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.wasi.WasiHttp.ErrorCode;
import infrarust.wasm.component.wasi.WasiHttp.Field;
import infrarust.wasm.component.wasi.WasiHttp.Fields;
import infrarust.wasm.component.wasi.WasiHttp.HeaderError;
import infrarust.wasm.component.wasi.WasiHttp.OutgoingBody;
import infrarust.wasm.component.wasi.WasiHttp.OutgoingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * HTTP that goes nowhere: a guest makes a request as it would elsewhere, and learns when it sends it that this is denied. So a
 * library that can do without answers still works.
 */
final class RefusingHttp implements WasiHttp.Types, WasiHttp.OutgoingHandler {

    /** Bytes of the names and values of one set of fields. */
    static final int MAX_FIELD_BYTES = 64 * 1024;

    private static RuntimeException unreachable(String what) {
        return new IllegalStateException("the guest used " + what + ", of which there is none: HTTP is refused");
    }

    @Override
    public Result<WasiHttp.FutureIncomingResponse, ErrorCode> handle(
            OutgoingRequest request, Optional<WasiHttp.RequestOptions> options) {
        return Result.err(new ErrorCode.HttpRequestDenied());
    }

    @Override
    public Optional<ErrorCode> httpErrorCode(WasiIo.IoError err) {
        return Optional.empty();
    }

    @Override
    public Fields newFields() {
        return new FieldList(List.of());
    }

    @Override
    public Result<Fields, HeaderError> fieldsFromList(List<Field> entries) {
        FieldList fields = new FieldList(List.of());
        for (Field entry : entries) {
            if (fields.append(entry.name(), entry.value()) instanceof Result.Err<Unit, HeaderError>(var error)) {
                return Result.err(error);
            }
        }
        return Result.ok(fields);
    }

    @Override
    public OutgoingRequest newOutgoingRequest(Fields headers) {
        return new Request(headers);
    }

    @Override
    public WasiHttp.RequestOptions newRequestOptions() {
        return new Timeouts();
    }

    @Override
    public void setResponse(WasiHttp.ResponseOutparam param, Result<WasiHttp.OutgoingResponse, ErrorCode> response) {
        throw unreachable("a response-outparam");
    }

    @Override
    public WasiHttp.FutureTrailers finish(WasiHttp.IncomingBody body) {
        throw unreachable("an incoming-body");
    }

    @Override
    public WasiHttp.OutgoingResponse newOutgoingResponse(Fields headers) {
        throw unreachable("a server");
    }

    @Override
    public Result<Unit, ErrorCode> finish(OutgoingBody body, Optional<Fields> trailers) {
        return Result.err(new ErrorCode.HttpRequestDenied());
    }

    /** Fields in the order in which they were added. */
    private static final class FieldList implements Fields {

        private final List<Field> fields;
        private int bytes;

        FieldList(List<Field> given) {
            fields = new ArrayList<>(given);
            fields.forEach(field -> bytes += size(field));
        }

        private static int size(Field field) {
            return field.name().length() + field.value().length + 32;
        }

        private static boolean same(Field field, String name) {
            return field.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public List<byte[]> get(String name) {
            return fields.stream().filter(f -> same(f, name)).map(Field::value).toList();
        }

        @Override
        public boolean has(String name) {
            return fields.stream().anyMatch(f -> same(f, name));
        }

        @Override
        public Result<Unit, HeaderError> set(String name, List<byte[]> value) {
            Result<Unit, HeaderError> result = delete(name);
            for (byte[] one : value) {
                result = append(name, one);
                if (!result.isOk()) {
                    return result;
                }
            }
            return result;
        }

        @Override
        public Result<Unit, HeaderError> delete(String name) {
            fields.stream().filter(f -> same(f, name)).forEach(field -> bytes -= size(field));
            fields.removeIf(f -> same(f, name));
            return Result.ok();
        }

        @Override
        public Result<Unit, HeaderError> append(String name, byte[] value) {
            Field field = new Field(name, value);
            if (name.isEmpty()) {
                return Result.err(new HeaderError.InvalidSyntax());
            } else if (bytes + size(field) > MAX_FIELD_BYTES) {
                return Result.err(new HeaderError.Forbidden());
            }
            fields.add(field);
            bytes += size(field);
            return Result.ok();
        }

        @Override
        public List<Field> entries() {
            return List.copyOf(fields);
        }

        @Override
        public Fields copy() {
            return new FieldList(fields);
        }
    }

    /** A request that will not be sent. */
    private static final class Request implements OutgoingRequest {

        private final Fields headers;
        private WasiHttp.Method method = new WasiHttp.Method.Get();
        private Optional<String> path = Optional.empty();
        private Optional<WasiHttp.Scheme> scheme = Optional.empty();
        private Optional<String> authority = Optional.empty();

        Request(Fields headers) {
            this.headers = headers;
        }

        @Override
        public Result<OutgoingBody, Unit> body() {
            return Result.ok(Result::err);
        }

        @Override
        public WasiHttp.Method method() {
            return method;
        }

        @Override
        public Result<Unit, Unit> setMethod(WasiHttp.Method wanted) {
            method = wanted;
            return Result.ok();
        }

        @Override
        public Optional<String> pathWithQuery() {
            return path;
        }

        @Override
        public Result<Unit, Unit> setPathWithQuery(Optional<String> pathWithQuery) {
            path = pathWithQuery;
            return Result.ok();
        }

        @Override
        public Optional<WasiHttp.Scheme> scheme() {
            return scheme;
        }

        @Override
        public Result<Unit, Unit> setScheme(Optional<WasiHttp.Scheme> wanted) {
            scheme = wanted;
            return Result.ok();
        }

        @Override
        public Optional<String> authority() {
            return authority;
        }

        @Override
        public Result<Unit, Unit> setAuthority(Optional<String> wanted) {
            authority = wanted;
            return Result.ok();
        }

        @Override
        public Fields headers() {
            return headers.copy();
        }
    }

    /** Options of a request that will not be sent. */
    private static final class Timeouts implements WasiHttp.RequestOptions {

        private Optional<Long> connect = Optional.empty();
        private Optional<Long> firstByte = Optional.empty();
        private Optional<Long> betweenBytes = Optional.empty();

        @Override
        public Optional<Long> connectTimeout() {
            return connect;
        }

        @Override
        public Result<Unit, Unit> setConnectTimeout(Optional<Long> duration) {
            connect = duration;
            return Result.ok();
        }

        @Override
        public Optional<Long> firstByteTimeout() {
            return firstByte;
        }

        @Override
        public Result<Unit, Unit> setFirstByteTimeout(Optional<Long> duration) {
            firstByte = duration;
            return Result.ok();
        }

        @Override
        public Optional<Long> betweenBytesTimeout() {
            return betweenBytes;
        }

        @Override
        public Result<Unit, Unit> setBetweenBytesTimeout(Optional<Long> duration) {
            betweenBytes = duration;
            return Result.ok();
        }
    }
}
