package infrarust.wasm.component.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.wasi.WasiHttp.Field;
import infrarust.wasm.component.wasi.WasiHttp.Fields;
import infrarust.wasm.component.wasi.WasiHttp.HeaderError;
import infrarust.wasm.component.wasi.WasiHttp.OutgoingRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Sockets and HTTP are there and lead nowhere. */
class WasiNetworkTest {

    private static <T> T offered(Class<T> type) throws IOException {
        try (Wasi wasi = Wasi.builder().build()) {
            return wasi.offered(type).orElseThrow();
        }
    }

    @Test
    void sockets_and_names_are_refused() throws IOException {
        Result<?, ?> denied = Result.err(WasiSockets.ErrorCode.ACCESS_DENIED);
        WasiSockets.Network network = offered(WasiSockets.InstanceNetwork.class).instanceNetwork();
        assertThat(offered(WasiSockets.TcpCreateSocket.class).createTcpSocket(WasiSockets.IpAddressFamily.IPV6))
                .isEqualTo(denied);
        assertThat(offered(WasiSockets.UdpCreateSocket.class).createUdpSocket(WasiSockets.IpAddressFamily.IPV4))
                .isEqualTo(denied);
        assertThat(offered(WasiSockets.IpNameLookup.class).resolveAddresses(network, "localhost"))
                .isEqualTo(denied);
    }

    @Test
    void each_can_be_withheld() throws IOException {
        try (Wasi wasi = Wasi.builder()
                .without(WasiSockets.TcpCreateSocket.class)
                .without(WasiHttp.OutgoingHandler.class)
                .build()) {
            assertThat(wasi.offered(WasiSockets.TcpCreateSocket.class)).isEmpty();
            assertThat(wasi.offered(WasiHttp.OutgoingHandler.class)).isEmpty();
            assertThat(wasi.offered(WasiHttp.Types.class)).isPresent();
        }
    }

    @Nested
    class ARequest {

        @Test
        void is_prepared_and_denied_when_it_is_sent() throws IOException {
            WasiHttp.Types http = offered(WasiHttp.Types.class);
            Fields headers = http.newFields();
            OutgoingRequest request = http.newOutgoingRequest(headers);
            assertThat(request.setMethod(new WasiHttp.Method.Put()).isOk()).isTrue();
            assertThat(request.setAuthority(Optional.of("example.org")).isOk()).isTrue();
            assertThat(request.setScheme(Optional.of(new WasiHttp.Scheme.Https()))
                            .isOk())
                    .isTrue();
            assertThat(request.setPathWithQuery(Optional.of("/?a")).isOk()).isTrue();
            assertThat(request.method()).isEqualTo(new WasiHttp.Method.Put());
            assertThat(request.authority()).contains("example.org");
            assertThat(request.pathWithQuery()).contains("/?a");
            WasiHttp.RequestOptions options = http.newRequestOptions();
            assertThat(options.setConnectTimeout(Optional.of(5L)).isOk()).isTrue();
            assertThat(options.connectTimeout()).contains(5L);
            assertThat(offered(WasiHttp.OutgoingHandler.class).handle(request, Optional.of(options)))
                    .isEqualTo(Result.err(new WasiHttp.ErrorCode.HttpRequestDenied()));
        }

        @Test
        void has_fields_whose_names_are_compared_without_case() throws IOException {
            Fields fields = offered(WasiHttp.Types.class).newFields();
            fields.append("Accept", bytes("a"));
            fields.append("accept", bytes("b"));
            assertThat(fields.has("ACCEPT")).isTrue();
            assertThat(fields.get("aCCept")).hasSize(2);
            Fields copy = fields.copy();
            fields.set("ACCEPT", List.of(bytes("c")));
            assertThat(fields.get("accept")).singleElement().isEqualTo(bytes("c"));
            assertThat(copy.entries()).extracting(Field::name).containsExactly("Accept", "accept");
            fields.delete("accept");
            assertThat(fields.entries()).isEmpty();
        }

        @Test
        void cannot_fill_the_memory_of_the_host() throws IOException {
            WasiHttp.Types http = offered(WasiHttp.Types.class);
            Field large = new Field("a", new byte[RefusingHttp.MAX_FIELD_BYTES / 2]);
            Result<Fields, HeaderError> fields = http.fieldsFromList(List.of(large, large));
            assertThat(fields).isEqualTo(Result.err(new HeaderError.Forbidden()));
            assertThat(http.fieldsFromList(List.of(new Field("", new byte[0]))))
                    .isEqualTo(Result.err(new HeaderError.InvalidSyntax()));
            for (int i = 0; i < RefusingHttp.MAX_OBJECTS; i++) {
                http.newFields();
            }
            assertThatThrownBy(http::newFields)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("more than 128");
            assertThatThrownBy(http::newRequestOptions).isInstanceOf(IllegalStateException.class);
            assertThat(http.fieldsFromList(List.of())).isEqualTo(Result.err(new HeaderError.Forbidden()));
        }

        @Test
        void has_headers_that_count_until_they_are_dropped() throws Exception {
            WasiHttp.Types http = offered(WasiHttp.Types.class);
            OutgoingRequest request = http.newOutgoingRequest(http.newFields());
            List<Fields> copies = new ArrayList<>();
            for (int i = 2; i < RefusingHttp.MAX_OBJECTS; i++) {
                copies.add(i % 2 == 0 ? request.headers() : copies.getLast().copy());
            }
            assertThatThrownBy(request::headers).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(copies.getFirst()::copy).isInstanceOf(IllegalStateException.class);
            drop(copies.getFirst());
            drop(copies.getFirst());
            drop(request.headers());
            request.headers();
            assertThatThrownBy(request::headers).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void is_gone_with_its_headers_once_it_is_sent_or_dropped() throws Exception {
            RefusingHttp http = new RefusingHttp();
            for (int i = 0; i < RefusingHttp.MAX_OBJECTS; i++) {
                http.handle(http.newOutgoingRequest(http.newFields()), Optional.of(http.newRequestOptions()));
                drop(http.newOutgoingRequest(http.newFields()));
                http.finish(Result::err, Optional.of(http.newFields()));
                http.fieldsFromList(List.of(new Field("", new byte[0])));
            }
            assertThat(http.newFields().entries()).isEmpty();
        }

        @Test
        void takes_no_text_beyond_all_measure() throws IOException {
            WasiHttp.Types http = offered(WasiHttp.Types.class);
            OutgoingRequest request = http.newOutgoingRequest(http.newFields());
            String longest = "a".repeat(RefusingHttp.MAX_FIELD_BYTES);
            assertThat(request.setPathWithQuery(Optional.of(longest)).isOk()).isTrue();
            String longer = longest + "a";
            assertThat(request.setPathWithQuery(Optional.of(longer)).isOk()).isFalse();
            assertThat(request.setAuthority(Optional.of(longer)).isOk()).isFalse();
            assertThat(request.setMethod(new WasiHttp.Method.Other(longer)).isOk())
                    .isFalse();
            assertThat(request.setScheme(Optional.of(new WasiHttp.Scheme.Other(longer)))
                            .isOk())
                    .isFalse();
            assertThat(request.pathWithQuery()).contains(longest);
            assertThat(request.authority()).isEmpty();
            assertThat(request.method()).isEqualTo(new WasiHttp.Method.Get());
            assertThat(request.scheme()).isEmpty();
        }

        /** As the binding does when the guest drops what it owns. */
        private static void drop(Object object) throws Exception {
            ((AutoCloseable) object).close();
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
