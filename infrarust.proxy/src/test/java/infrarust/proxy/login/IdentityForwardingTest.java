package infrarust.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.api.player.GameProfile;
import infrarust.api.player.ProfileProperty;
import infrarust.proxy.config.ForwardingMode;
import infrarust.proxy.login.IdentityForwarding.BungeeCord;
import infrarust.proxy.login.IdentityForwarding.BungeeGuard;
import infrarust.proxy.login.IdentityForwarding.None;
import infrarust.proxy.login.IdentityForwarding.Velocity;
import infrarust.proxy.protocol.packet.Handshake;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityForwardingTest {

    private static final ForwardingSecret SECRET = ForwardingSecret.of("s3cr3t-of-the-network");
    private static final GameProfile NOTCH = new GameProfile(
            UUID.fromString("069a79f4-44e9-4726-a5be-fca90e38aaf5"),
            "Notch",
            List.of(
                    new ProfileProperty("textures", "e30=", Optional.of("c2ln")),
                    new ProfileProperty("plain", "Grüße", Optional.empty())));
    private static final String UUID_DIGITS = "069a79f444e94726a5befca90e38aaf5";
    private static final String PROPERTIES =
            "{\"name\":\"textures\",\"value\":\"e30=\",\"signature\":\"c2ln\"},{\"name\":\"plain\",\"value\":\"Grüße\"}";
    private static final String TOKEN =
            "{\"name\":\"bungeeguard-token\",\"value\":\"s3cr3t-of-the-network\",\"signature\":\"\"}";

    private static Identity player(GameProfile profile) {
        try {
            return Identity.of(profile, InetAddress.getByName("203.0.113.7"));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static String host(IdentityForwarding forwarding, String dialed) {
        return host(forwarding, dialed, NOTCH);
    }

    private static String host(IdentityForwarding forwarding, String dialed, GameProfile profile) {
        Handshake handshake =
                forwarding.handshake(new Handshake(767, dialed, 25565, Handshake.TRANSFER), player(profile));
        assertThat(handshake.protocol()).isEqualTo(767);
        assertThat(handshake.port()).isEqualTo(25565);
        assertThat(handshake.next()).isEqualTo(Handshake.TRANSFER);
        return handshake.host();
    }

    @Nested
    class Velocitys_answer {

        /** Computed with Python's hmac and confirmed with OpenSSL, from the layout that Velocity publishes for its forwarding. */
        private static final String BODY = "0b3230332e302e3131332e37" + UUID_DIGITS
                + "054e6f74636802087465787475726573046533303d010463326c6e05706c61696e074772c3bcc39f6500";

        private static final String VERSION_1 =
                "e700350977fe6c8797b9fdb0f5ad4860d4fdc3d21f0b078ee962e090c5329ba401" + BODY;
        private static final String VERSION_4 =
                "f206f0b77faaa5f1f9c66c529a70239a5f6c50c0e0ac67e50bfe5ffcf3385a0804" + BODY;

        private static String answer(byte... question) {
            return HexFormat.of()
                    .formatHex(
                            new Velocity(SECRET).answer(question, player(NOTCH)).orElseThrow());
        }

        @Test
        void is_version_1_when_the_question_names_none() {
            assertThat(answer()).isEqualTo(VERSION_1);
        }

        @ParameterizedTest
        @ValueSource(bytes = {0, 1, 2, 3})
        void is_version_1_where_4_is_not_read_and_never_one_with_a_key(byte newest) {
            assertThat(answer(newest)).isEqualTo(VERSION_1);
        }

        @ParameterizedTest
        @ValueSource(bytes = {4, 5, 127, -1})
        void is_version_4_where_it_is_read(byte newest) {
            assertThat(answer(newest)).isEqualTo(VERSION_4);
        }

        @Test
        void leaves_the_handshake_as_it_is() {
            assertThat(host(new Velocity(SECRET), "play.example.org\0FML2\0")).isEqualTo("play.example.org\0FML2\0");
        }

        @Test
        void is_given_by_no_other_mode() {
            for (var forwarding : List.of(new None(), new BungeeCord(), new BungeeGuard(SECRET))) {
                assertThat(forwarding.answer(new byte[] {4}, player(NOTCH))).isEmpty();
            }
        }
    }

    @Nested
    class BungeeCords_handshake {

        @Test
        void carries_address_uuid_and_properties_in_the_host() {
            assertThat(host(new BungeeCord(), "play.example.org"))
                    .isEqualTo("play.example.org\000203.0.113.7\000" + UUID_DIGITS + "\0[" + PROPERTIES + "]");
        }

        @Test
        void has_three_pieces_when_there_are_no_properties() {
            assertThat(host(new BungeeCord(), "a", OfflineProfile.of("Bob")))
                    .isEqualTo("a\000203.0.113.7\000"
                            + OfflineProfile.uuid("Bob").toString().replace("-", ""));
        }

        @Test
        void carries_the_token_of_BungeeGuard_as_the_last_property() {
            assertThat(host(new BungeeGuard(SECRET), "a"))
                    .isEqualTo("a\000203.0.113.7\000" + UUID_DIGITS + "\0[" + PROPERTIES + "," + TOKEN + "]");
            assertThat(host(new BungeeGuard(SECRET), "a", OfflineProfile.of("Bob")))
                    .endsWith("\0[" + TOKEN + "]");
        }

        @Test
        void keeps_the_marker_of_old_forge_as_two_properties() {
            assertThat(host(new BungeeCord(), "a\0FML\0", OfflineProfile.of("Bob")))
                    .startsWith("a\000203.0.113.7\000")
                    .endsWith("\0[{\"name\":\"forgeClient\",\"value\":\"true\",\"signature\":\"\"},"
                            + "{\"name\":\"extraData\",\"value\":\"\\u0001FML\\u0001\",\"signature\":\"\"}]");
        }

        @ParameterizedTest
        @CsvSource({"FML2", "FML3", "FORGE"})
        void keeps_the_markers_of_newer_loaders_as_a_property(String marker) {
            assertThat(host(new BungeeCord(), "a\0" + marker + "\0", OfflineProfile.of("Bob")))
                    .endsWith("\0[{\"name\":\"extraData\",\"value\":\"\\u0001" + marker
                            + "\\u0001\",\"signature\":\"\"}]");
        }

        @Test
        void cannot_be_split_by_what_a_property_says() {
            var profile = new GameProfile(
                    NOTCH.uuid(), "Notch", List.of(new ProfileProperty("x", "a\0b\"]", Optional.empty())));
            assertThat(host(new BungeeCord(), "a", profile))
                    .endsWith("\0[{\"name\":\"x\",\"value\":\"a\\u0000b\\\"]\"}]");
        }

        @Test
        void names_an_address_of_version_6_without_its_zone() throws UnknownHostException {
            byte[] local = new byte[16];
            local[0] = (byte) 0xfe;
            local[1] = (byte) 0x80;
            local[15] = 1;
            InetAddress zoned = java.net.Inet6Address.getByAddress("x", local, 7);
            assertThat(zoned.getHostAddress()).endsWith("%7");
            assertThat(Identity.of(NOTCH, zoned).address()).isEqualTo("fe80:0:0:0:0:0:0:1");
        }
    }

    @Nested
    class What_a_client_appends_to_the_host {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a",
                    "a\0FML\0",
                    "a\0FML2\0",
                    "a\0FML3\0",
                    "a\0FORGE",
                    "a\0FORGE2",
                    "a///1.2.3.4:5///6",
                    "a\0"
                })
        void stays_when_it_is_one_piece(String dialed) {
            assertThat(host(new None(), dialed)).isEqualTo(dialed);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a\0001.2.3.4\000069a79f444e94726a5befca90e38aaf5",
                    "a\0001.2.3.4\000069a79f444e94726a5befca90e38aaf5\0[]",
                    "a\0\000069a79f444e94726a5befca90e38aaf5",
                })
        void is_dropped_when_a_server_could_take_it_for_an_identity(String dialed) {
            assertThat(host(new None(), dialed)).isEqualTo("a");
            assertThat(host(new Velocity(SECRET), dialed)).isEqualTo("a");
            assertThat(host(new BungeeCord(), dialed)).startsWith("a\000203.0.113.7\000" + UUID_DIGITS);
            assertThat(host(new BungeeCord(), dialed)).doesNotContain("1.2.3.4");
        }

        @Test
        void leaves_the_loaders_marker_of_such_a_host() {
            assertThat(host(new None(), "a\0FML2\0001.2.3.4\000069a79f444e94726a5befca90e38aaf5"))
                    .isEqualTo("a\0FML2\0");
        }
    }

    @Nested
    class A_secret {

        @Test
        void has_the_first_digits_of_its_digest_as_fingerprint_and_as_text() {
            assertThat(SECRET.fingerprint()).isEqualTo("ca7e7a09");
            assertThat(SECRET).hasToString("secret ca7e7a09");
            assertThat(new Velocity(SECRET).toString()).doesNotContain("s3cr3t");
            assertThat(new BungeeGuard(SECRET).toString()).doesNotContain("s3cr3t");
        }

        @Test
        void is_never_the_same_when_it_is_made() {
            assertThat(ForwardingSecret.random().text()).matches("[A-Za-z0-9]{32}");
            assertThat(ForwardingSecret.random().fingerprint())
                    .isNotEqualTo(ForwardingSecret.random().fingerprint());
        }

        @Test
        void is_needed_by_the_modes_that_use_one() {
            for (ForwardingMode mode : ForwardingMode.values()) {
                assertThat(IdentityForwarding.of(mode, Optional.of(SECRET)).mode())
                        .isEqualTo(mode);
                if (mode.usesSecret()) {
                    assertThatThrownBy(() -> IdentityForwarding.of(mode, Optional.empty()))
                            .isInstanceOf(IllegalStateException.class);
                } else {
                    assertThat(IdentityForwarding.of(mode, Optional.empty()).mode())
                            .isEqualTo(mode);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Unable to verify player details, VELOCITY, SECRET_REFUSED",
        "Invalid proxy response!, VELOCITY, SECRET_REFUSED",
        "This server requires you to connect with Velocity., NONE, VELOCITY_NOT_SET",
        "'If you wish to use IP forwarding, please enable it in your BungeeCord config as well!', NONE, BUNGEE_CORD_NOT_SET",
        "'Unknown data in login hostname, did you forget to enable BungeeCord in spigot.yml?', BUNGEE_CORD, IDENTITY_IGNORED",
        "Unable to authenticate - no data was forwarded by the proxy., NONE, BUNGEE_GUARD_NOT_SET",
        "Unable to authenticate., BUNGEE_CORD, BUNGEE_GUARD_NOT_SET",
        "Unable to authenticate., BUNGEE_GUARD, SECRET_REFUSED",
        "'Invalid connection, please connect through the BungeeCord proxy.', BUNGEE_GUARD, SECRET_REFUSED",
        "'Invalid connection, please connect through the BungeeCord proxy.', NONE, BUNGEE_CORD_NOT_SET",
        "multiplayer.disconnect.not_whitelisted, VELOCITY,",
        "You are banned, BUNGEE_GUARD,",
    })
    void a_refusal_is_understood_by_its_words(String words, ForwardingMode mode, ForwardingFault fault) {
        assertThat(ForwardingFault.ofRefusal("{\"text\":\"" + words + "\"}", mode))
                .isEqualTo(Optional.ofNullable(fault));
    }
}
