package infrarust.proxy.session;

import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.packet.ChatAcknowledgement;
import infrarust.proxy.protocol.packet.ChatCommand;
import infrarust.proxy.protocol.packet.ChatMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A chat message or a command of a client, in whatever packet its version has for it, and what the server hears of it. To the
 * server every player is one without a key. Servers since 1.19.3 leave signatures of such players unread; older ones do not
 * expect any, so there they are taken off. Immutable.
 */
sealed interface Utterance {

    /** What it is, without the slash of a command. */
    String text();

    boolean isCommand();

    /** Whether the client has signed it or a part of it. */
    boolean isSigned();

    /** What follows the signatures. */
    byte[] tail();

    /** Which packet of the client it is. */
    PacketType type();

    /** The packet with other words, or with the same and without what the server does not want to see. */
    ByteBuf encode(ByteBufAllocator allocator, PacketIds ids, String words);

    /** The packet for the server, with the same words. */
    ByteBuf encode(ByteBufAllocator allocator, PacketIds ids);

    /** Reads one of the packets that {@link Conversation} wants. */
    static Utterance read(PacketType type, ByteBuf body, PacketIds ids) {
        return switch (type) {
            case SERVERBOUND_PLAY_CHAT_LEGACY -> new Message(ChatMessage.LEGACY, ChatMessage.LEGACY.read(body, ids));
            case SERVERBOUND_PLAY_CHAT_KEYED -> new Message(ChatMessage.KEYED, ChatMessage.KEYED.read(body, ids));
            case SERVERBOUND_PLAY_CHAT_SESSION -> new Message(ChatMessage.SESSION, ChatMessage.SESSION.read(body, ids));
            case SERVERBOUND_PLAY_COMMAND_KEYED -> new Order(ChatCommand.KEYED, ChatCommand.KEYED.read(body, ids));
            case SERVERBOUND_PLAY_COMMAND_SIGNED -> new Order(ChatCommand.SIGNED, ChatCommand.SIGNED.read(body, ids));
            case SERVERBOUND_PLAY_COMMAND_UNSIGNED ->
                new Order(ChatCommand.UNSIGNED, ChatCommand.UNSIGNED.read(body, ids));
            default -> throw new IllegalArgumentException(type + " says nothing");
        };
    }

    /** Whether the server must not get it as it came. */
    default boolean needsNewForm(PacketIds ids) {
        return isSigned() && ids.protocol() < ProtocolVersion.V1_19_3;
    }

    /** What it says about the messages of others, for a server that is not to get the rest. */
    default Optional<ChatAcknowledgement> acknowledgement(PacketIds ids) {
        return ChatAcknowledgement.in(tail(), ids);
    }

    /** What the server gets in the place of this when the words are others. */
    default List<ByteBuf> changed(ByteBufAllocator allocator, PacketIds ids, String words) {
        ByteBuf packet = encode(allocator, ids, words);
        // The form that has only the words has no room for what the client has seen.
        boolean losesTail = type() == PacketType.SERVERBOUND_PLAY_COMMAND_SIGNED
                && ids.has(PacketType.SERVERBOUND_PLAY_COMMAND_UNSIGNED);
        return losesTail
                ? Stream.concat(
                                acknowledgement(ids)
                                        .map(seen -> ChatAcknowledgement.LAYOUT.encode(allocator, ids, seen))
                                        .stream(),
                                Stream.of(packet))
                        .toList()
                : List.of(packet);
    }

    /** Before 1.19.3 the tail begins with whether a preview was signed; nothing is signed any more. */
    private static byte[] withoutPreview(byte[] tail, PacketIds ids) {
        if (ids.protocol() >= ProtocolVersion.V1_19_3 || ids.protocol() < ProtocolVersion.V1_19 || tail.length == 0) {
            return tail;
        }
        byte[] without = tail.clone();
        without[0] = 0;
        return without;
    }

    /** A chat packet; before 1.19 perhaps with a command in it. */
    record Message(PacketLayout<ChatMessage> layout, ChatMessage packet) implements Utterance {

        /** Longest message of servers before 1.11. */
        private static final int OLD_LENGTH = 100;

        @Override
        public boolean isCommand() {
            return type() == PacketType.SERVERBOUND_PLAY_CHAT_LEGACY
                    && packet.text().startsWith("/");
        }

        @Override
        public String text() {
            return isCommand() ? packet.text().substring(1) : packet.text();
        }

        @Override
        public boolean isSigned() {
            return packet.isSigned();
        }

        @Override
        public byte[] tail() {
            return packet.tail();
        }

        @Override
        public PacketType type() {
            return layout.type();
        }

        @Override
        public ByteBuf encode(ByteBufAllocator allocator, PacketIds ids, String words) {
            String whole = isCommand() ? "/" + words : words;
            String fitting = ids.protocol() < ProtocolVersion.V1_11 && whole.length() > OLD_LENGTH
                    ? whole.substring(0, OLD_LENGTH)
                    : whole;
            ChatMessage other = packet.unsigned(fitting, withoutPreview(packet.tail(), ids));
            return layout.encode(allocator, ids, other);
        }

        @Override
        public ByteBuf encode(ByteBufAllocator allocator, PacketIds ids) {
            return needsNewForm(ids) ? encode(allocator, ids, text()) : layout.encode(allocator, ids, packet);
        }
    }

    /** A command packet. */
    record Order(PacketLayout<ChatCommand> layout, ChatCommand packet) implements Utterance {

        @Override
        public boolean isCommand() {
            return true;
        }

        @Override
        public String text() {
            return packet.command();
        }

        @Override
        public boolean isSigned() {
            return packet.isSigned();
        }

        @Override
        public byte[] tail() {
            return packet.tail();
        }

        @Override
        public PacketType type() {
            return layout.type();
        }

        @Override
        public ByteBuf encode(ByteBufAllocator allocator, PacketIds ids, String words) {
            return ids.has(PacketType.SERVERBOUND_PLAY_COMMAND_UNSIGNED)
                    ? ChatCommand.UNSIGNED.encode(allocator, ids, ChatCommand.plain(words))
                    : layout.encode(allocator, ids, packet.unsigned(words, withoutPreview(packet.tail(), ids)));
        }

        @Override
        public ByteBuf encode(ByteBufAllocator allocator, PacketIds ids) {
            return needsNewForm(ids) ? encode(allocator, ids, text()) : layout.encode(allocator, ids, packet);
        }
    }
}
