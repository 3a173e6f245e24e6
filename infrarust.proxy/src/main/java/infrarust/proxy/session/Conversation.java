package infrarust.proxy.session;

import infrarust.api.command.CommandSource;
import infrarust.api.event.ChatMessageEvent;
import infrarust.api.event.CommandExecuteEvent;
import infrarust.api.event.Event;
import infrarust.proxy.command.CommandLane;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.command.TypedCommand;
import infrarust.proxy.event.EventDispatcher;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.ChatAcknowledgement;
import infrarust.proxy.session.WaitingWords.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client writes, in the play state: chat messages and commands are shown to the plugins, commands of the proxy are run
 * by it, the rest goes to the server, which sees a player without a chat key. One per session, whatever server the player is
 * on. Only the client's loop.
 *
 * <p>While nobody listens and no command is the proxy's, packets pass as they came. While plugins think about one, those behind
 * it wait, and so does what the client says about the messages that it has seen, since the server counts those in order
 * and ends the connection of a client whose count is wrong. Everything else that the client sends goes on.
 */
final class Conversation {

    /** Where goes what is said: the server, or the limbo. */
    interface Counterpart {

        /** Takes id and body of a packet. */
        void hear(ByteBuf packet);

        /** Everything is said for now. */
        void flush();
    }

    /** The longest packet of the client that counts: a command of 32,767 characters, eight signatures and the rest. */
    static final int MAX_PACKET = 1 << 17;

    /** The packets of the client that belong to a conversation. */
    static final Set<PacketType> OF_CLIENT = Set.copyOf(EnumSet.of(
            PacketType.SERVERBOUND_PLAY_CHAT_LEGACY,
            PacketType.SERVERBOUND_PLAY_CHAT_KEYED,
            PacketType.SERVERBOUND_PLAY_CHAT_SESSION,
            PacketType.SERVERBOUND_PLAY_COMMAND_KEYED,
            PacketType.SERVERBOUND_PLAY_COMMAND_SIGNED,
            PacketType.SERVERBOUND_PLAY_COMMAND_UNSIGNED,
            PacketType.SERVERBOUND_PLAY_CHAT_ACKNOWLEDGEMENT,
            PacketType.SERVERBOUND_PLAY_CHAT_SESSION_UPDATE,
            PacketType.SERVERBOUND_PLAY_TAB_COMPLETE_REQUEST));

    /** Longest chat message of any version. */
    private static final int MAX_MESSAGE = 256;

    private static final Component TOO_LONG =
            Component.text("Your message has more than " + MAX_MESSAGE + " characters.");
    private static final Component FLOOD = Component.text("You are sending chat faster than it can be handled.");
    private static final Component TOO_FAST = Component.text(
            "You are writing faster than your messages can be handled. Wait for the last one to appear.",
            NamedTextColor.RED);

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private final Session session;
    private final ProxyCommands commands;
    private final EventDispatcher events;
    private final PacketIds ids;
    private final CommandAnswers answers;
    private final WaitingWords waiting;
    private @Nullable Counterpart counterpart;
    private @Nullable CommandLane lane;
    private boolean deciding;

    Conversation(Session session) {
        this.session = session;
        this.commands = session.sessions().commands();
        this.events = session.sessions().events();
        this.ids = session.ids();
        this.answers = new CommandAnswers(session);
        this.waiting = new WaitingWords(ids);
    }

    /** What is said from now on is for that server or world. */
    void with(Counterpart next) {
        counterpart = next;
        answers.forget();
    }

    /** What is said from now on is for nobody, and what has been said is for nobody any more. */
    void withNobody() {
        counterpart = null;
        answers.forget();
    }

    /** As {@link #with(Counterpart)}, for a server. */
    void with(Link backend) {
        with(new Counterpart() {
            @Override
            public void hear(ByteBuf packet) {
                if (backend.isInsideFrame()) {
                    // It waits, and nobody would release it if the session ended meanwhile.
                    ByteBuf kept = Unpooled.copiedBuffer(packet);
                    packet.release();
                    backend.betweenFrames(() -> backend.send(kept));
                } else {
                    backend.send(packet);
                }
            }

            @Override
            public void flush() {
                backend.flush();
            }
        });
    }

    /** What the proxy answers and adds on the client's side: the tree of commands, completions. */
    CommandAnswers answers() {
        return answers;
    }

    /** Whether packets of that type belong here. */
    static boolean concerns(PacketType type) {
        return switch (type) {
            case SERVERBOUND_PLAY_CHAT_LEGACY,
                    SERVERBOUND_PLAY_CHAT_KEYED,
                    SERVERBOUND_PLAY_CHAT_SESSION,
                    SERVERBOUND_PLAY_COMMAND_KEYED,
                    SERVERBOUND_PLAY_COMMAND_SIGNED,
                    SERVERBOUND_PLAY_COMMAND_UNSIGNED,
                    SERVERBOUND_PLAY_CHAT_ACKNOWLEDGEMENT,
                    SERVERBOUND_PLAY_CHAT_SESSION_UPDATE,
                    SERVERBOUND_PLAY_TAB_COMPLETE_REQUEST,
                    CLIENTBOUND_PLAY_COMMANDS,
                    CLIENTBOUND_PLAY_TAB_COMPLETE_RESPONSE -> true;
            default -> false;
        };
    }

    /**
     * A packet that {@linkplain #concerns belongs here} has come, between two frames.
     *
     * @param body what follows its id; left as it is
     * @return whether it passes as it came; otherwise what the other side is to get of it has been sent, or will be
     */
    boolean passes(PacketType type, ByteBuf body) {
        return switch (type) {
            case SERVERBOUND_PLAY_CHAT_SESSION_UPDATE -> false; // the server would expect signatures from here on
            case SERVERBOUND_PLAY_CHAT_ACKNOWLEDGEMENT -> isSeen(body.duplicate());
            case SERVERBOUND_PLAY_TAB_COMPLETE_REQUEST -> answers.isForServer(body.duplicate());
            case CLIENTBOUND_PLAY_COMMANDS -> answers.passesTree(body);
            case CLIENTBOUND_PLAY_TAB_COMPLETE_RESPONSE -> answers.passesWords(body.duplicate());
            default -> isSaid(type, body.duplicate());
        };
    }

    private boolean isSeen(ByteBuf body) {
        if (!deciding) {
            return true;
        }
        keep(new Waiting.Seen(ChatAcknowledgement.LAYOUT.read(body, ids), counterpart));
        return false;
    }

    private boolean isSaid(PacketType type, ByteBuf body) {
        if (!deciding && passesUnread(type, body.duplicate())) {
            return true;
        }
        Utterance utterance = Utterance.read(type, body, ids);
        // Since 1.20.5 the game itself lets commands be as long as any text.
        if (utterance.text().length() > MAX_MESSAGE
                && !(utterance.isCommand() && ids.has(PacketType.SERVERBOUND_PLAY_COMMAND_UNSIGNED))) {
            session.kick(TOO_LONG);
            return false;
        }
        var said = new Waiting.Said(utterance, utterance.acknowledgement(ids), counterpart);
        if (!deciding) {
            return decide(said);
        }
        if (!waiting.add(said)) {
            // The server's count of what the client has seen must not suffer.
            said.seen().ifPresent(seen -> keep(new Waiting.Seen(seen, counterpart)));
            session.chat().say(utterance.isCommand() ? ProxyCommands.TOO_FAST : TOO_FAST);
        }
        return false;
    }

    /** Whether nobody has an interest in what it says; decided by as few bytes as possible. */
    private boolean passesUnread(PacketType type, ByteBuf body) {
        return switch (type) {
            case SERVERBOUND_PLAY_CHAT_KEYED, SERVERBOUND_PLAY_COMMAND_KEYED -> false; // perhaps signed
            case SERVERBOUND_PLAY_CHAT_SESSION -> !events.isHeard(ChatMessageEvent.class);
            case SERVERBOUND_PLAY_CHAT_LEGACY ->
                beginsWithSlash(body.duplicate())
                        ? isServersCommand(
                                Wire.readString(body, Wire.MAX_STRING).substring(1))
                        : !events.isHeard(ChatMessageEvent.class);
            default -> isServersCommand(Wire.readString(body, Wire.MAX_STRING));
        };
    }

    private static boolean beginsWithSlash(ByteBuf body) {
        Wire.readVarInt(body);
        return body.isReadable() && body.readByte() == '/';
    }

    private boolean isServersCommand(String line) {
        return !events.isHeard(CommandExecuteEvent.class) && !commands.has(TypedCommand.of(line));
    }

    private void keep(Waiting.Seen seen) {
        if (!waiting.add(seen)) {
            session.kick(FLOOD);
        }
    }

    /** Begins with one message or command. Answers whether it is for the server as it came. */
    private boolean decide(Waiting.Said said) {
        Utterance utterance = said.utterance();
        if (utterance.isCommand() && events.isHeard(CommandExecuteEvent.class)) {
            await(
                    events.fire(new CommandExecuteEvent(session.player(), utterance.text(), utterance.isSigned())),
                    event -> decided(said, event.result()));
            return false;
        }
        if (!utterance.isCommand() && events.isHeard(ChatMessageEvent.class)) {
            await(
                    events.fire(new ChatMessageEvent(session.player(), utterance.text(), utterance.isSigned())),
                    event -> decided(said, event.result()));
            return false;
        }
        if (utterance.isCommand() && runs(utterance.text())) {
            swallow(said);
            return false;
        }
        if (utterance.needsNewForm(ids)) {
            forward(said);
            return false;
        }
        return true;
    }

    private <E extends Event> void await(CompletionStage<E> fired, Consumer<E> then) {
        deciding = true;
        var _ = fired.thenAcceptAsync(
                        event -> {
                            deciding = false;
                            if (!session.isOver() && session.link().isOpen()) {
                                then.accept(event);
                                goOn();
                            }
                        },
                        session.client().eventLoop())
                .exceptionally(fault -> {
                    // Otherwise what waits would wait for ever.
                    LOG.error(
                            "The session of {} ends because of a fault",
                            session.profile().username(),
                            fault);
                    session.fault();
                    return null;
                });
    }

    private void goOn() {
        for (Optional<Waiting> next = due(); next.isPresent(); next = due()) {
            switch (next.get()) {
                case Waiting.Said said -> {
                    if (decide(said)) {
                        forward(said);
                    }
                }
                case Waiting.Seen seen -> acknowledge(seen.acknowledgement(), seen.to());
            }
        }
        if (counterpart != null) {
            counterpart.flush();
        }
    }

    private Optional<Waiting> due() {
        return deciding ? Optional.empty() : waiting.next();
    }

    private void decided(Waiting.Said said, ChatMessageEvent.Result result) {
        switch (result) {
            case ChatMessageEvent.Result.Allow() -> forward(said);
            case ChatMessageEvent.Result.Deny(Optional<Component> reason) -> {
                swallow(said);
                reason.ifPresent(session.chat()::say);
            }
            case ChatMessageEvent.Result.Modify(String message) -> change(said, message);
        }
    }

    private void decided(Waiting.Said said, CommandExecuteEvent.Result result) {
        switch (result) {
            case CommandExecuteEvent.Result.Allow() -> {
                if (runs(said.utterance().text())) {
                    swallow(said);
                } else {
                    forward(said);
                }
            }
            case CommandExecuteEvent.Result.Deny(Optional<Component> reason) -> {
                swallow(said);
                reason.ifPresent(session.chat()::say);
            }
            case CommandExecuteEvent.Result.Modify(String command) -> {
                if (runs(command)) {
                    swallow(said);
                } else {
                    change(said, command);
                }
            }
            case CommandExecuteEvent.Result.ForwardToBackend() -> forward(said);
        }
    }

    /** Runs the command if the proxy has it. */
    private boolean runs(String line) {
        TypedCommand typed = TypedCommand.of(line);
        if (!commands.has(typed)) {
            return false;
        }
        CommandLane own = lane;
        if (own == null) {
            own = new CommandLane();
            lane = own;
        }
        CommandSource source = commands.sourceOf(session.player());
        return commands.run(source, typed, own);
    }

    private void forward(Waiting.Said said) {
        say(said.to(), said.utterance().encode(allocator(), ids));
    }

    private void change(Waiting.Said said, String words) {
        said.utterance().changed(allocator(), ids, words).forEach(packet -> say(said.to(), packet));
    }

    /** The server hears nothing of it but what it says about the messages of others. */
    private void swallow(Waiting.Said said) {
        said.seen().ifPresent(seen -> acknowledge(seen, said.to()));
    }

    private void acknowledge(ChatAcknowledgement seen, @Nullable Counterpart to) {
        say(to, ChatAcknowledgement.LAYOUT.encode(allocator(), ids, seen));
    }

    private void say(@Nullable Counterpart to, ByteBuf packet) {
        if (to != null && to.equals(counterpart)) {
            to.hear(packet);
        } else {
            LOG.debug(
                    "A message of {} was for a server that the player has left",
                    session.profile().username());
            packet.release();
        }
    }

    private ByteBufAllocator allocator() {
        return session.client().channel().alloc();
    }
}
