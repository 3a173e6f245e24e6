package infrarust.proxy.limbo;

import static infrarust.proxy.limbo.FakeLimboClient.PACKETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.packet.KeepAlive;
import infrarust.proxy.protocol.packet.KnownPacks;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoidWorldTest {

    private final VoidWorld world = new VoidWorld(PACKETS, Runnable::run);
    private FakeLimboClient client = new FakeLimboClient(776);

    private static KnownPacks packs(String... versions) {
        return new KnownPacks(List.of(versions).stream()
                .map(version -> new KnownPacks.Pack("minecraft", "core", version))
                .toList());
    }

    private void use(int protocol) {
        client.close();
        client = new FakeLimboClient(protocol);
    }

    private void entersAndPlays() {
        world.enter(client);
        client.says(KnownPacks.SERVERBOUND, packs("26.2"));
        client.says(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void serves_1_20_5_to_the_newest_version() {
        assertThat(world.served()).extracting(ProtocolVersion::number).first().isEqualTo(766);
        assertThat(world.served()).last().isEqualTo(PACKETS.newest());
    }

    @Nested
    class A_client_that_enters {

        @Test
        void is_told_brand_features_and_packs_first_and_nothing_more_until_it_answers() {
            world.enter(client);

            assertThat(client.sent)
                    .containsExactly(
                            PacketType.CLIENTBOUND_CONFIGURATION_PLUGIN_MESSAGE,
                            PacketType.CLIENTBOUND_CONFIGURATION_FEATURE_FLAGS,
                            PacketType.CLIENTBOUND_CONFIGURATION_KNOWN_PACKS);
            assertThat(client.last(KnownPacks.CLIENTBOUND)).isEqualTo(packs("26.2"));
            assertThat(client.flushed).isTrue();
        }

        @Test
        void gets_registries_tags_and_the_end_of_the_configuration_once_it_has_answered() {
            world.enter(client);
            client.sent.clear();
            client.says(KnownPacks.SERVERBOUND, packs("26.2"));

            assertThat(client.sent.getFirst()).isEqualTo(PacketType.CLIENTBOUND_CONFIGURATION_REGISTRY_DATA);
            assertThat(client.sent)
                    .endsWith(
                            PacketType.CLIENTBOUND_CONFIGURATION_UPDATE_TAGS,
                            PacketType.CLIENTBOUND_CONFIGURATION_FINISH_CONFIGURATION);
            assertThat(client.flushed).isTrue();
        }

        @Test
        void is_put_into_the_world_once_it_has_acknowledged() {
            world.enter(client);
            client.says(KnownPacks.SERVERBOUND, packs("26.2"));
            client.sent.clear();
            client.says(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);

            assertThat(client.sent)
                    .startsWith(
                            PacketType.CLIENTBOUND_PLAY_JOIN_GAME,
                            PacketType.CLIENTBOUND_PLAY_ABILITIES,
                            PacketType.CLIENTBOUND_PLAY_SET_DEFAULT_SPAWN_POSITION,
                            PacketType.CLIENTBOUND_PLAY_PLAYER_POSITION,
                            PacketType.CLIENTBOUND_PLAY_SET_CENTER_CHUNK,
                            PacketType.CLIENTBOUND_PLAY_GAME_EVENT,
                            PacketType.CLIENTBOUND_PLAY_CHUNK_BATCH_START,
                            PacketType.CLIENTBOUND_PLAY_CHUNK)
                    .endsWith(
                            PacketType.CLIENTBOUND_PLAY_CHUNK,
                            PacketType.CLIENTBOUND_PLAY_CHUNK_BATCH_FINISHED,
                            PacketType.CLIENTBOUND_PLAY_UPDATE_HEALTH)
                    .hasSize(18);
            assertThat(client.flushed).isTrue();
        }

        @ParameterizedTest
        @ValueSource(ints = {766, 767, 768, 769, 770, 771, 772, 773, 774, 775, 776})
        void without_the_pack_gets_the_data_itself(int protocol) {
            use(protocol);
            world.enter(client);
            client.says(KnownPacks.SERVERBOUND, packs("another"));
            client.says(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);

            assertThat(client.kicked).isEmpty();
            assertThat(client.sent).contains(PacketType.CLIENTBOUND_PLAY_JOIN_GAME);
        }

        @Test
        void of_26_3_without_the_pack_is_told_that_it_cannot_be_served() {
            use(777);
            world.enter(client);
            client.says(KnownPacks.SERVERBOUND, packs());

            assertThat(client.kicked).contains("does not know the data of your version");
        }

        @Test
        void that_answers_twice_or_too_early_changes_nothing() {
            world.enter(client);
            client.says(PacketType.SERVERBOUND_CONFIGURATION_ACK_FINISH_CONFIGURATION);
            client.says(KnownPacks.SERVERBOUND, packs("26.2"));
            int sent = client.sent.size();
            client.says(KnownPacks.SERVERBOUND, packs("26.2"));

            assertThat(client.sent).hasSize(sent);
        }

        @Test
        void that_lies_about_the_number_of_its_packs_is_malformed() {
            world.enter(client);

            assertThatThrownBy(() ->
                            client.saysGarbage(client.packetIds().id(PacketType.SERVERBOUND_CONFIGURATION_KNOWN_PACKS)))
                    .isInstanceOf(MalformedPacketException.class);
        }

        @Test
        void and_never_acknowledges_is_let_go_after_ten_seconds() {
            world.enter(client);
            client.says(KnownPacks.SERVERBOUND, packs("26.2"));
            client.pass(Duration.ofMillis(9_900));
            assertThat(client.kicked).isEmpty();
            client.pass(Duration.ofMillis(100));

            assertThat(client.kicked).contains("too long");
        }

        @ParameterizedTest
        @ValueSource(ints = {4, 47, 340, 763, 764, 765, 778, -5})
        void with_a_version_that_is_not_served_is_told_which_are(int protocol) {
            use(protocol);
            world.enter(client);

            assertThat(client.sent).isEmpty();
            assertThat(client.kicked).contains("needs Minecraft 1.20.5 to 26.3");
        }

        @Test
        void while_its_packets_are_being_made_waits_for_them_and_may_leave_meanwhile() {
            Deque<Runnable> background = new ArrayDeque<>();
            var slow = new VoidWorld(PACKETS, background::add);
            var impatient = new FakeLimboClient(776);
            slow.enter(client);
            slow.enter(impatient);
            assertThat(background).hasSize(1);
            impatient.leaves();
            background.remove().run();
            client.runPending();
            impatient.runPending();

            assertThat(client.sent).isNotEmpty();
            assertThat(impatient.sent).isEmpty();
            impatient.close();
        }
    }

    @Nested
    class A_client_in_the_world {

        @Test
        void is_asked_every_ten_seconds_whether_it_is_alive() {
            entersAndPlays();
            client.sent.clear();
            for (int i = 1; i <= 30; i++) {
                client.pass(Duration.ofSeconds(10));
                assertThat(client.sent).hasSize(i).last().isEqualTo(PacketType.CLIENTBOUND_PLAY_KEEP_ALIVE);
                client.says(KeepAlive.PLAY_SERVERBOUND, client.last(KeepAlive.PLAY_CLIENTBOUND));
            }

            assertThat(client.kicked).isEmpty();
        }

        @Test
        void that_does_not_answer_is_let_go_after_fifteen_seconds() {
            entersAndPlays();
            client.pass(Duration.ofMillis(24_900));
            assertThat(client.kicked).isEmpty();
            client.pass(Duration.ofMillis(100));

            assertThat(client.kicked).isEqualTo("Timed out");
        }

        @Test
        void that_gives_a_wrong_answer_is_let_go_too() {
            entersAndPlays();
            client.pass(Duration.ofSeconds(10));
            client.says(KeepAlive.PLAY_SERVERBOUND, new KeepAlive(4711));
            client.pass(Duration.ofSeconds(15));

            assertThat(client.kicked).isEqualTo("Timed out");
        }

        @Test
        void may_send_anything() {
            entersAndPlays();
            client.sent.clear();
            for (int id = 0; id < 256; id++) {
                if (id != client.packetIds().id(PacketType.SERVERBOUND_PLAY_KEEP_ALIVE)) {
                    client.saysGarbage(id);
                }
            }

            assertThat(client.sent).isEmpty();
            assertThat(client.kicked).isEmpty();
        }

        @Test
        void that_goes_on_to_a_server_at_once_leaves_nothing_behind() {
            client.onFlush = () -> {
                if (client.sent.contains(PacketType.CLIENTBOUND_PLAY_JOIN_GAME)) {
                    client.leaves();
                }
            };
            entersAndPlays();

            assertThat(client.isScheduled()).isFalse();
        }

        @Test
        void that_has_left_is_not_asked_any_more() {
            entersAndPlays();
            client.sent.clear();
            client.leaves();
            client.pass(Duration.ofSeconds(60));

            assertThat(client.sent).isEmpty();
        }
    }

    @Nested
    class The_registries {

        @ParameterizedTest
        @ValueSource(ints = {766, 767, 768, 769, 770, 771, 772, 773, 774, 775, 776, 777})
        void have_the_dimension_the_biome_and_only_tags_whose_members_exist(int protocol) {
            RegistryResource registries = RegistryResource.read(protocol);

            assertThat(registries.registry("minecraft:dimension_type").number("minecraft:the_end"))
                    .isNotNegative();
            assertThat(registries.registry("minecraft:worldgen/biome").number("minecraft:the_end"))
                    .isNotNegative();
            assertThat(registries.registries())
                    .noneMatch(registry -> registry.entries().isEmpty());
            registries
                    .tags()
                    .registries()
                    .forEach(tags -> registries.registries().stream()
                            .filter(registry -> registry.name().equals(tags.registry()))
                            .forEach(registry -> assertThat(tags.tags())
                                    .allSatisfy(tag -> assertThat(tag.entries())
                                            .allMatch(entry ->
                                                    entry < registry.entries().size()))));
            assertThat(registries.tags().registries())
                    .anySatisfy(tags ->
                            assertThat(tags.tags()).anyMatch(tag -> tag.name().equals("minecraft:infiniburn_end")));
        }

        @Test
        void are_named_when_the_resource_is_missing() {
            assertThatThrownBy(() -> RegistryResource.read(765)).hasMessageContaining("registries-765.bin.gz");
        }
    }
}
