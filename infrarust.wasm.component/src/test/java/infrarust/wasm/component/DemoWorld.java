package infrarust.wasm.component;

import infrarust.wasm.component.bind.GuestResource;
import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitName;
import infrarust.wasm.component.bind.WitResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The world {@code infrarust:demo@0.2.3} in Java, as an embedder writes it. */
final class DemoWorld {

    private DemoWorld() {}

    record Property(String key, String value) {}

    record Profile(long id, String username, List<Property> properties, OptionalInt ping) {}

    enum Priority {
        LOWEST,
        NORMAL,
        HIGHEST
    }

    enum Capability {
        EVENT_BUS,
        PLAYER_READ,
        BAN,
        LIMBO
    }

    record Translation(String key, List<String> arguments) {}

    sealed interface Text {
        record Empty() implements Text {}

        record Plain(String text) implements Text {}

        record Translated(Translation translation) implements Text {}
    }

    @WitName("error")
    sealed interface Failure {
        record NotFound() implements Failure {}

        record Denied(String reason) implements Failure {}

        record Code(int code) implements Failure {}
    }

    @SuppressWarnings("ArrayRecordComponent") // list<u8> is byte[] in Java; tests compare the bytes
    record Packet(int id, byte[] data) {}

    sealed interface Verdict {
        record Pass() implements Verdict {}

        record Drop() implements Verdict {}

        record Replace(Packet packet) implements Verdict {}

        record Inject(List<Packet> packets) implements Verdict {}
    }

    @WitInterface(
            value = "infrarust:demo/host@0.2.3",
            resources = {Player.class})
    interface Host {
        @WitName("[constructor]player")
        Player player(String name);

        @WitName("[static]player.find")
        Optional<Player> find(long id);

        void log(Priority level, String msg);

        List<Player> online();

        List<Result<Profile, Failure>> lookup(List<Long> ids);
    }

    @WitResource("player")
    interface Player extends AutoCloseable {
        Profile profile();

        Result<Integer, Failure> send(Text msg);

        @Override
        void close();
    }

    @WitInterface(
            value = "infrarust:demo/guest@0.2.3",
            resources = {Filter.class})
    interface Guest {
        @WitName("[constructor]filter")
        Filter filter(int id);

        @WitName("[static]filter.live")
        int live();

        Result<Unit, String> onEnable(Set<Capability> caps, List<Property> config);

        Result<Text, String> onLogin(Player p);

        Profile echoProfile(Profile p);

        double sum(List<Double> xs);

        long spin(long n);
    }

    @WitResource("filter")
    interface Filter extends GuestResource {
        Verdict onPacket(Packet p);
    }

    /** A host that remembers what happened. */
    static final class RecordingHost implements Host {
        final List<String> log = new ArrayList<>();
        int drops;

        final class Named implements Player {
            private final String name;

            Named(String name) {
                this.name = name;
            }

            @Override
            public Profile profile() {
                return new Profile(
                        7, name, List.of(new Property("k", "v"), new Property("skin", "ü☃")), OptionalInt.of(42));
            }

            @Override
            public Result<Integer, Failure> send(Text msg) {
                log.add("send(" + name + "): " + msg);
                return msg instanceof Text.Empty ? Result.err(new Failure.Denied("empty message")) : Result.ok(3);
            }

            @Override
            public void close() {
                drops++;
            }
        }

        @Override
        public Player player(String name) {
            return new Named(name);
        }

        @Override
        public Optional<Player> find(long id) {
            return id == 7 ? Optional.of(new Named("Notch")) : Optional.empty();
        }

        @Override
        public void log(Priority level, String msg) {
            log.add("log[" + level + "] " + msg);
        }

        @Override
        public List<Player> online() {
            return List.of(new Named("A"), new Named("B"));
        }

        @Override
        public List<Result<Profile, Failure>> lookup(List<Long> ids) {
            return ids.stream()
                    .map(id -> id == 1
                            ? Result.<Profile, Failure>ok(new Profile(1, "one", List.of(), OptionalInt.empty()))
                            : Result.<Profile, Failure>err(new Failure.Code(-5)))
                    .toList();
        }
    }
}
