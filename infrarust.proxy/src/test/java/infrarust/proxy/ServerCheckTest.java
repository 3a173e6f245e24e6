package infrarust.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.config.ConfigLoader;
import infrarust.proxy.login.OfflineProfile;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.LoginCookieRequest;
import infrarust.proxy.protocol.packet.LoginCookieResponse;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.packet.LoginPluginRequest;
import infrarust.proxy.protocol.packet.LoginPluginResponse;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.protocol.packet.SetCompression;
import infrarust.proxy.session.FakeBackend;
import infrarust.proxy.session.PacketSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check SERVER} as an operator meets it. */
class ServerCheckTest {

    private static final String SECRET = "s3cr3t-of-the-network";
    private static final String FINGERPRINT = "ca7e7a09";
    private static final int VERSION = 769;
    private static final String NAME = "Infrarust_Check";
    private static final UUID OF_THE_NAME = OfflineProfile.uuid(NAME);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<FakeBackend> backends = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (FakeBackend backend : backends) {
            backend.close();
        }
    }

    private int check(String server) {
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Infrarust.run(new String[] {"check", server}, folder, print, print);
    }

    private int checkAt(String... addresses) {
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        LoginCheck.Lookup lookup = host -> {
            var found = new InetAddress[addresses.length];
            for (int i = 0; i < found.length; i++) {
                found[i] = InetAddress.getByName(addresses[i]);
            }
            return found;
        };
        return new ServerCheck(folder, print, lookup).run(ConfigLoader.Request.defaults(), "lobby");
    }

    private void add(String settings) throws IOException {
        Path file = folder.resolve("servers/lobby.toml");
        Files.writeString(file, Files.readString(file) + settings);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private void server(String forwarding, int port) throws IOException {
        server("offline", forwarding, port);
    }

    private void server(String mode, String forwarding, int port) throws IOException {
        Files.createDirectories(folder.resolve("servers"));
        Files.writeString(folder.resolve("servers/lobby.toml"), """
                domains = ["*.example.org", "play.example.org"]
                addresses = ["127.0.0.1:%d"]
                proxy_mode = "%s"
                forwarding_mode = "%s"
                """.formatted(port, mode, forwarding));
        Files.writeString(folder.resolve("forwarding.secret"), SECRET + "\n");
    }

    private int backend(FakeBackend.Script script) throws IOException {
        return backend(VERSION, script);
    }

    private int backend(int protocol, FakeBackend.Script script) throws IOException {
        var backend =
                new FakeBackend(protocol, "{\"version\":{\"name\":\"Fake\",\"protocol\":" + protocol + "}}", script);
        backends.add(backend);
        return backend.port();
    }

    private static void succeed(PacketSocket client, UUID uuid) throws IOException {
        client.send(LoginSuccess.LAYOUT, new LoginSuccess(uuid, NAME, List.of(), uuid));
    }

    private static void refuse(PacketSocket client, String reason) throws IOException {
        client.send(LoginDisconnect.LAYOUT, new LoginDisconnect("{\"text\":\"" + reason + "\"}"));
    }

    /** What Paper does with {@code proxies.velocity}. */
    private static FakeBackend.Script velocity(String secret) {
        return (client, host, start) -> {
            client.send(SetCompression.LAYOUT, new SetCompression(64));
            client.threshold(64);
            client.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(77, "velocity:player_info", new byte[] {4}));
            Optional<byte[]> response =
                    client.expect(LoginPluginResponse.LAYOUT).content();
            if (response.isEmpty()) {
                refuse(client, "This server requires you to connect with Velocity.");
                return;
            }
            ByteBuf answer = Unpooled.wrappedBuffer(response.get());
            byte[] signature = new byte[32];
            answer.readBytes(signature);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            if (!MessageDigest.isEqual(signature, mac.doFinal(Wire.readRest(answer.duplicate())))) {
                refuse(client, "Unable to verify player details");
                return;
            }
            Wire.readVarInt(answer);
            assertThat(Wire.readString(answer, 16)).isEqualTo("127.0.0.1");
            succeed(client, Wire.readUuid(answer));
        };
    }

    /** What Spigot does with {@code bungeecord: true}, and BungeeGuard with that token if there is one. */
    private static FakeBackend.Script bungee(Optional<String> token) {
        return (client, host, start) -> {
            String[] pieces = host.split("\0", -1);
            if (pieces.length < 3) {
                refuse(client, "If you wish to use IP forwarding, please enable it in your BungeeCord config as well!");
            } else if (token.isPresent() && !host.contains("\"value\":\"" + token.get() + "\"")) {
                refuse(client, "Unable to authenticate.");
            } else {
                succeed(
                        client,
                        new UUID(
                                Long.parseUnsignedLong(pieces[2], 0, 16, 16),
                                Long.parseUnsignedLong(pieces[2], 16, 32, 16)));
            }
        };
    }

    private static FakeBackend.Script plain() {
        return (client, host, start) -> succeed(client, OF_THE_NAME);
    }

    @Nested
    class A_server_that_agrees {

        @Test
        void by_velocity_is_described() throws IOException {
            int port = backend(velocity(SECRET));
            server("velocity", port);
            assertThat(check("lobby")).isZero();
            assertThat(said()).isEqualTo("""
                    server   lobby (offline, forwarding_mode velocity)
                    secret   %s, fingerprint ca7e7a09
                    address  127.0.0.1:%d
                      status "Fake", protocol 769
                      asked  for Velocity forwarding, versions up to 4
                      told   Infrarust_Check %s, signed, version 4
                      answer lets the player in, as told
                      forged refused, as it should be: another secret is not accepted
                    players can join
                    """.formatted(
                            folder.resolve("forwarding.secret"),
                            port,
                            UUID.nameUUIDFromBytes("infrarust check".getBytes(StandardCharsets.UTF_8))));
        }

        @Test
        void by_BungeeCord_is_warned_about() throws IOException {
            server("bungee_cord", backend(bungee(Optional.empty())));
            assertThat(check("lobby")).isZero();
            assertThat(said())
                    .contains("lets the player in, as told")
                    .contains("note     nothing is signed: whoever can reach this address may be any player");
        }

        @Test
        void by_BungeeGuard_has_its_token_tested() throws IOException {
            server("bungee_guard", backend(bungee(Optional.of(SECRET))));
            assertThat(check("lobby")).isZero();
            assertThat(said()).contains("forged refused, as it should be").doesNotContain(SECRET);
        }

        @Test
        void without_forwarding_is_told_what_client_only_loses() throws IOException {
            server("client_only", "none", backend(plain()));
            assertThat(check("lobby")).isZero();
            assertThat(said())
                    .contains("told   only the name Infrarust_Check")
                    .contains("answer lets the player in as " + OF_THE_NAME)
                    .contains("verified UUIDs and skins do not reach it")
                    .contains("whoever can reach this address may join under any name")
                    .endsWith("players can join\n");
        }

        @Test
        void at_one_of_the_addresses_of_its_name_is_found() throws IOException {
            server("none", backend(plain()));
            assertThat(checkAt("::1", "127.0.0.1")).isZero();
            assertThat(said())
                    .contains("at     127.0.0.1, the first of 2 addresses that takes connections")
                    .endsWith("players can join\n");
        }

        @Test
        void may_take_its_time_to_connect() throws IOException {
            server("none", backend(plain()));
            add("[timeouts]\nconnect = \"1000h\"\n");
            assertThat(check("lobby")).isZero();
        }

        @Test
        void is_called_by_the_name_that_leads_to_it_and_by_its_own_version() throws IOException {
            var hosts = new ArrayList<String>();
            int port = backend(340, (client, host, start) -> {
                hosts.add(host);
                succeed(client, OF_THE_NAME);
            });
            server("none", port);
            assertThat(check("lobby")).isZero();
            assertThat(hosts).containsExactly("play.example.org");
        }
    }

    @Nested
    class A_server_that_does_not_agree {

        private void isExplained(String cause, String remedy) {
            assertThat(check("lobby")).isEqualTo(4);
            assertThat(said())
                    .contains("\nproblem  " + cause)
                    .contains("\nto do    " + remedy)
                    .doesNotContain(SECRET)
                    .doesNotContain("players can join");
        }

        @Test
        void about_the_secret() throws IOException {
            server("velocity", backend(velocity("another")));
            isExplained("the server does not accept the proxy's secret", "give both sides the same one");
            assertThat(said())
                    .contains("answer refuses: \"Unable to verify player details\"")
                    .contains("fingerprint " + FINGERPRINT);
        }

        @Test
        void because_it_does_not_ask() throws IOException {
            server("velocity", backend(plain()));
            isExplained("the server lets players in without asking", "turn Velocity forwarding on there");
            assertThat(said()).contains("asked  nothing about the player");
        }

        @Test
        void because_it_asks_and_gets_no_answer() throws IOException {
            server("none", backend(velocity(SECRET)));
            isExplained("the server asks for Velocity forwarding", "set forwarding_mode = \"velocity\"");
        }

        @Test
        void because_it_wants_BungeeCord() throws IOException {
            server("none", backend(bungee(Optional.empty())));
            isExplained("the server wants BungeeCord forwarding", "set forwarding_mode = \"bungee_cord\"");
        }

        @Test
        void because_it_wants_a_token() throws IOException {
            server("bungee_cord", backend(bungee(Optional.of(SECRET))));
            isExplained("the server wants a BungeeGuard token", "set forwarding_mode = \"bungee_guard\"");
        }

        @Test
        void because_it_looks_at_no_token() throws IOException {
            server("bungee_guard", backend(bungee(Optional.empty())));
            isExplained("the server lets players in who come with another secret", "install BungeeGuard there");
        }

        @Test
        void because_it_ignores_the_handshake() throws IOException {
            server("bungee_cord", backend(plain()));
            isExplained("the server does not read the forwarded identity", "set bungeecord: true");
        }

        @Test
        void because_it_believes_what_any_client_says() throws IOException {
            server(
                    "bungee_cord",
                    backend((client, host, start) ->
                            succeed(client, start.uuid().orElseThrow())));
            isExplained("the server does not read the forwarded identity", "set bungeecord: true");
        }

        @Test
        void because_it_cannot_read_the_handshake() throws IOException {
            server("bungee_cord", backend((client, host, start) -> {}));
            isExplained("the server closes the connection without a word", "set bungeecord: true");
        }

        @Test
        void because_it_is_in_online_mode() throws IOException {
            server(
                    "velocity",
                    backend((client, host, start) ->
                            client.send(PacketType.CLIENTBOUND_LOGIN_ENCRYPTION_REQUEST, new byte[100])));
            isExplained("the server wants to verify accounts itself", "set online-mode=false");
        }

        @Test
        void because_it_is_older_than_the_question() throws IOException {
            server("velocity", backend(340, plain()));
            isExplained("Velocity forwarding needs Minecraft 1.13, and the server has 1.12.2", "set forwarding_mode");
        }

        @Test
        void for_reasons_of_its_own() throws IOException {
            server(
                    "velocity",
                    backend((client, host, start) -> refuse(client, "\\u001b[31mnot\\u00a7c white-listed\\n")));
            isExplained("the server does not let Infrarust_Check in, which need not be about", "see what it answered");
            assertThat(said()).contains("answer refuses: \"[31mnot white-listed\"");
        }

        @Test
        void that_asks_for_a_cookie_first_is_told_that_there_is_none() throws IOException {
            server("none", backend((client, host, start) -> {
                client.send(LoginCookieRequest.LAYOUT, new LoginCookieRequest("a:b"));
                LoginCookieResponse answer = client.expect(LoginCookieResponse.LAYOUT);
                refuse(client, "no cookie " + answer.key() + answer.content().isEmpty());
            }));
            isExplained("the server does not let Infrarust_Check in", "see what it answered");
            assertThat(said()).contains("no cookie a:btrue");
        }

        @Test
        void with_a_mod_of_its_own_that_asks() throws IOException {
            server("none", backend((client, host, start) -> {
                client.send(LoginPluginRequest.LAYOUT, new LoginPluginRequest(1, "fml:loginwrapper", new byte[] {1}));
                assertThat(client.expect(LoginPluginResponse.LAYOUT).content()).isEmpty();
                refuse(client, "This server has mods that require Forge");
            }));
            isExplained("the server does not let Infrarust_Check in", "see what it answered");
            assertThat(said()).contains("asked  nothing about the player; and on \"fml:loginwrapper\"");
        }
    }

    @Nested
    class A_server_that_is_none {

        @Test
        void because_nobody_listens() throws IOException {
            int free;
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = socket.getLocalPort();
            }
            server("none", free);
            assertThat(check("lobby")).isEqualTo(3);
            assertThat(said()).contains("problem  there is no connection: Connection refused");
        }

        @Test
        void because_nobody_listens_at_any_address_of_the_name() throws IOException {
            int free;
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = socket.getLocalPort();
            }
            server("none", free);
            assertThat(checkAt("::1", "127.0.0.1")).isEqualTo(3);
            assertThat(said())
                    .contains("problem  there is no connection: 0:0:0:0:0:0:0:1: ")
                    .contains("; 127.0.0.1: Connection refused");
        }

        @Test
        void because_its_name_has_no_address() throws IOException {
            server("none", 1);
            Files.writeString(
                    folder.resolve("servers/lobby.toml"),
                    "proxy_mode = \"offline\"\naddresses = [\"no.such.name.invalid\"]\n");
            assertThat(check("lobby")).isEqualTo(3);
            assertThat(said()).contains("problem  the name no.such.name.invalid has no address here");
        }

        @Test
        void because_it_speaks_another_protocol() throws IOException {
            server(
                    "none",
                    backend((client, host, start) ->
                            client.sendRaw("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII))));
            assertThat(check("lobby")).isEqualTo(3);
            server("none", backend((client, host, start) -> client.send(0x7f)));
            assertThat(check("lobby")).isEqualTo(3);
            assertThat(said())
                    .contains(
                            "\"The connection ends inside a packet of 72 bytes\"\nproblem  that is no Minecraft server")
                    .contains("\"A packet that no login has\"\nproblem  that is no Minecraft server");
        }
    }

    @Nested
    class What_need_not_be_tried {

        @Test
        void a_login_where_players_log_in_themselves() throws IOException {
            server("passthrough", "none", backend((client, host, start) -> {
                throw new AssertionError("no login is wanted here");
            }));
            assertThat(check("lobby")).isZero();
            assertThat(said())
                    .contains("login  not tried")
                    .doesNotContain("note")
                    .endsWith("the server can be reached\n");
        }

        @Test
        void is_no_reason_to_say_more_than_was_seen() throws IOException {
            for (String status : new String[] {"", "{\"version\":{\"name\":\"1.99\",\"protocol\":9999}}"}) {
                var backend = new FakeBackend(ProtocolVersion.V26_3, status, plain());
                backends.add(backend);
                server("passthrough", "none", backend.port());
                assertThat(check("lobby")).isZero();
            }
            assertThat(said())
                    .contains("status none\n")
                    .containsOnlyOnce("note     it takes connections and answers no ping, so nothing shows that it is"
                            + " a Minecraft server; look into its log; where it expects a PROXY header, set")
                    .contains("protocol 9999, which is not known here\n")
                    .doesNotContain("the login is tried with")
                    .doesNotContain("players can join");
        }

        @Test
        void the_lobby_of_the_proxy_itself() {
            assertThat(check("$limbo")).isZero();
            assertThat(said()).contains("players stay in the lobby of the proxy");
        }

        @Test
        void a_server_that_nobody_knows() throws IOException {
            server("none", 1);
            assertThat(check("loby")).isEqualTo(2);
            assertThat(said()).isEqualTo("error: there is no server \"loby\"; did you mean lobby?\n");
        }

        @Test
        void anything_without_the_secret_that_it_takes() throws IOException {
            server("velocity", 1);
            Files.delete(folder.resolve("forwarding.secret"));
            assertThat(check("lobby")).isEqualTo(1);
            assertThat(said()).contains("forwarding.secret is not there");
            assertThat(folder.resolve("forwarding.secret")).doesNotExist();
        }
    }

    @Test
    void a_version_that_is_not_known_is_said_and_the_newest_tried() throws IOException {
        int newest = ProtocolVersion.V26_3;
        var backend = new FakeBackend(newest, "{\"version\":{\"name\":\"1.99\",\"protocol\":9999}}", plain());
        backends.add(backend);
        server("none", backend.port());
        assertThat(check("lobby")).isZero();
        assertThat(said()).contains("\"1.99\", protocol 9999, which is not known here; the login is tried with 26.3");
    }

    @Test
    void a_status_that_is_none_does_not_keep_the_login_from_being_tried() throws IOException {
        for (String status : new String[] {"", "{", "[]", "{\"version\":{\"protocol\":\"x\"}}"}) {
            var backend = new FakeBackend(ProtocolVersion.V26_3, status, plain());
            backends.add(backend);
            server("none", backend.port());
            assertThat(check("lobby")).isZero();
        }
        assertThat(said()).contains("status none; the login is tried with 26.3");
    }

    /** A server that closes every connection after its first bytes. */
    @Nested
    class A_server_that_closes_without_a_word {

        private final List<byte[]> first = new CopyOnWriteArrayList<>();

        private String is_checked(String setting) throws Exception {
            return is_checked("none", setting);
        }

        private String is_checked(String forwarding, String setting) throws Exception {
            try (var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                server(forwarding, listening.getLocalPort());
                add(setting);
                Thread.ofVirtual().start(() -> {
                    try {
                        while (true) {
                            try (Socket accepted = listening.accept()) {
                                first.add(accepted.getInputStream().readNBytes(12));
                            }
                        }
                    } catch (IOException closed) {
                        // The test is over.
                    }
                });
                assertThat(check("lobby")).isEqualTo(Infrarust.NOT_ACCEPTED);
            }
            return said();
        }

        @Test
        void may_want_a_header_that_is_not_sent() throws Exception {
            assertThat(is_checked("")).contains("set send_proxy_protocol = true");
        }

        @Test
        void may_lack_the_header_or_not_read_the_identity_when_it_answers_no_ping() throws Exception {
            for (String forwarding : new String[] {"bungee_cord", "bungee_guard"}) {
                out.reset();
                assertThat(is_checked(forwarding, ""))
                        .contains("problem  the server closes the connection without a reason")
                        .contains("set send_proxy_protocol = true")
                        .contains("; or set bungeecord: true under settings");
            }
        }

        @Test
        void is_asked_for_its_status_under_the_name_that_a_login_has() throws Exception {
            is_checked("domain_rewrite = { explicit = \"in.test\" }\n");
            assertThat(first)
                    .hasSize(2)
                    .allSatisfy(bytes -> assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                            .contains("in.test"));
        }

        @Test
        void may_not_want_the_header_that_is_sent() throws Exception {
            assertThat(is_checked("send_proxy_protocol = \"v2\"\n"))
                    .contains("PROXY protocol v2")
                    .contains("turn send_proxy_protocol off");
            assertThat(first)
                    .hasSize(2)
                    .allSatisfy(
                            bytes -> assertThat(bytes).isEqualTo(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a")));
        }
    }
}
