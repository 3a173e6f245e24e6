package infrarust.proxy.wasm.contract023;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionsTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:25565",
        "::1, [::1]:25565",
        "::, [::]:25565",
        "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]:25565",
        "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]:25565",
        "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]:25565",
        "fe80:0:0:0:0:0:0:0, [fe80::]:25565"
    })
    void addresses_read_as_in_the_contract(String address, String text) throws Exception {
        assertThat(Conversions.address(new InetSocketAddress(InetAddress.ofLiteral(address), 25565)))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00112233-4455-6677-8899-aabbccddeeff",
                "00112233445566778899AABBCCDDEEFF",
                "urn:uuid:00112233-4455-6677-8899-aabbccddeeff",
                "{00112233-4455-6677-8899-aabbccddeeff}"
            })
    void uuids_are_read_in_every_usual_form(String text) {
        assertThat(Conversions.uuid(text)).contains(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
    }

    @Test
    void anything_else_is_no_uuid() {
        assertThat(Conversions.uuid("")).isEmpty();
        assertThat(Conversions.uuid("Notch")).isEmpty();
        assertThat(Conversions.uuid("0011223-34455-6677-8899-aabbccddeeff")).isEmpty();
        assertThat(Conversions.uuid("00112233-4455-6677-8899-aabbccddeef")).isEmpty();
    }
}
