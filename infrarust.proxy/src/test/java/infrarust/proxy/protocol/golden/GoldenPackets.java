package infrarust.proxy.protocol.golden;

import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.nbt.Tag;
import infrarust.proxy.protocol.packet.Abilities;
import infrarust.proxy.protocol.packet.BossBarChange;
import infrarust.proxy.protocol.packet.BossBarChange.Change;
import infrarust.proxy.protocol.packet.CenterChunk;
import infrarust.proxy.protocol.packet.ChatAcknowledgement;
import infrarust.proxy.protocol.packet.ChatCommand;
import infrarust.proxy.protocol.packet.ChatLine;
import infrarust.proxy.protocol.packet.ChatMessage;
import infrarust.proxy.protocol.packet.ChunkBatchFinished;
import infrarust.proxy.protocol.packet.ClearTitles;
import infrarust.proxy.protocol.packet.ClientInformation;
import infrarust.proxy.protocol.packet.CookieRequest;
import infrarust.proxy.protocol.packet.CookieResponse;
import infrarust.proxy.protocol.packet.Disconnect;
import infrarust.proxy.protocol.packet.EmptyChunk;
import infrarust.proxy.protocol.packet.EncryptionRequest;
import infrarust.proxy.protocol.packet.EncryptionResponse;
import infrarust.proxy.protocol.packet.FeatureFlags;
import infrarust.proxy.protocol.packet.GameEvent;
import infrarust.proxy.protocol.packet.Handshake;
import infrarust.proxy.protocol.packet.Health;
import infrarust.proxy.protocol.packet.JoinGame;
import infrarust.proxy.protocol.packet.KeepAlive;
import infrarust.proxy.protocol.packet.KnownPacks;
import infrarust.proxy.protocol.packet.LoginCookieRequest;
import infrarust.proxy.protocol.packet.LoginCookieResponse;
import infrarust.proxy.protocol.packet.LoginDisconnect;
import infrarust.proxy.protocol.packet.LoginPluginRequest;
import infrarust.proxy.protocol.packet.LoginPluginResponse;
import infrarust.proxy.protocol.packet.LoginStart;
import infrarust.proxy.protocol.packet.LoginSuccess;
import infrarust.proxy.protocol.packet.Marker;
import infrarust.proxy.protocol.packet.NamedWorld;
import infrarust.proxy.protocol.packet.NumberedWorld;
import infrarust.proxy.protocol.packet.Place;
import infrarust.proxy.protocol.packet.PlayerPosition;
import infrarust.proxy.protocol.packet.PluginMessage;
import infrarust.proxy.protocol.packet.RegistryEntries;
import infrarust.proxy.protocol.packet.RegistryTags;
import infrarust.proxy.protocol.packet.ResourcePackOffer;
import infrarust.proxy.protocol.packet.ResourcePackRemoval;
import infrarust.proxy.protocol.packet.ResourcePackResponse;
import infrarust.proxy.protocol.packet.SetCompression;
import infrarust.proxy.protocol.packet.SpawnPosition;
import infrarust.proxy.protocol.packet.StoreCookie;
import infrarust.proxy.protocol.packet.TabListHeader;
import infrarust.proxy.protocol.packet.TabRequest;
import infrarust.proxy.protocol.packet.TabSuggestions;
import infrarust.proxy.protocol.packet.TabWords;
import infrarust.proxy.protocol.packet.TitleText;
import infrarust.proxy.protocol.packet.TitleTimes;
import infrarust.proxy.protocol.packet.Transfer;
import infrarust.proxy.protocol.text.TextDialect;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.event.ClickEvent;
import net.kyori.adventure.text.event.HoverEvent;
import net.kyori.adventure.text.format.NamedTextColor;
import net.kyori.adventure.text.format.TextColor;
import net.kyori.adventure.text.format.TextDecoration;

/**
 * The packets with golden vectors and what is in them. A packet is one entry here and one of the same name and content in the
 * generator ({@code e2e/golden/packets.js}).
 */
final class GoldenPackets {

    private static final String NAME = "Steve_0123456789";
    private static final UUID PLAYER = new UUID(0x0123456789abcdefL, 0xfedcba9876543210L);
    private static final byte[] KEY = ByteBufUtil.decodeHexDump("30819f0a0b0c");
    private static final byte[] BYTES = ByteBufUtil.decodeHexDump("00017f80ff");
    private static final byte[] SIGNATURE = ByteBufUtil.decodeHexDump("f0".repeat(130));
    private static final long LONG = 0x0123456789abcdefL;
    private static final int INT = 0x01234567;
    private static final byte[] NONE = {};
    private static final byte[] SIGNED = ByteBufUtil.decodeHexDump("5a".repeat(256));
    private static final long TIME = 1_234_567_890_123L;
    /** What 1.19.1 says that it has seen: one message, and a last one; the UUID is {@link #PLAYER}. */
    private static final byte[] SEEN = ByteBufUtil.decodeHexDump("01" + "0123456789abcdeffedcba9876543210"
            + "0500017f80ff" + "01" + "0123456789abcdeffedcba9876543210" + "0500017f80ff");

    private static final Place.Block BLOCK = new Place.Block(-1234567, -61, 7654321);

    /** What the proxy says about text, all in one. */
    static final Component TEXT = Component.text("Hä € \"<&'>\"", TextColor.color(0xFE5454))
            .decorate(TextDecoration.BOLD)
            .decoration(TextDecoration.ITALIC, false)
            .append(Component.translatable(
                    "chat.type.text", Component.text("Steve"), Component.text("hi", NamedTextColor.GRAY)))
            .append(Component.text("site", NamedTextColor.AQUA)
                    .insertion("ins")
                    .clickEvent(ClickEvent.openUrl("https://example.org/a?b=c&d"))
                    .hoverEvent(HoverEvent.showText(Component.text("go", NamedTextColor.GREEN))))
            .append(Component.text("say").clickEvent(ClickEvent.suggestCommand("/say ")));

    /**
     * One packet.
     *
     * @param name in the vectors
     * @param layout that writes it
     * @param content what is in it, by protocol number
     * @param use what the layout does
     * @param since the first protocol number that it is used for
     */
    record GoldenPacket<T>(String name, PacketLayout<T> layout, IntFunction<T> content, Use use, int since) {

        GoldenPacket<T> since(int protocol) {
            return new GoldenPacket<>(name, layout, content, use, protocol);
        }

        GoldenPacket<T> only(Use other) {
            return new GoldenPacket<>(name, layout, content, other, since);
        }
    }

    /** What a layout does. */
    enum Use {
        /** Reads and writes, the same bytes. */
        BOTH,
        /** Only writes. */
        WRITTEN,
        /** Reads the beginning, or only what the proxy wants to know. */
        READ
    }

    static final List<GoldenPacket<?>> ALL = List.of(
            of("handshake", Handshake.LAYOUT, new Handshake(775, "play.example.org\0FML3\0", 65_535, 2)),
            of("status_request", Marker.STATUS_REQUEST, Marker.MARKER),
            of("login_start", LoginStart.LAYOUT, new LoginStart(NAME, Optional.empty(), Optional.of(PLAYER))),
            of(
                    "login_start.key",
                    LoginStart.LAYOUT,
                    new LoginStart(NAME, Optional.of(new LoginStart.Key(LONG, KEY, SIGNATURE)), Optional.empty())),
            of("encryption_request", EncryptionRequest.LAYOUT, new EncryptionRequest("abc", SIGNATURE, BYTES, true)),
            of(
                    "encryption_response",
                    EncryptionResponse.LAYOUT,
                    new EncryptionResponse(SIGNATURE, new EncryptionResponse.Proof.Token(BYTES))),
            of(
                    "encryption_response.salted",
                    EncryptionResponse.LAYOUT,
                    new EncryptionResponse(BYTES, new EncryptionResponse.Proof.Salted(LONG, SIGNATURE))),
            of(
                    "login_success",
                    LoginSuccess.LAYOUT,
                    new LoginSuccess(
                            PLAYER,
                            NAME,
                            List.of(
                                    new LoginSuccess.Property("textures", "dGV4dHVyZXM=", Optional.of("c2lnbmF0dXJl")),
                                    new LoginSuccess.Property("forgeClient", "true", Optional.empty())),
                            new UUID(LONG, 2))),
            of("set_compression", SetCompression.LAYOUT, new SetCompression(256)),
            byVersion(
                    "login_disconnect",
                    LoginDisconnect.LAYOUT,
                    protocol -> new LoginDisconnect(TextDialect.at(protocol).json(TEXT))),
            of(
                    "login_plugin_request",
                    LoginPluginRequest.LAYOUT,
                    new LoginPluginRequest(INT, "velocity:player_info", BYTES)),
            of("login_plugin_response", LoginPluginResponse.LAYOUT, new LoginPluginResponse(INT, Optional.of(BYTES))),
            of(
                    "login_plugin_response.not_understood",
                    LoginPluginResponse.LAYOUT,
                    new LoginPluginResponse(1, Optional.empty())),
            of("login_cookie_request", LoginCookieRequest.LAYOUT, new LoginCookieRequest("example:token")),
            of(
                    "login_cookie_response",
                    LoginCookieResponse.LAYOUT,
                    new LoginCookieResponse("example:token", Optional.of(BYTES))),
            of(
                    "login_cookie_response.none",
                    LoginCookieResponse.LAYOUT,
                    new LoginCookieResponse("example:token", Optional.empty())),
            of("configuration_disconnect", Disconnect.CONFIGURATION, new Disconnect(TEXT)),
            of("play_disconnect", Disconnect.PLAY, new Disconnect(TEXT)),
            of("chat_line", ChatLine.CHAT, new ChatLine(TEXT)),
            of("system_chat_line", ChatLine.SYSTEM_CHAT, new ChatLine(TEXT)),
            byVersion(
                    "keep_alive_to_client",
                    KeepAlive.PLAY_CLIENTBOUND,
                    protocol -> new KeepAlive(protocol < ProtocolVersion.V1_12_2 ? INT : LONG)),
            of("keep_alive_to_server", KeepAlive.PLAY_SERVERBOUND, new KeepAlive(-5)),
            of("configuration_keep_alive_to_client", KeepAlive.CONFIGURATION_CLIENTBOUND, new KeepAlive(LONG)),
            of("configuration_keep_alive_to_server", KeepAlive.CONFIGURATION_SERVERBOUND, new KeepAlive(LONG)),
            of(
                    "configuration_plugin_message",
                    PluginMessage.CONFIGURATION_CLIENTBOUND,
                    PluginMessage.brand("Infrarust")),
            of(
                    "known_packs_to_client",
                    KnownPacks.CLIENTBOUND,
                    new KnownPacks(List.of(
                            new KnownPacks.Pack("minecraft", "core", "1.21.11"), new KnownPacks.Pack("a", "b", "")))),
            of(
                    "known_packs_to_server",
                    KnownPacks.SERVERBOUND,
                    new KnownPacks(List.of(new KnownPacks.Pack("minecraft", "core", "26.1")))),
            of(
                    "registry_entries",
                    RegistryEntries.LAYOUT,
                    new RegistryEntries(
                            "minecraft:dimension_type",
                            List.of(
                                    new RegistryEntries.Entry("minecraft:overworld", Optional.empty()),
                                    new RegistryEntries.Entry("infrarust:void", Optional.of(dimension()))))),
            of(
                    "registry_entries.known",
                    RegistryEntries.LAYOUT,
                    new RegistryEntries(
                            "minecraft:dimension_type",
                            List.of(new RegistryEntries.Entry("minecraft:overworld", Optional.empty())))),
            of(
                    "registry_tags",
                    RegistryTags.LAYOUT,
                    new RegistryTags(List.of(
                            new RegistryTags.OfRegistry(
                                    "minecraft:block",
                                    List.of(
                                            new RegistryTags.NamedTag("minecraft:wool", List.of(1, 300, 70_000)),
                                            new RegistryTags.NamedTag("a:empty", List.of()))),
                            new RegistryTags.OfRegistry("minecraft:fluid", List.of())))),
            of(
                    "feature_flags",
                    FeatureFlags.LAYOUT,
                    new FeatureFlags(List.of("minecraft:vanilla", "minecraft:trade_rebalance"))),
            of("finish_configuration", Marker.FINISH_CONFIGURATION, Marker.MARKER),
            of("join_game", JoinGame.LAYOUT, joinGame()),
            of(
                    "player_position",
                    PlayerPosition.LAYOUT,
                    new PlayerPosition(300, new PlayerPosition.Vector(0.5, 64.25, -1e6), -90.5f, 45)),
            of(
                    "spawn_position",
                    SpawnPosition.LAYOUT,
                    new SpawnPosition(new Place("minecraft:the_end", BLOCK), 12.5f, -3.25f)),
            of("center_chunk", CenterChunk.LAYOUT, new CenterChunk(-3, 70_000)),
            of("chunk_batch_start", Marker.CHUNK_BATCH_START, Marker.MARKER),
            of("chunk_batch_finished", ChunkBatchFinished.LAYOUT, new ChunkBatchFinished(300)),
            of("empty_chunk", EmptyChunk.LAYOUT, new EmptyChunk(-3, 70_000, 2, 5))
                    .only(Use.WRITTEN),
            of("game_event", GameEvent.LAYOUT, new GameEvent(3, 2.5f)),
            of("game_event.chunks_follow", GameEvent.LAYOUT, new GameEvent(GameEvent.CHUNKS_FOLLOW, 0)),
            of(
                    "abilities",
                    Abilities.LAYOUT,
                    new Abilities(Abilities.INVULNERABLE | Abilities.FLYING | Abilities.MAY_FLY, 0.05f, 0.1f)),
            of("health", Health.LAYOUT, new Health(19.5f, 18, 5)),
            of("login_acknowledged", Marker.LOGIN_ACKNOWLEDGED, Marker.MARKER),
            of("start_configuration", Marker.START_CONFIGURATION, Marker.MARKER),
            of("bundle_delimiter", Marker.BUNDLE_DELIMITER, Marker.MARKER),
            byVersion("numbered_join_game", NumberedWorld.JOIN_GAME, GoldenPackets::numberedWorld)
                    .only(Use.READ),
            byVersion("numbered_respawn", NumberedWorld.RESPAWN, GoldenPackets::numberedWorld),
            byVersion("named_join_game", NamedWorld.JOIN_GAME, GoldenPackets::namedWorld)
                    .only(Use.READ),
            byVersion("named_respawn", NamedWorld.RESPAWN, GoldenPackets::namedWorld),
            of("chat_message", ChatMessage.LEGACY, new ChatMessage("Hä?", 0, 0, NONE, NONE)),
            byVersion(
                    "chat_message_keyed",
                    ChatMessage.KEYED,
                    protocol -> new ChatMessage("Hä?", TIME, LONG, SIGNATURE, tail(protocol))),
            byVersion(
                    "chat_message_session",
                    ChatMessage.SESSION,
                    protocol -> new ChatMessage("Hä?", TIME, LONG, SIGNED, tail(protocol))),
            byVersion(
                    "chat_message_session.unsigned",
                    ChatMessage.SESSION,
                    protocol -> new ChatMessage("Hä?", TIME, LONG, NONE, tail(protocol))),
            byVersion("command_keyed", ChatCommand.KEYED, protocol -> command(SIGNATURE, protocol)),
            byVersion("command_signed", ChatCommand.SIGNED, protocol -> command(SIGNED, protocol)),
            byVersion("command_signed.beside_unsigned", ChatCommand.SIGNED, protocol -> command(SIGNED, protocol)),
            of("command_unsigned", ChatCommand.UNSIGNED, ChatCommand.plain("say hi")),
            byVersion(
                    "chat_acknowledgement",
                    ChatAcknowledgement.LAYOUT,
                    protocol -> protocol < ProtocolVersion.V1_19_3
                            ? new ChatAcknowledgement(SEEN)
                            : ChatAcknowledgement.ofCount(300)),
            byVersion(
                            "tab_request",
                            TabRequest.LAYOUT,
                            protocol -> protocol < ProtocolVersion.V1_13
                                    ? new TabRequest(0, "/ms")
                                    : new TabRequest(300, "/ms"))
                    .only(Use.READ),
            of("tab_words", TabWords.LAYOUT, new TabWords(List.of("/msg", "Hä"))),
            of(
                            "tab_suggestions",
                            TabSuggestions.LAYOUT,
                            new TabSuggestions(
                                    300,
                                    1,
                                    2,
                                    List.of(
                                            new TabSuggestions.Word("msg", Optional.empty()),
                                            new TabSuggestions.Word("me", Optional.of(TEXT)))))
                    .since(ProtocolVersion.V1_13),
            of("title", TitleText.TITLE, new TitleText(TEXT)),
            of("subtitle", TitleText.SUBTITLE, new TitleText(TEXT)),
            of("action_bar", TitleText.ACTION_BAR, new TitleText(TEXT)),
            of("title_legacy", TitleText.LEGACY_TITLE, new TitleText(TEXT)),
            of("subtitle_legacy", TitleText.LEGACY_SUBTITLE, new TitleText(TEXT)),
            of("action_bar_legacy", TitleText.LEGACY_ACTION_BAR, new TitleText(TEXT)),
            of("action_bar_chat", TitleText.CHAT_ACTION_BAR, new TitleText(TEXT)),
            of("title_times", TitleTimes.LAYOUT, new TitleTimes(10, 300, 70_000)),
            of("title_times_legacy", TitleTimes.LEGACY, new TitleTimes(10, 300, 70_000)),
            of("clear_titles", ClearTitles.LAYOUT, new ClearTitles(false)),
            of("clear_titles_legacy", ClearTitles.LEGACY, new ClearTitles(false)),
            of("clear_titles_legacy.reset", ClearTitles.LEGACY, new ClearTitles(true)),
            of("tab_list_header", TabListHeader.LAYOUT, new TabListHeader(TEXT, TEXT)),
            bossBar("add", new Change.Add(TEXT, 0.5f, new BossBarChange.Style(6, 4), 7)),
            bossBar("remove", new Change.Remove()),
            bossBar("health", new Change.Health(0.25f)),
            bossBar("title", new Change.Title(TEXT)),
            bossBar("style", new Change.Restyle(new BossBarChange.Style(2, 1))),
            bossBar("flags", new Change.Flags(5)),
            byVersion("resource_pack", ResourcePackOffer.PLAY, GoldenPackets::resourcePack),
            of("resource_pack_removal", ResourcePackRemoval.PLAY, new ResourcePackRemoval(Optional.of(PLAYER))),
            of("resource_pack_removal.all", ResourcePackRemoval.PLAY, new ResourcePackRemoval(Optional.empty())),
            byVersion("resource_pack_response", ResourcePackResponse.PLAY, GoldenPackets::resourcePackResponse)
                    .only(Use.READ),
            byVersion(
                            "configuration_resource_pack_response",
                            ResourcePackResponse.CONFIGURATION,
                            GoldenPackets::resourcePackResponse)
                    .only(Use.READ),
            of("configuration_transfer", Transfer.CONFIGURATION, new Transfer("other.example.org", 25_566)),
            of("play_transfer", Transfer.PLAY, new Transfer("other.example.org", 25_566)),
            of("configuration_store_cookie", StoreCookie.CONFIGURATION, new StoreCookie("example:token", BYTES)),
            of("play_store_cookie", StoreCookie.PLAY, new StoreCookie("example:token", BYTES)),
            of("configuration_cookie_request", CookieRequest.CONFIGURATION, new CookieRequest("example:token")),
            of("play_cookie_request", CookieRequest.PLAY, new CookieRequest("example:token")),
            of(
                    "configuration_cookie_response",
                    CookieResponse.CONFIGURATION,
                    new CookieResponse("example:token", Optional.of(BYTES))),
            of(
                    "configuration_cookie_response.none",
                    CookieResponse.CONFIGURATION,
                    new CookieResponse("example:token", Optional.empty())),
            of("play_cookie_response", CookieResponse.PLAY, new CookieResponse("example:token", Optional.of(BYTES))),
            of("play_cookie_response.none", CookieResponse.PLAY, new CookieResponse("example:token", Optional.empty())),
            byVersion(
                    "configuration_client_information",
                    ClientInformation.CONFIGURATION,
                    GoldenPackets::clientInformation),
            byVersion("play_client_information", ClientInformation.PLAY, GoldenPackets::clientInformation),
            of("plugin_message_to_client", PluginMessage.PLAY_CLIENTBOUND, new PluginMessage("example:bytes", BYTES)),
            of("plugin_message_to_server", PluginMessage.PLAY_SERVERBOUND, new PluginMessage("example:bytes", BYTES)),
            of(
                    "configuration_plugin_message_to_server",
                    PluginMessage.CONFIGURATION_SERVERBOUND,
                    new PluginMessage("example:bytes", BYTES)));

    private GoldenPackets() {}

    private static <T> GoldenPacket<T> of(String name, PacketLayout<T> layout, T content) {
        return byVersion(name, layout, protocol -> content);
    }

    private static <T> GoldenPacket<T> byVersion(String name, PacketLayout<T> layout, IntFunction<T> content) {
        return new GoldenPacket<>(name, layout, content, Use.BOTH, 0);
    }

    private static GoldenPacket<BossBarChange> bossBar(String name, Change change) {
        return of("boss_bar." + name, BossBarChange.LAYOUT, new BossBarChange(PLAYER, change));
    }

    private static ResourcePackOffer resourcePack(int protocol) {
        boolean worded = protocol >= ProtocolVersion.V1_17;
        return new ResourcePackOffer(
                PLAYER,
                "https://example.org/pack.zip",
                "ab".repeat(20),
                worded,
                worded ? Optional.of(TEXT) : Optional.empty());
    }

    private static ResourcePackResponse resourcePackResponse(int protocol) {
        return new ResourcePackResponse(protocol < ProtocolVersion.V1_20_3 ? Optional.empty() : Optional.of(PLAYER), 3);
    }

    private static ClientInformation clientInformation(int protocol) {
        return new ClientInformation(
                "de_de",
                12,
                1,
                true,
                new ClientInformation.Looks(
                        0x7e,
                        protocol < ProtocolVersion.V1_9 ? 1 : 0,
                        protocol >= ProtocolVersion.V1_17,
                        protocol < ProtocolVersion.V1_18,
                        protocol < ProtocolVersion.V1_21_2 ? 0 : 2));
    }

    private static JoinGame joinGame() {
        return new JoinGame(
                new JoinGame.Game(
                        INT,
                        true,
                        List.of("minecraft:overworld", "minecraft:the_end"),
                        new JoinGame.Distances(1000, 10, 8),
                        new JoinGame.Rules(false, true, false)),
                new JoinGame.World(
                        3,
                        "minecraft:overworld",
                        LONG,
                        new JoinGame.Modes(2, 1),
                        new JoinGame.Shape(
                                true, false, Optional.of(new Place("minecraft:the_nether", BLOCK)), 300, -63)),
                false,
                true);
    }

    /** What stands behind the signature of a chat message. */
    private static byte[] tail(int protocol) {
        if (protocol >= ProtocolVersion.V1_19_3) {
            String checksum = protocol >= ProtocolVersion.V1_21_5 ? "07" : "";
            return ByteBufUtil.decodeHexDump("ac02" + "0102f3" + checksum);
        }
        String seen = protocol >= ProtocolVersion.V1_19_1 ? ByteBufUtil.hexDump(SEEN) : "";
        return ByteBufUtil.decodeHexDump("01" + seen);
    }

    private static ChatCommand command(byte[] signature, int protocol) {
        return new ChatCommand(
                "msg a b",
                TIME,
                LONG,
                List.of(new ChatCommand.ArgumentSignature("message", signature)),
                tail(protocol));
    }

    private static NumberedWorld numberedWorld(int protocol) {
        return new NumberedWorld(-1, protocol < 573 ? 0 : LONG, protocol < 477 ? 3 : 0, 2, "flat");
    }

    private static NamedWorld namedWorld(int protocol) {
        byte[] type = ByteBufUtil.decodeHexDump(
                protocol >= 751 && protocol < ProtocolVersion.V1_19
                        ? "0a0000" + "03000161" + "00000001" + "00"
                        : "13" + ByteBufUtil.hexDump("minecraft:overworld".getBytes(StandardCharsets.UTF_8)));
        return new NamedWorld(
                new NamedWorld.Dimension(type, "minecraft:lobby"),
                LONG,
                new JoinGame.Modes(2, 1),
                new JoinGame.Shape(
                        true,
                        false,
                        protocol < ProtocolVersion.V1_19
                                ? Optional.empty()
                                : Optional.of(new Place("minecraft:the_nether", BLOCK)),
                        protocol < 763 ? 0 : 300,
                        0));
    }

    private static Tag dimension() {
        Map<String, Tag> values = new LinkedHashMap<>();
        values.put("height", new Tag.OfInt(16));
        values.put("coordinate_scale", new Tag.OfDouble(1.5));
        values.put("has_skylight", new Tag.OfByte((byte) 1));
        values.put("infiniburn", new Tag.OfString("#a"));
        values.put(
                "tags",
                new Tag.OfList(List.of(
                        new Tag.OfCompound(Map.of("a", new Tag.OfInt(1))),
                        new Tag.OfCompound(Map.of("b", new Tag.OfInt(2))))));
        return new Tag.OfCompound(values);
    }
}
