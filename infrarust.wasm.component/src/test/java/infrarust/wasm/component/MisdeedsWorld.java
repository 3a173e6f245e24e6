package infrarust.wasm.component;

import infrarust.wasm.component.bind.GuestResource;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitName;
import infrarust.wasm.component.bind.WitResource;
import java.util.List;

/** The world {@code test:misdeeds}, which the component {@code misdeeds.wasm} implements. */
final class MisdeedsWorld {

    private MisdeedsWorld() {}

    enum Color {
        RED,
        GREEN
    }

    sealed interface Answer {
        record None() implements Answer {}

        record Some(String text) implements Answer {}
    }

    @WitResource("thing")
    interface Thing extends AutoCloseable {
        String name();

        @Override
        void close();
    }

    @WitInterface(
            value = "test:misdeeds/host@0.1.0",
            resources = {Thing.class})
    interface Host {
        Thing make(String name);

        void both(Thing lent, Thing given);

        void takeBytes(byte[] bytes);

        void takeLists(List<byte[]> lists);

        void takeText(String text);

        void nothing();
    }

    @WitResource("counter")
    interface Counter extends GuestResource {
        int next();
    }

    @WitInterface(
            value = "test:misdeeds/guest@0.1.0",
            resources = {Counter.class})
    interface Guest {
        @WitName("[constructor]counter")
        Counter counter(int start);

        int giveChar(int raw);

        Color giveColor(int raw);

        String giveText(int at);

        Answer giveAnswer(int at);

        List<Integer> giveList(int at);

        List<byte[]> giveLists(int at);

        void poke(int at, int word);

        void setAllocation(int address);

        int take(byte[] bytes);

        void sendBytes(int at, int length);

        void sendText(int at, int length);

        void sendLists(int at, int length);

        void allocateAloud();

        String freeAloud();

        void callNothing();

        int nameOf(int raw);

        void dropThing(int raw);

        void giveBoth(int raw);

        int makeThing();

        void keep(Thing lent);

        void release(Thing lent);

        void ownAndDrop(Thing given);

        void lendWithLetter(Thing lent, int letter);

        Counter giveCounter(int raw);

        int destroyed();

        void spin();

        void recurse();

        void crash();

        int grow(int pages);
    }
}
