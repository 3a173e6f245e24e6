package infrarust.proxy.session;

import infrarust.api.command.CommandSource;
import infrarust.api.command.Suggestion;
import infrarust.proxy.command.CommandLane;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.command.TypedCommand;
import infrarust.proxy.protocol.Compression;
import infrarust.proxy.protocol.Frames;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.packet.CommandNode;
import infrarust.proxy.protocol.packet.CommandTree;
import infrarust.proxy.protocol.packet.TabRequest;
import infrarust.proxy.protocol.packet.TabSuggestions;
import infrarust.proxy.protocol.packet.TabWords;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a client learns which commands the proxy has: the tree of commands that its server sends gets the proxy's beside it
 * (since 1.13), and what could follow one of them is completed by the proxy. Nothing of a tree is kept; commands that come and
 * go are seen in the next one, and by a player that could use none when it entered the world, on its next server. Only the
 * client's loop.
 */
final class CommandAnswers {

    /** Longest word, and more words than any list shows; what a plugin says beyond is cut. */
    private static final int MAX_WORD = 256;

    private static final int MOST_WORDS = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(CommandAnswers.class);

    private final Session session;
    private final ProxyCommands commands;
    private final PacketIds ids;
    private @Nullable CommandLane lane;
    /** The beginning of a name whose endings the server was asked for last; up to 1.12.2. */
    private @Nullable String begun;

    CommandAnswers(Session session) {
        this.session = session;
        this.commands = session.sessions().commands();
        this.ids = session.ids();
    }

    /** Whether clients of that version are told of the proxy's commands at all. */
    boolean announces() {
        return ids.has(PacketType.CLIENTBOUND_PLAY_COMMANDS) && isAnnouncing();
    }

    private boolean isAnnouncing() {
        return session.client().route().snapshot().config().announceProxyCommands();
    }

    /** Whether the server's trees are of interest: there is something to add for this player. */
    boolean wantsTree() {
        return announces() && !commands.visibleTo(source()).isEmpty();
    }

    private List<CommandNode> shown() {
        return announces() ? CommandNodes.of(commands.shownTo(source())) : List.of();
    }

    /** Whether the server's next completion gets something of ours. */
    boolean wantsWords() {
        return begun != null;
    }

    /** Nothing is expected of the server any more. */
    void forget() {
        begun = null;
    }

    /** Tells a client without a server which commands there are. Between two frames, in the play state. */
    void introduce() {
        List<CommandNode> ours = shown();
        if (!ours.isEmpty()) {
            session.link()
                    .send(CommandTree.of(ours, ids, session.client().channel().alloc()));
        }
    }

    private CommandSource source() {
        return commands.sourceOf(session.player());
    }

    /** A tree of the server has come. Answers whether it passes as it came. */
    boolean passesTree(ByteBuf body) {
        List<CommandNode> ours = shown();
        if (ours.isEmpty()) {
            return true;
        }
        var extended =
                CommandTree.extended(body, ours, ids, session.client().channel().alloc());
        if (extended.isEmpty()) {
            LOG.debug(
                    "The commands of the proxy are not shown to {}: its server's tree of {} bytes has no root that is"
                            + " first or last",
                    session.profile().username(),
                    body.readableBytes());
            return true;
        }
        return !isSent(extended.get());
    }

    /** Sends a packet, taken, unless the commands that were added make it longer than any packet may be. */
    private boolean isSent(ByteBuf packet) {
        Link client = session.link();
        int most = client.threshold() == Compression.OFF ? Frames.MAX_LENGTH : Frames.MAX_UNCOMPRESSED;
        if (packet.readableBytes() > most) {
            packet.release();
            return false;
        }
        try {
            client.writeFrame(client.pack(packet));
            return true;
        } catch (MalformedPacketException tooLong) {
            LOG.debug("The commands of the proxy find no room: {}", tooLong.getMessage());
            return false;
        }
    }

    /** The client asks what could follow. Answers whether that is the server's business; otherwise the proxy answers. */
    boolean isForServer(ByteBuf body) {
        TabRequest request = TabRequest.LAYOUT.read(body, ids);
        begun = null;
        if (!request.text().startsWith("/")) {
            return true;
        }
        TypedCommand typed = TypedCommand.of(request.text().substring(1));
        if (typed.hasBlank() && commands.has(typed)) {
            CommandLane own = lane;
            if (own == null) {
                own = new CommandLane();
                lane = own;
            }
            var _ = commands.suggest(source(), typed, own)
                    .thenAcceptAsync(
                            words -> answer(request, words), session.client().eventLoop());
            return false;
        }
        if (!typed.hasBlank() && ids.protocol() < ProtocolVersion.V1_13 && isAnnouncing()) {
            begun = request.text().toLowerCase(Locale.ROOT);
        }
        return true;
    }

    private void answer(TabRequest request, List<Suggestion> suggestions) {
        Link client = session.link();
        List<Suggestion> words = suggestions.stream()
                .filter(word -> word.text().length() <= MAX_WORD)
                .limit(MOST_WORDS)
                .toList();
        client.betweenFrames(() -> {
            // It may have had to wait, and the client may have left the world meanwhile.
            if (!client.isOpen() || !session.chat().isOpen()) {
                return;
            }
            if (ids.protocol() < ProtocolVersion.V1_13) {
                client.send(
                        TabWords.LAYOUT,
                        ids,
                        new TabWords(words.stream().map(Suggestion::text).toList()));
            } else {
                int start = request.text().lastIndexOf(' ') + 1;
                client.send(
                        TabSuggestions.LAYOUT,
                        ids,
                        new TabSuggestions(
                                request.id(),
                                start,
                                request.text().length() - start,
                                words.stream().map(CommandAnswers::word).toList()));
            }
            client.flush();
        });
    }

    private static TabSuggestions.Word word(Suggestion suggestion) {
        return new TabSuggestions.Word(suggestion.text(), suggestion.tooltip());
    }

    /** The server has completed the beginning of a name. Answers whether its words pass as they came. */
    boolean passesWords(ByteBuf body) {
        String beginning = begun;
        begun = null;
        if (beginning == null) {
            return true;
        }
        List<String> ours = commands.visibleTo(source()).stream()
                .map(label -> "/" + label)
                .filter(label -> label.startsWith(beginning))
                .toList();
        if (ours.isEmpty()) {
            return true;
        }
        Set<String> words = new LinkedHashSet<>(TabWords.LAYOUT.read(body, ids).words());
        words.addAll(ours);
        session.link().send(TabWords.LAYOUT, ids, new TabWords(List.copyOf(words)));
        return false;
    }
}
