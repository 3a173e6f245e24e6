package infrarust.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.session.TwoServers.Bob;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes with a player from one server to the next, and what does not. */
class LeftoversTest {

    private static final UUID ALICE = new UUID(1, 2);
    private static final UUID CAROL = new UUID(3, 4);

    private TwoServers proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new TwoServers();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private static byte[] bytes(Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer();
        writer.accept(out);
        return Wire.readRest(out);
    }

    @Nested
    class Of_the_old_server {

        private static void profile(ByteBuf out, UUID player) {
            Wire.writeUuid(out, player);
            Wire.writeString(out, "Somebody");
            Wire.writeVarInt(out, 1);
            Wire.writeString(out, "textures");
            Wire.writeString(out, "abc");
            out.writeBoolean(true);
            Wire.writeString(out, "signature");
        }

        private static void legacyEntry(ByteBuf out, int protocol, UUID player) {
            profile(out, player);
            out.writeByte(1).writeByte(50).writeBoolean(true);
            Wire.writeString(out, "{\"text\":\"x\"}");
            if (protocol == 759 || protocol == 760) {
                out.writeBoolean(true)
                        .writeLong(1)
                        .writeByte(1)
                        .writeByte(7)
                        .writeByte(2)
                        .writeShort(7);
            }
        }

        private static void entry(ByteBuf out, UUID player) {
            profile(out, player);
            out.writeBoolean(true)
                    .writeBytes(new byte[24])
                    .writeByte(1)
                    .writeByte(7)
                    .writeByte(2)
                    .writeShort(7);
            out.writeByte(1).writeBoolean(true).writeByte(50).writeBoolean(true);
            Wire.writeString(out, "{\"text\":\"x\"}");
        }

        @ParameterizedTest
        @ValueSource(ints = {47, 340, 393, 578, 754, 758, 759, 760})
        void the_entries_of_the_tab_list_go(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                bob.server.send(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY, bytes(out -> {
                    out.writeByte(0).writeByte(2);
                    legacyEntry(out, protocol, ALICE);
                    legacyEntry(out, protocol, CAROL);
                }));
                bob.server.send(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY, bytes(out -> {
                    out.writeByte(4).writeByte(1);
                    Wire.writeUuid(out, ALICE);
                }));
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY);
                switches(bob);
                assertThat(Wire.readRest(bob.client.expect(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY)))
                        .isEqualTo(bytes(out -> {
                            out.writeByte(4).writeByte(1);
                            Wire.writeUuid(out, CAROL);
                        }));
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {761, 762, 763})
        void the_entries_of_the_tab_list_go_since_1_19_3(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                bob.server.send(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_UPDATE, bytes(out -> {
                    out.writeByte(0x3F).writeByte(2);
                    entry(out, ALICE);
                    entry(out, CAROL);
                }));
                bob.server.send(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_REMOVE, bytes(out -> {
                    out.writeByte(1);
                    Wire.writeUuid(out, ALICE);
                }));
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_UPDATE);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_REMOVE);
                switches(bob);
                assertThat(Wire.readRest(bob.client.expect(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_REMOVE)))
                        .isEqualTo(bytes(out -> {
                            out.writeByte(1);
                            Wire.writeUuid(out, CAROL);
                        }));
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {4, 5})
        void the_names_in_the_tab_list_go(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                byte[] there = bytes(out -> {
                    Wire.writeString(out, "Alice");
                    out.writeBoolean(true).writeShort(50);
                });
                bob.server.send(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY, there);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY);
                switches(bob);
                assertThat(Wire.readRest(bob.client.expect(PacketType.CLIENTBOUND_PLAY_PLAYER_INFO_LEGACY)))
                        .isEqualTo(bytes(out -> {
                            Wire.writeString(out, "Alice");
                            out.writeBoolean(false).writeShort(0);
                        }));
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {110, 340, 393, 754, 755, 763})
        void boss_bars_titles_header_and_footer_go(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                for (UUID bar : new UUID[] {ALICE, CAROL}) {
                    bob.server.send(PacketType.CLIENTBOUND_PLAY_BOSS_BAR, bytes(out -> {
                        Wire.writeUuid(out, bar);
                        out.writeByte(0);
                        Wire.writeString(out, "{\"text\":\"x\"}");
                    }));
                    bob.client.expect(PacketType.CLIENTBOUND_PLAY_BOSS_BAR);
                }
                bob.server.send(PacketType.CLIENTBOUND_PLAY_BOSS_BAR, bytes(out -> {
                    Wire.writeUuid(out, ALICE);
                    out.writeByte(1);
                }));
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_BOSS_BAR);
                switches(bob);
                assertThat(Wire.readRest(bob.client.expect(PacketType.CLIENTBOUND_PLAY_BOSS_BAR)))
                        .isEqualTo(bytes(out -> {
                            Wire.writeUuid(out, CAROL);
                            out.writeByte(1);
                        }));
                if (protocol >= ProtocolVersion.V1_17) {
                    assertThat(bob.client
                                    .expect(PacketType.CLIENTBOUND_PLAY_CLEAR_TITLES)
                                    .readBoolean())
                            .isTrue();
                } else {
                    assertThat(bob.client
                                    .expect(PacketType.CLIENTBOUND_PLAY_TITLE_LEGACY)
                                    .readByte())
                            .isEqualTo((byte) (protocol < 315 ? 4 : 5));
                }
                ByteBuf header = bob.client.expect(PacketType.CLIENTBOUND_PLAY_TAB_LIST_HEADER);
                assertThat(header.toString(StandardCharsets.UTF_8)).doesNotContain("x\"}");
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {765, 766, 777})
        void resource_packs_go(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                for (UUID pack : new UUID[] {ALICE, CAROL}) {
                    bob.server.send(
                            PacketType.CLIENTBOUND_PLAY_ADD_RESOURCE_PACK, bytes(out -> Wire.writeUuid(out, pack)));
                    bob.client.expect(PacketType.CLIENTBOUND_PLAY_ADD_RESOURCE_PACK);
                }
                bob.server.send(PacketType.CLIENTBOUND_PLAY_REMOVE_RESOURCE_PACK, bytes(out -> {
                    out.writeBoolean(true);
                    Wire.writeUuid(out, ALICE);
                }));
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_REMOVE_RESOURCE_PACK);
                switches(bob);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                assertThat(Wire.readRest(bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_REMOVE_RESOURCE_PACK)))
                        .isEqualTo(bytes(out -> {
                            out.writeBoolean(true);
                            Wire.writeUuid(out, CAROL);
                        }));
                bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
            }
        }

        private void switches(Bob bob) throws IOException {
            bob.player.connect("games");
            var games = bob.letInto(proxy.games, -1);
            if (TwoServers.configures(bob.ids)) {
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
            } else {
                games.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, JoinGames.body(bob.ids.protocol(), "x"));
            }
        }
    }

    @Nested
    class Of_the_client {

        private static byte[] message(String channel, String content) {
            return bytes(out -> {
                Wire.writeString(out, channel);
                out.writeBytes(content.getBytes(StandardCharsets.UTF_8));
            });
        }

        @Test
        void settings_brand_and_channels_are_told_to_the_next_server() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                byte[] settings = {5, 'd', 'e', '_', 'd', 'e', 9, 0, 1, 127, 1, 0, 1};
                byte[] brand = message("minecraft:brand", "\7vanilla");
                bob.client.send(PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION, settings);
                bob.client.send(PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE, brand);
                bob.client.send(
                        PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE, message("minecraft:register", "a:b\0c:d\0e:f"));
                bob.client.send(PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE, message("minecraft:unregister", "c:d"));
                bob.server.expect(PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION);
                for (int i = 0; i < 3; i++) {
                    bob.server.expect(PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE);
                }
                bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                assertThat(Wire.readRest(games.expect(PacketType.SERVERBOUND_CONFIGURATION_PLUGIN_MESSAGE)))
                        .isEqualTo(brand);
                assertThat(Wire.readRest(games.expect(PacketType.SERVERBOUND_CONFIGURATION_CLIENT_INFORMATION)))
                        .isEqualTo(settings);
                bob.goes(games, "x");
                assertThat(Wire.readRest(games.expect(PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE)))
                        .isEqualTo(message("minecraft:register", "a:b\0e:f"));
                bob.playsOn();
            }
        }

        @Test
        void what_it_said_in_the_configuration_counts_too() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                games.send(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS, (byte) 0);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_START_CONFIGURATION);
                bob.client.send(PacketType.SERVERBOUND_PLAY_ACK_CONFIGURATION);
                bob.client.expect(PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS);
                bob.client.send(PacketType.SERVERBOUND_CONFIGURATION_CLIENT_INFORMATION, new byte[12]);
                games.expect(PacketType.SERVERBOUND_CONFIGURATION_CLIENT_INFORMATION);
                bob.configure(games);
                games.send(PacketType.CLIENTBOUND_PLAY_JOIN_GAME, new byte[10]);
                bob.client.expect(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
                bob.player.connect("lobby");
                assertThat(bob.letInto(proxy.lobby, -1)
                                .expect(PacketType.SERVERBOUND_CONFIGURATION_CLIENT_INFORMATION)
                                .readableBytes())
                        .isEqualTo(12);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {5, 47, 340, 763})
        void before_the_configuration_state_it_is_told_in_the_game(int protocol) throws Exception {
            try (Bob bob = proxy.new Bob(protocol)) {
                String length = protocol < 47 ? "\0\3" : "";
                String register = protocol < 393 ? "REGISTER" : "minecraft:register";
                bob.client.send(PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION, new byte[8]);
                bob.client.send(PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE, message(register, length + "a:b"));
                bob.player.connect("games");
                bob.goes(bob.letInto(proxy.games, -1), "x");
                bob.server.expect(PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION);
                assertThat(Wire.readRest(bob.server.expect(PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE)))
                        .isEqualTo(message(register, length + "a:b"));
            }
        }

        @Test
        void too_much_is_not_remembered() throws Exception {
            try (Bob bob = proxy.new Bob(765)) {
                bob.client.send(PacketType.SERVERBOUND_PLAY_CLIENT_INFORMATION, new byte[5000]);
                for (int i = 0; i < 300; i++) {
                    bob.client.send(
                            PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE,
                            message("minecraft:register", "a:" + i + "b".repeat(60)));
                }
                bob.player.connect("games");
                var games = bob.letInto(proxy.games, -1);
                bob.goes(games, "x");
                ByteBuf told = games.expect(PacketType.SERVERBOUND_PLAY_PLUGIN_MESSAGE);
                assertThat(told.readableBytes()).isBetween(15_000, 17_000);
                bob.playsOn();
            }
        }
    }
}
