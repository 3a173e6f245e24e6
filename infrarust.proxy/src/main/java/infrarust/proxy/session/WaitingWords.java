package infrarust.proxy.session;

import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.packet.ChatAcknowledgement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client has written while plugins think about what it wrote before, with a bound on both the messages and all that waits.
 * What it says about the messages that it has seen keeps its place; such counts that follow each other become one. Only the
 * client's loop.
 */
final class WaitingWords {

    /** How many messages and commands may wait. */
    static final int MOST_SAID = 16;

    /** How much may wait in all, acknowledgements included; a client that needs more is no game. */
    private static final int MOST = 128;

    /** No client counts so many messages that it has not said anything about. */
    private static final int MAX_COUNT = 1 << 16;

    /** Something that waits, and whom it was for: after a change of server it is not for the new one. */
    sealed interface Waiting {

        /** A message or command, and what it says about the messages of others. */
        record Said(Utterance utterance, Optional<ChatAcknowledgement> seen, Conversation.@Nullable Counterpart to)
                implements Waiting {}

        /** What the client says about the messages of others. */
        record Seen(ChatAcknowledgement acknowledgement, Conversation.@Nullable Counterpart to) implements Waiting {}
    }

    private final PacketIds ids;
    private @Nullable Deque<Waiting> queue;
    private int said;

    WaitingWords(PacketIds ids) {
        this.ids = ids;
    }

    /** Lets a message wait. Answers whether there was room. */
    boolean add(Waiting.Said one) {
        if (said == MOST_SAID || !append(one)) {
            return false;
        }
        said++;
        return true;
    }

    /** Lets an acknowledgement wait. Answers whether there was room. */
    boolean add(Waiting.Seen one) {
        Deque<Waiting> present = queue;
        Optional<Waiting> both = present == null ? Optional.empty() : together(present.peekLast(), one);
        if (present != null && both.isPresent()) {
            present.removeLast();
            return present.add(both.get());
        }
        return append(one);
    }

    private boolean append(Waiting one) {
        Deque<Waiting> present = queue;
        if (present == null) {
            present = new ArrayDeque<>();
            queue = present;
        }
        return present.size() < MOST && present.add(one);
    }

    /** Takes the next one, if there is one. */
    Optional<Waiting> next() {
        Deque<Waiting> present = queue;
        if (present == null) {
            return Optional.empty();
        }
        Waiting first = present.remove();
        if (present.isEmpty()) {
            queue = null;
        }
        if (first instanceof Waiting.Said) {
            said--;
        }
        return Optional.of(first);
    }

    /** One acknowledgement in the place of two that follow each other, where they are mere counts. */
    private Optional<Waiting> together(@Nullable Waiting before, Waiting.Seen after) {
        if (!ids.has(PacketType.SERVERBOUND_PLAY_CHAT_SESSION)
                || !(before instanceof Waiting.Seen earlier)
                || !Objects.equals(earlier.to(), after.to())) {
            return Optional.empty();
        }
        int one = earlier.acknowledgement().count();
        int other = after.acknowledgement().count();
        boolean sane = one >= 0 && other >= 0 && one <= MAX_COUNT && other <= MAX_COUNT;
        return sane
                ? Optional.of(new Waiting.Seen(ChatAcknowledgement.ofCount(one + other), after.to()))
                : Optional.empty();
    }
}
