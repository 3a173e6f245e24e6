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
 * library that can do without answers still works. What a guest may hold meanwhile is limited. Belongs to the thread that owns
 * the instance.
 */
final class RefusingHttp implements WasiHttp.Types, WasiHttp.OutgoingHandler {

    /** Bytes of the names and values of one set of fields, and characters of each text of a request. */
    static final int MAX_FIELD_BYTES = 64 * 1024;

    /** Sets of fields, requests and options that a guest may hold at a time. */
    static final int MAX_OBJECTS = 128;

    private int objects;

    private static RuntimeException unreachable(String what) {
        return new IllegalStateException("the guest used " + what + ", of which there is none: HTTP is refused");
    }

    @Override
    public Result<WasiHttp.FutureIncomingResponse, ErrorCode> handle(
            OutgoingRequest request, Optional<WasiHttp.RequestOptions> options) {
        release(request);
        options.ifPresent(RefusingHttp::release);
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
        if (objects >= MAX_OBJECTS) {
            return Result.err(new HeaderError.Forbidden());
        }
        FieldList fields = new FieldList(List.of());
        for (Field entry : entries) {
            if (fields.append(entry.name(), entry.value()) instanceof Result.Err<Unit, HeaderError>(var error)) {
                fields.close();
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
        trailers.ifPresent(RefusingHttp::release);
        return Result.err(new ErrorCode.HttpRequestDenied());
    }

    /** What the guest gave away is gone for it, and counts no more. */
    private static void release(Object object) {
        if (object instanceof Held held) {
            held.close();
        }
    }

    private static boolean isTooLong(String text) {
        return text.length() > MAX_FIELD_BYTES;
    }

    /** Something that the guest holds until it drops it. */
    private abstract class Held implements AutoCloseable {

        private boolean closed;

        Held() {
            if (objects >= MAX_OBJECTS) {
                throw new IllegalStateException(
                        "the guest holds more than " + MAX_OBJECTS + " requests and sets of fields: HTTP is refused");
            }
            objects++;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                objects--;
            }
        }
    }

    /** Fields in the order in which they were added. */
    private final class FieldList extends Held implements Fields {

        private final List<Field> fields;
        private long bytes;

        FieldList(List<Field> given) {
            fields = new ArrayList<>(given);
            fields.forEach(field -> bytes += size(field));
        }

        private static long size(Field field) {
            return 32L + field.name().length() + field.value().length;
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
    private final class Request extends Held implements OutgoingRequest {

        private final Fields headers;
        private WasiHttp.Method method = new WasiHttp.Method.Get();
        private Optional<String> path = Optional.empty();
        private Optional<WasiHttp.Scheme> scheme = Optional.empty();
        private Optional<String> authority = Optional.empty();

        Request(Fields headers) {
            this.headers = headers;
        }

        @Override
        public void close() {
            super.close();
            release(headers);
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
            if (wanted instanceof WasiHttp.Method.Other(String name) && isTooLong(name)) {
                return Result.err();
            }
            method = wanted;
            return Result.ok();
        }

        @Override
        public Optional<String> pathWithQuery() {
            return path;
        }

        @Override
        public Result<Unit, Unit> setPathWithQuery(Optional<String> pathWithQuery) {
            if (pathWithQuery.filter(RefusingHttp::isTooLong).isPresent()) {
                return Result.err();
            }
            path = pathWithQuery;
            return Result.ok();
        }

        @Override
        public Optional<WasiHttp.Scheme> scheme() {
            return scheme;
        }

        @Override
        public Result<Unit, Unit> setScheme(Optional<WasiHttp.Scheme> wanted) {
            if (wanted.isPresent() && wanted.get() instanceof WasiHttp.Scheme.Other(String name) && isTooLong(name)) {
                return Result.err();
            }
            scheme = wanted;
            return Result.ok();
        }

        @Override
        public Optional<String> authority() {
            return authority;
        }

        @Override
        public Result<Unit, Unit> setAuthority(Optional<String> wanted) {
            if (wanted.filter(RefusingHttp::isTooLong).isPresent()) {
                return Result.err();
            }
            authority = wanted;
            return Result.ok();
        }

        @Override
        public Fields headers() {
            return headers.copy();
        }
    }

    /** Options of a request that will not be sent. */
    private final class Timeouts extends Held implements WasiHttp.RequestOptions {

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
