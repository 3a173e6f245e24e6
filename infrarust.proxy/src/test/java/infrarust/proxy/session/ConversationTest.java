package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.api.Plugin;
import infrarust.api.command.Command;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSpec;
import infrarust.api.command.Suggestion;
import infrarust.api.event.ChatMessageEvent;
import infrarust.api.event.CommandExecuteEvent;
import infrarust.api.event.EventBus;
import infrarust.api.event.PostLoginEvent;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxyMode;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.gate.LoopbackProxy;
import infrarust.proxy.login.Forwardings;
import infrarust.proxy.net.Transport;
import infrarust.proxy.protocol.PacketTable;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.CommandNode;
import infrarust.proxy.protocol.packet.CommandTree;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.protocol.packet.SetCompression;
import infrarust.proxy.protocol.packet.TabWords;
import infrarust.proxy.service.OnlinePlayers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.kyori.adventure.text.Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What players write, through real sockets: one version of every form that chat and commands have had. */
class ConversationTest {

    private static final PacketTable PACKETS = PacketTable.load();
    /** An id that no version names, for packets that nobody reads. */
    private static final int OPAQUE = 0x7000;

    private final OnlinePlayers players = new OnlinePlayers();
    private final Deadlines.RealTime clock = Deadlines.realTime();
    private final EventDispatcher events = new EventDispatcher(clock, Duration.ofSeconds(10));
    private final EventBus bus = events.busOf("test");
    private final ProxyCommands commands = new ProxyCommands(clock, (source, node) -> !node.equals("forbidden"));
    private final BlockingQueue<LimboClient> limbo = new LinkedBlockingQueue<>();
    private final BlockingQueue<CommandInvocation> run = new LinkedBlockingQueue<>();
    private ServerSocket listening;
    private LoopbackProxy proxy;

    /** 1.7.10, 1.8, 1.12.2, 1.13, 1.16.5, 1.19, 1.19.2, 1.19.4, 1.20.4, 1.20.6, 1.21.4, 1.21.6, 26.1, 26.3. */
    static int[] bands() {
        return new int[] {5, 47, 340, 393, 754, 759, 760, 762, 765, 766, 769, 771, 775, 777};
    }

    /** The bands that count what the client has seen. */
    static int[] counting() {
        return new int[] {761, 762, 765, 766, 769, 770, 771, 775, 777};
    }

    @BeforeEach
    void start() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(10_000);
        start(true, "127.0.0.1:" + listening.getLocalPort());
        commands.of("tester").register(CommandSpec.of("hello").withAliases("hi"), new Hello());
        commands.of("tester").register(CommandSpec.of("secret").withPermission("forbidden"), new Hello());
    }

    /** Notes who has called it. */
    private final class Hello implements Command {
        @Override
        public CompletionStage<?> execute(CommandInvocation invocation) {
            run.add(invocation);
            return Plugin.done();
        }

        @Override
        public CompletionStage<List<Suggestion>> suggest(CommandInvocation unfinished) {
            return CompletableFuture.completedFuture(List.of(
                    Suggestion.of("after-" + unfinished.arguments().getLast()),
                    new Suggestion("told", Optional.of(Component.text("more")))));
        }
    }

    private void start(boolean announce, String... addresses) throws IOException {
        start(announce, OptionalInt.empty(), addresses);
    }

    private void start(boolean announce, OptionalInt threshold, String... addresses) throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        proxy = new LoopbackProxy(
                Transport.best(),
                ProxySnapshot.of(
                        ProxyConfig.builder()
                                .announceProxyCommands(announce)
                                .compressionThreshold(threshold)
                                .build(),
                        ServerConfig.builder("lobby")
                                .domains("*")
                                .addresses(addresses)
                                .proxyMode(ProxyMode.OFFLINE)
                                .build()),
                (network, backends) -> OnlySessions.rooms(
                        backends,
                        events,
                        players,
                        commands,
                        limbo::add,
                        FakeSessionServer.unused(),
                        new Forwardings(Optional.empty(), () -> 0)));
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        listening.close();
        clock.close();
    }

    private PacketSocket dial(int protocol, Optional<LoginStart.Key> key) throws IOException {
        var client = new PacketSocket(proxy.connect(), PACKETS.ids(protocol));
        client.send(Handshake.LAYOUT, new Handshake(protocol, "play.example.org", 25565, Handshake.LOGIN));
        client.send(LoginStart.LAYOUT, new LoginStart("Bob", key, Optional.of(new UUID(1, 2))));
        return client;
    }

    /** Both ends of a session in the game. */
    private final class Pair implements AutoCloseable {
        final PacketSocket client;
        final PacketSocket server;
        final int protocol;
        final LoginStart start;

        Pair(int protocol) throws IOException {
            this(protocol, -1, Optional.empty());
        }

        Pair(int protocol, int threshold, Optional<LoginStart.Key> key) throws IOException {
            this.protocol = protocol;
            client = dial(protocol, key);
            server = new PacketSocket(listening.accept(), client.ids());
            server.expect(Handshake.LAYOUT);
            start = server.expect(LoginStart.LAYOUT);
            if (threshold >= 0) {
                server.send(SetCompression.LAYOUT, new SetCompression(threshold));
                server.threshold(threshold);
            }
            server.send(LoginSuccess.LAYOUT, new LoginSuccess(new UUID(1, 2), "Bob", List.of(), new UUID(1, 2)));
            if (threshold >= 0) {
                client.threshold(client.expect(SetCompression.LAYOUT).threshold());
            }
            client.expect(LoginSuccess.LAYOUT);
            if (protocol >= ProtocolVersion.V1_20_2) {
                client.send(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                server.expect(PacketType.SERVERBOUND_LOGIN_ACKNOWLEDGED);
                server.send(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
                client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
                client.send(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
                server.expect(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
            }
            server.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, new byte[400]);
            client.expect(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
        }

        PacketType chatType() {
            return protocol < 759
                    ? PacketType.SERVERBOUND_PLAY_CHAT_LEGACY
                    : protocol < 761
                            ? PacketType.SERVERBOUND_PLAY_CHAT_KEYED
                            : PacketType.SERVERBOUND_PLAY_CHAT_SESSION;
        }

        PacketType commandType() {
            return protocol < 759
                    ? PacketType.SERVERBOUND_PLAY_CHAT_LEGACY
                    : protocol < 761
                            ? PacketType.SERVERBOUND_PLAY_COMMAND_KEYED
                            : protocol < 766
                                    ? PacketType.SERVERBOUND_PLAY_COMMAND_SIGNED
                                    : PacketType.SERVERBOUND_PLAY_COMMAND_UNSIGNED;
        }

        void say(String text) throws IOException {
            client.send(chatType(), chat(protocol, text, 0, 0));
        }

        void order(String command) throws IOException {
            client.send(commandType(), command(protocol, commandType(), command, 0, 0));
        }

        /** The text of the next message, which must be chat. */
        String heard() throws IOException {
            return Wire.readString(server.expect(chatType()), 1000);
        }

        String ordered() throws IOException {
            return Wire.readString(server.expect(commandType()), 1000);
        }

        /** The next line in the client's chat. */
        String told() throws IOException {
            PacketType chat = client.ids().has(PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT)
                    ? PacketType.CLIENTBOUND_PLAY_SYSTEM_CHAT
                    : PacketType.CLIENTBOUND_PLAY_CHAT_LEGACY;
            return client.expect(chat).toString(StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    /** A chat packet as that version writes it. */
    private static byte[] chat(int protocol, String text, int signature, int seen) {
        ByteBuf out = Unpooled.buffer();
        Wire.writeString(out, text);
        if (protocol >= 759) {
            out.writeLong(123_456_789).writeLong(42);
            sign(protocol, out, signature);
            seen(protocol, out, seen);
        }
        return Wire.readRest(out);
    }

    private static byte[] command(int protocol, PacketType type, String text, int signature, int seen) {
        ByteBuf out = Unpooled.buffer();
        Wire.writeString(out, type == PacketType.SERVERBOUND_PLAY_CHAT_LEGACY ? "/" + text : text);
        if (type == PacketType.SERVERBOUND_PLAY_COMMAND_SIGNED || type == PacketType.SERVERBOUND_PLAY_COMMAND_KEYED) {
            out.writeLong(123_456_789).writeLong(42);
            Wire.writeVarInt(out, signature > 0 ? 1 : 0);
            if (signature > 0) {
                Wire.writeString(out, "message");
                if (protocol < 761) {
                    Wire.writeBytes(out, new byte[signature]);
                } else {
                    out.writeZero(256);
                }
            }
            seen(protocol, out, seen);
        }
        return Wire.readRest(out);
    }

    private static void sign(int protocol, ByteBuf out, int signature) {
        if (protocol < 761) {
            Wire.writeBytes(out, new byte[signature]);
        } else {
            out.writeBoolean(signature > 0).writeZero(signature > 0 ? 256 : 0);
        }
    }

    private static void seen(int protocol, ByteBuf out, int count) {
        if (protocol < 761) {
            out.writeBoolean(count > 0);
            if (protocol == 760) {
                Wire.writeVarInt(out, count);
                for (int i = 0; i < count; i++) {
                    Wire.writeUuid(out, new UUID(i, i));
                    Wire.writeBytes(out, new byte[256]);
                }
                out.writeBoolean(false);
            }
        } else {
            Wire.writeVarInt(out, count);
            out.writeBytes(new byte[] {1, 2, 3});
            if (protocol >= 770) {
                out.writeByte(77);
            }
        }
    }

    @Nested
    class While_nobody_listens {

        @ParameterizedTest
        @MethodSource("infrarust.proxy.session.ConversationTest#bands")
        void chat_and_commands_of_the_server_pass_as_they_came(int protocol) throws IOException {
            try (var pair = new Pair(protocol)) {
                byte[] chat = chat(protocol, "good morning", 0, protocol >= 760 ? 3 : 0);
                pair.client.send(pair.chatType(), chat);
                assertThat(Wire.readRest(pair.server.expect(pair.chatType()))).isEqualTo(chat);
                byte[] command = command(protocol, pair.commandType(), "gamemode creative", 0, 0);
                pair.client.send(pair.commandType(), command);
                assertThat(Wire.readRest(pair.server.expect(pair.commandType())))
                        .isEqualTo(command);
            }
        }

        @ParameterizedTest
        @MethodSource("infrarust.proxy.session.ConversationTest#bands")
        void the_proxys_commands_are_run_and_the_server_hears_nothing(int protocol) throws Exception {
            try (var pair = new Pair(protocol)) {
                pair.order("HELLO big  world");
                CommandInvocation invocation = run.poll(10, TimeUnit.SECONDS);
                assertThat(invocation).isNotNull();
                assertThat(invocation.label()).isEqualTo("HELLO");
                assertThat(invocation.raw()).isEqualTo("big  world");
                assertThat(invocation.arguments()).containsExactly("big", "world");
                assertThat(invocation.source().name()).isEqualTo("Bob");
                pair.order("tester:hello");
                assertThat(run.poll(10, TimeUnit.SECONDS)).isNotNull();
                pair.order("hi");
                assertThat(run.poll(10, TimeUnit.SECONDS)).isNotNull();
                pair.say("after it");
                assertThat(pair.heard()).isEqualTo("after it");
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {47, 340, 765, 775})
        void compressed_packets_are_understood_too(int protocol) throws Exception {
            try (var pair = new Pair(protocol, 0, Optional.empty())) {
                pair.order("hello there");
                assertThat(run.poll(10, TimeUnit.SECONDS)).isNotNull();
                pair.order("help me");
                assertThat(pair.ordered()).endsWith("help me");
            }
        }

        @Test
        void a_command_without_the_permission_is_not_run_and_not_passed_on() throws Exception {
            try (var pair = new Pair(765)) {
                pair.order("secret");
                assertThat(pair.told()).contains("permission");
                pair.say("next");
                assertThat(pair.heard()).isEqualTo("next");
                assertThat(run).isEmpty();
            }
        }

        @Test
        void a_command_that_fails_is_said_to_have_failed() throws Exception {
            commands.of("tester").register(CommandSpec.of("broken"), invocation -> {
                throw new IllegalStateException("on purpose");
            });
            try (var pair = new Pair(765)) {
                pair.order("broken");
                assertThat(pair.told()).contains("failed");
            }
        }
    }

    @Nested
    class Signatures {

        @ParameterizedTest
        @ValueSource(ints = {759, 760})
        void of_clients_with_keys_are_taken_off_with_the_key(int protocol) throws Exception {
            var key = new LoginStart.Key(99, new byte[294], new byte[512]);
            try (var pair = new Pair(protocol, -1, Optional.of(key))) {
                assertThat(pair.start.key()).isEmpty();
                assertThat(pair.start.name()).isEqualTo("Bob");
                int seen = protocol == 760 ? 2 : 0;
                pair.client.send(pair.chatType(), chat(protocol, "signed", 256, seen));
                // Without the preview's flag, and with what the client has seen.
                byte[] unsigned = chat(protocol, "signed", 0, seen);
                unsigned["signed".length() + 1 + 16 + 1] = 0;
                assertThat(Wire.readRest(pair.server.expect(pair.chatType()))).isEqualTo(unsigned);
                pair.client.send(pair.commandType(), command(protocol, pair.commandType(), "me waves", 256, 0));
                assertThat(Wire.readRest(pair.server.expect(pair.commandType())))
                        .isEqualTo(command(protocol, pair.commandType(), "me waves", 0, 0));
            }
        }

        @ParameterizedTest
        @MethodSource("infrarust.proxy.session.ConversationTest#counting")
        void need_a_session_that_no_server_hears_of(int protocol) throws Exception {
            try (var pair = new Pair(protocol)) {
                pair.client.send(PacketType.SERVERBOUND_PLAY_CHAT_SESSION_UPDATE, new byte[600]);
                byte[] chat = chat(protocol, "signed all the same", 256, 0);
                pair.client.send(pair.chatType(), chat);
                assertThat(Wire.readRest(pair.server.expect(pair.chatType())))
                        .as("servers without a session leave it unread")
                        .isEqualTo(chat);
            }
        }

        @ParameterizedTest
        @MethodSource("infrarust.proxy.session.ConversationTest#counting")
        void of_a_changed_message_go_and_time_salt_and_acknowledgements_stay(int protocol) throws Exception {
            bus.subscribe(
                    ChatMessageEvent.class,
                    event -> event.setResult(new ChatMessageEvent.Result.Modify("other words")));
            try (var pair = new Pair(protocol)) {
                pair.client.send(pair.chatType(), chat(protocol, "my words", 256, 5));
                assertThat(Wire.readRest(pair.server.expect(pair.chatType())))
                        .isEqualTo(chat(protocol, "other words", 0, 5));
            }
        }
    }

    @Nested
    class What_the_client_has_seen {

        @ParameterizedTest
        @MethodSource("infrarust.proxy.session.ConversationTest#counting")
        void is_told_to_the_server_when_a_message_or_command_is_swallowed(int protocol) throws Exception {
            bus.subscribe(
                    ChatMessageEvent.class,
                    event -> event.setResult(
                            new ChatMessageEvent.Result.Deny(Optional.of(Component.text("not that word")))));
            try (var pair = new Pair(protocol)) {
                pair.client.send(pair.chatType(), chat(protocol, "bad", 256, 7));
                assertThat(acknowledged(pair)).isEqualTo(7);
                assertThat(pair.told()).contains("not that word");
                pair.client.send(
                        PacketType.SERVERBOUND_PLAY_COMMAND_SIGNED,
                        command(protocol, PacketType.SERVERBOUND_PLAY_COMMAND_SIGNED, "hello", 1, 300));
                assertThat(acknowledged(pair)).isEqualTo(300);
                assertThat(run.poll(10, TimeUnit.SECONDS)).isNotNull();
            }
        }

        @Test
        void is_told_in_the_older_form_as_well() throws Exception {
            try (var pair = new Pair(760)) {
                byte[] hello = command(760, pair.commandType(), "hello", 0, 2);
                pair.client.send(pair.commandType(), hello);
                byte[] seen = Wire.readRest(pair.server.expect(PacketType.SERVERBOUND_PLAY_CHAT_ACKNOWLEDGEMENT));
                assertThat(seen).isEqualTo(Arrays.copyOfRange(hello, hello.length - seen.length, hello.length));
                assertThat(seen.length).isEqualTo(1 + 2 * (16 + 2 + 256) + 1);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {766, 770, 777})
        void survives_a_signed_command_that_becomes_an_unsigned_one(int protocol) throws Exception {
            bus.subscribe(
                    CommandExecuteEvent.class,
                    event -> event.setResult(new CommandExecuteEvent.Result.Modify("me sleeps")));
            try (var pair = new Pair(protocol)) {
                pair.client.send(
                        PacketType.SERVERBOUND_PLAY_COMMAND_SIGNED,
                        command(protocol, PacketType.SERVERBOUND_PLAY_COMMAND_SIGNED, "me waves", 1, 4));
                assertThat(acknowledged(pair)).isEqualTo(4);
                assertThat(pair.ordered()).isEqualTo("me sleeps");
            }
        }

        @Test
        void keeps_its_place_between_messages_that_wait() throws Exception {
            var thinking = new CountDownLatch(1);
            bus.subscribe(ChatMessageEvent.class, event -> {
                thinking.await();
                if (event.message().equals("second")) {
                    event.setResult(new ChatMessageEvent.Result.Deny(Optional.empty()));
                }
            });
            try (var pair = new Pair(771)) {
                pair.client.send(pair.chatType(), chat(771, "first", 0, 1));
                acknowledge(pair, 64);
                acknowledge(pair, 10);
                pair.client.send(pair.chatType(), chat(771, "second", 0, 2));
                acknowledge(pair, 5);
                pair.client.send(pair.chatType(), chat(771, "third", 0, 3));
                // What is no chat does not wait.
                pair.client.send(OPAQUE, (byte) 1);
                pair.server.expect(OPAQUE);
                thinking.countDown();
                assertThat(pair.heard()).isEqualTo("first");
                assertThat(acknowledged(pair)).isEqualTo(74);
                assertThat(acknowledged(pair)).isEqualTo(2);
                assertThat(acknowledged(pair)).isEqualTo(5);
                assertThat(pair.heard()).isEqualTo("third");
            }
        }

        private void acknowledge(Pair pair, int count) throws IOException {
            ByteBuf body = Unpooled.buffer();
            Wire.writeVarInt(body, count);
            pair.client.send(PacketType.SERVERBOUND_PLAY_CHAT_ACKNOWLEDGEMENT, Wire.readRest(body));
        }

        private int acknowledged(Pair pair) throws IOException {
            return Wire.readVarInt(pair.server.expect(PacketType.SERVERBOUND_PLAY_CHAT_ACKNOWLEDGEMENT));
        }
    }

    @Nested
    class A_plugin {

        @ParameterizedTest
        @MethodSource("infrarust.proxy.session.ConversationTest#bands")
        void hears_chat_and_commands_in_order_and_may_change_them(int protocol) throws Exception {
            var heard = new LinkedBlockingQueue<String>();
            bus.subscribe(ChatMessageEvent.class, event -> {
                heard.add(event.message());
                event.setResult(new ChatMessageEvent.Result.Modify(event.message() + "!"));
            });
            bus.subscribe(CommandExecuteEvent.class, event -> {
                heard.add("/" + event.command());
                if (event.command().startsWith("tp")) {
                    event.setResult(new CommandExecuteEvent.Result.Modify("spawn"));
                }
            });
            try (var pair = new Pair(protocol)) {
                pair.say("one");
                pair.order("tp 1 2 3");
                pair.say("two");
                pair.order("list");
                assertThat(pair.heard()).isEqualTo("one!");
                assertThat(pair.ordered()).endsWith("spawn");
                assertThat(pair.heard()).isEqualTo("two!");
                assertThat(pair.ordered()).endsWith("list");
                assertThat(heard).containsExactly("one", "/tp 1 2 3", "two", "/list");
            }
        }

        @Test
        void may_send_a_command_of_the_proxy_to_the_server_and_another_to_the_proxy() throws Exception {
            bus.subscribe(
                    CommandExecuteEvent.class,
                    event -> event.setResult(
                            event.command().equals("hello")
                                    ? new CommandExecuteEvent.Result.ForwardToBackend()
                                    : new CommandExecuteEvent.Result.Modify("hello instead")));
            try (var pair = new Pair(775)) {
                pair.order("hello");
                assertThat(pair.ordered()).isEqualTo("hello");
                pair.order("whatever");
                CommandInvocation invocation = run.poll(10, TimeUnit.SECONDS);
                assertThat(invocation).isNotNull();
                assertThat(invocation.raw()).isEqualTo("instead");
            }
        }

        @Test
        void that_thinks_long_makes_no_more_than_a_few_messages_wait() throws Exception {
            var thinking = new CountDownLatch(1);
            bus.subscribe(ChatMessageEvent.class, event -> thinking.await());
            try (var pair = new Pair(762)) {
                for (int i = 0; i < WaitingWords.MOST_SAID + 2; i++) {
                    pair.client.send(pair.chatType(), chat(762, "message " + i, 0, 1));
                }
                assertThat(pair.told()).contains("Wait for the last one");
                thinking.countDown();
                for (int i = 0; i < WaitingWords.MOST_SAID + 1; i++) {
                    assertThat(pair.heard()).isEqualTo("message " + i);
                }
                assertThat(Wire.readVarInt(pair.server.expect(PacketType.SERVERBOUND_PLAY_CHAT_ACKNOWLEDGEMENT)))
                        .isEqualTo(1);
            }
        }

        @Test
        void never_sees_a_message_that_is_too_long_and_the_player_is_told_why_it_leaves() throws Exception {
            var heard = new LinkedBlockingQueue<ChatMessageEvent>();
            bus.subscribe(ChatMessageEvent.class, heard::add);
            try (var pair = new Pair(765)) {
                pair.say("x".repeat(257));
                assertThat(pair.client
                                .expect(PacketType.CLIENTBOUND_PLAY_DISCONNECT)
                                .toString(StandardCharsets.UTF_8))
                        .contains("256 characters");
                assertThat(heard).isEmpty();
            }
        }

        @Test
        void never_sees_a_message_that_is_malformed_and_the_connection_closes() throws Exception {
            bus.subscribe(ChatMessageEvent.class, event -> {});
            try (var pair = new Pair(765)) {
                pair.client.send(pair.chatType(), (byte) 100, (byte) 'a');
                assertThat(pair.client.isAtEnd()).isTrue();
            }
        }
    }

    @Nested
    class A_packet_that_is_not_written_as_clients_write_it {

        @ParameterizedTest
        @ValueSource(ints = {-1, 0, 256})
        void is_shown_to_plugins_whatever_the_length_of_its_id(int threshold) throws Exception {
            var heard = new LinkedBlockingQueue<String>();
            bus.subscribe(ChatMessageEvent.class, event -> {
                heard.add(event.message());
                event.setResult(new ChatMessageEvent.Result.Deny(Optional.empty()));
            });
            try (var pair = new Pair(765, threshold, Optional.empty())) {
                for (int bytes = 1; bytes <= Wire.MAX_VAR_INT_BYTES; bytes++) {
                    ByteBuf packet = longId(pair.client.ids().id(pair.chatType()), bytes);
                    packet.writeBytes(chat(765, "hidden " + bytes, 0, 0));
                    pair.client.sendRaw(pair.client.frame(packet));
                    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("hidden " + bytes);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 256})
        void does_not_pass_plugins_because_of_what_has_been_appended_to_it(int threshold) throws Exception {
            bus.subscribe(ChatMessageEvent.class, event -> {});
            try (var pair = new Pair(765, threshold, Optional.empty())) {
                byte[] chat = chat(765, "hidden", 0, 0);
                pair.client.send(pair.chatType(), Arrays.copyOf(chat, Conversation.MAX_PACKET + 100));
                assertThat(pair.server.isAtEnd()).isTrue();
            }
        }

        @Test
        void does_not_pass_plugins_where_frames_are_put_into_another_form_either() throws Exception {
            bus.subscribe(ChatMessageEvent.class, event -> {});
            start(true, OptionalInt.of(300), "127.0.0.1:" + listening.getLocalPort());
            try (var pair = new Pair(765, 256, Optional.empty())) {
                byte[] chat = chat(765, "hidden", 0, 0);
                pair.client.send(pair.chatType(), Arrays.copyOf(chat, Conversation.MAX_PACKET + 100));
                assertThat(pair.server.isAtEnd()).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 256})
        void passes_unread_when_it_is_a_long_message_of_a_mod(int threshold) throws Exception {
            try (var pair = new Pair(765, threshold, Optional.empty())) {
                byte[] message = new byte[300_000];
                message[0] = 3;
                Arrays.fill(message, 1, 4, (byte) 'a');
                pair.client.send(PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE, message);
                assertThat(Wire.readRest(pair.server.expect(PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE)))
                        .isEqualTo(message);
            }
        }

        private ByteBuf longId(int id, int bytes) {
            ByteBuf packet = Unpooled.buffer();
            for (int i = 1; i < bytes; i++) {
                packet.writeByte(i == 1 ? id | 0x80 : 0x80);
            }
            return packet.writeByte(bytes == 1 ? id : 0);
        }
    }

    @Nested
    class A_server_that_configures_the_client_anew {

        @Test
        void does_not_hear_in_the_configuration_what_plugins_had_to_think_about() throws Exception {
            var thinking = new CountDownLatch(1);
            var asked = new CountDownLatch(1);
            bus.subscribe(ChatMessageEvent.class, event -> {
                asked.countDown();
                thinking.await();
            });
            try (var pair = new Pair(765)) {
                pair.say("before");
                assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
                pair.server.send(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                pair.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                pair.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                pair.server.expect(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                thinking.countDown();
                TwoServers.settle(players.all().iterator().next());
                pair.client.send(PacketType.SERVERBOUND_CONFIGURATION_KEEP_ALIVE, new byte[8]);
                pair.server.expect(PacketType.SERVERBOUND_CONFIGURATION_KEEP_ALIVE);
                pair.server.send(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
                pair.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
                pair.client.send(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
                pair.server.expect(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
                pair.say("after");
                assertThat(pair.heard()).isEqualTo("after");
            }
        }
    }

    @Nested
    class Completion {

        @ParameterizedTest
        @MethodSource("infrarust.proxy.session.ConversationTest#bands")
        void of_the_proxys_commands_is_the_proxys(int protocol) throws Exception {
            try (var pair = new Pair(protocol)) {
                ask(pair, 9, "/Hello bi");
                if (protocol < ProtocolVersion.V1_13) {
                    assertThat(pair.client.expect(TabWords.LAYOUT).words()).containsExactly("after-bi", "told");
                } else {
                    ByteBuf answer = pair.client.expect(PacketType.CLIENTBOUND_PLAY_TAB_COMPLETE_RESPONSE);
                    assertThat(Wire.readVarInt(answer)).isEqualTo(9);
                    assertThat(Wire.readVarInt(answer)).isEqualTo(7);
                    assertThat(Wire.readVarInt(answer)).isEqualTo(2);
                    assertThat(Wire.readVarInt(answer)).isEqualTo(2);
                    assertThat(Wire.readString(answer, 100)).isEqualTo("after-bi");
                    assertThat(answer.readBoolean()).isFalse();
                    assertThat(Wire.readString(answer, 100)).isEqualTo("told");
                    assertThat(answer.readBoolean()).isTrue();
                    assertThat(answer.toString(StandardCharsets.UTF_8)).contains("more");
                }
                ask(pair, 10, "/give B");
                ByteBuf question = pair.server.expect(PacketType.SERVERBOUND_PLAY_TAB_COMPLETE_REQUEST);
                assertThat(question.toString(StandardCharsets.UTF_8)).contains("/give B");
                pair.server.send(
                        PacketType.CLIENTBOUND_PLAY_TAB_COMPLETE_RESPONSE, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
                pair.client.expect(PacketType.CLIENTBOUND_PLAY_TAB_COMPLETE_RESPONSE);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {5, 47, 340})
        void of_a_name_has_the_servers_and_the_proxys_in_one_list(int protocol) throws Exception {
            try (var pair = new Pair(protocol)) {
                ask(pair, 0, "/H");
                pair.server.expect(PacketType.SERVERBOUND_PLAY_TAB_COMPLETE_REQUEST);
                pair.server.send(TabWords.LAYOUT, new TabWords(List.of("/help", "/hi")));
                assertThat(pair.client.expect(TabWords.LAYOUT).words()).containsExactly("/help", "/hi", "/hello");
                // Only the answer to the question.
                pair.server.send(TabWords.LAYOUT, new TabWords(List.of("/other")));
                assertThat(pair.client.expect(TabWords.LAYOUT).words()).containsExactly("/other");
            }
        }

        @Test
        void of_a_name_is_the_servers_alone_where_commands_are_not_announced() throws Exception {
            start(false, "127.0.0.1:" + listening.getLocalPort());
            try (var pair = new Pair(340)) {
                ask(pair, 0, "/h");
                pair.server.expect(PacketType.SERVERBOUND_PLAY_TAB_COMPLETE_REQUEST);
                pair.server.send(TabWords.LAYOUT, new TabWords(List.of("/help")));

                assertThat(pair.client.expect(TabWords.LAYOUT).words()).containsExactly("/help");
            }
        }

        private void ask(Pair pair, int id, String text) throws IOException {
            ByteBuf body = Unpooled.buffer();
            if (pair.protocol >= ProtocolVersion.V1_13) {
                Wire.writeVarInt(body, id);
            }
            Wire.writeString(body, text);
            if (pair.protocol >= 107 && pair.protocol < ProtocolVersion.V1_13) {
                body.writeBoolean(false);
            }
            if (pair.protocol >= 47 && pair.protocol < ProtocolVersion.V1_13) {
                body.writeBoolean(false);
            }
            pair.client.send(PacketType.SERVERBOUND_PLAY_TAB_COMPLETE_REQUEST, Wire.readRest(body));
        }
    }

    @Nested
    class The_servers_tree {

        @ParameterizedTest
        @ValueSource(ints = {393, 754, 759, 762, 765, 766, 775, 777})
        void gets_the_commands_that_the_player_may_use(int protocol) throws Exception {
            for (int threshold : new int[] {-1, 64}) {
                try (var pair = new Pair(protocol, threshold, Optional.empty())) {
                    ByteBuf tree = CommandTree.of(
                            List.of(CommandNode.ofAnything("help")),
                            pair.client.ids(),
                            Unpooled.buffer().alloc());
                    Wire.readVarInt(tree);
                    byte[] body = Wire.readRest(tree);
                    tree.release();
                    pair.server.send(PacketType.CLIENTBOUND_PLAY_COMMANDS, body);
                    String extended = pair.client
                            .expect(PacketType.CLIENTBOUND_PLAY_COMMANDS)
                            .toString(StandardCharsets.ISO_8859_1);
                    assertThat(extended).contains("help", "hello", "hi").doesNotContain("secret", "tester:");
                    pair.server.send(OPAQUE, new byte[5000]);
                    assertThat(pair.client.expect(OPAQUE).readableBytes()).isEqualTo(5000);
                }
            }
        }

        @Test
        void passes_as_it_came_when_it_is_none_or_when_the_commands_are_not_to_be_shown() throws Exception {
            byte[] noTree = {3, 9, 9, 9, 9};
            try (var pair = new Pair(765)) {
                pair.server.send(PacketType.CLIENTBOUND_PLAY_COMMANDS, noTree);
                assertThat(Wire.readRest(pair.client.expect(PacketType.CLIENTBOUND_PLAY_COMMANDS)))
                        .isEqualTo(noTree);
            }
            start(false, "127.0.0.1:" + listening.getLocalPort());
            byte[] root = {1, 0, 0, 0};
            try (var pair = new Pair(765)) {
                pair.server.send(PacketType.CLIENTBOUND_PLAY_COMMANDS, root);
                assertThat(Wire.readRest(pair.client.expect(PacketType.CLIENTBOUND_PLAY_COMMANDS)))
                        .isEqualTo(root);
            }
        }
    }

    @Nested
    class In_the_limbo {

        @Test
        void commands_of_the_proxy_are_run_and_the_rest_is_the_limbos() throws Exception {
            start(true);
            var packets = new LinkedBlockingQueue<Integer>();
            bus.subscribe(PostLoginEvent.class, event -> {});
            try (var client = dial(340, Optional.empty())) {
                client.threshold(client.expect(SetCompression.LAYOUT).threshold());
                client.expect(LoginSuccess.LAYOUT);
                LimboClient entered = limbo.poll(10, TimeUnit.SECONDS);
                assertThat(entered).isNotNull();
                entered.eventLoop()
                        .submit(() -> entered.onPacket((id, body) -> packets.add(id)))
                        .sync();
                int chat = client.ids().id(PacketType.SERVERBOUND_PLAY_CHAT_LEGACY);
                client.send(chat, command(340, PacketType.SERVERBOUND_PLAY_CHAT_LEGACY, "hello", 0, 0));
                assertThat(run.poll(10, TimeUnit.SECONDS)).isNotNull();
                client.send(chat, chat(340, "anybody here?", 0, 0));
                assertThat(packets.poll(10, TimeUnit.SECONDS)).isEqualTo(chat);
                bus.subscribe(ChatMessageEvent.class, event -> {});
                client.send(chat, chat(340, "really nobody?", 0, 0));
                assertThat(packets.poll(10, TimeUnit.SECONDS)).isEqualTo(chat);
            }
        }
    }
}
