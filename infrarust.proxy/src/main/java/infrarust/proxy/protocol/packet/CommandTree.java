package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts commands into the tree that a server sends ("Commands" and "Command Data" of the protocol's documentation on
 * minecraft.wiki), of which nothing is decoded but what must be changed: how many nodes there are and which children the root
 * has. All other nodes are copied as bytes, so that arguments of any mod survive; the new ones stand behind them.
 *
 * <p>Where the root is, is certain in two cases: it is the first node (the order in which the game, Paper and other proxies
 * write), or it is the last one and only one reading of the packet's end makes it so. Any other tree is left alone.
 */
public final class CommandTree {

    private static final int TYPE = 0x03;
    private static final int ROOT = 0;
    private static final int LITERAL = 1;
    private static final int ARGUMENT = 2;
    private static final int EXECUTABLE = 0x04;
    private static final int REDIRECT = 0x08;
    private static final int SUGGESTIONS = 0x10;

    /** {@code brigadier:string}: its name before 1.19, its number since, which has never moved. */
    private static final String STRING_PARSER = "brigadier:string";

    private static final int STRING_PARSER_ID = 5;
    /** The string takes the rest of the line. */
    private static final int GREEDY = 2;

    /** How far from its end a root that is the last node may begin. */
    private static final int LAST_ROOT_REACH = 1 << 16;

    /**
     * The root of a tree.
     *
     * @param index of the node
     * @param start of its bytes
     * @param children how many
     * @param firstChild where the list of children begins
     * @param end of the list of children
     */
    private record Root(int index, int start, int children, int firstChild, int end) {}

    private CommandTree() {}

    /** Id and body of a tree with nothing but these commands, each with one argument that the server completes. */
    public static ByteBuf of(List<String> labels, PacketIds ids, ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer();
        Wire.writeVarInt(out, ids.id(PacketType.CLIENTBOUND_PLAY_COMMANDS));
        Wire.writeVarInt(out, labels.size() + 2);
        out.writeByte(ROOT);
        writeChildren(out, labels.size(), 2);
        writeNodes(out, labels, 1, ids);
        Wire.writeVarInt(out, 0);
        return out;
    }

    /**
     * The same tree with these commands at its root.
     *
     * @param body the packet behind its id; left as it is
     * @param labels names of commands, not empty; those that the server has too and that can be found are hidden
     * @return id and body of the packet, or empty when the tree is not understood
     */
    public static Optional<ByteBuf> extended(
            ByteBuf body, List<String> labels, PacketIds ids, ByteBufAllocator allocator) {
        try {
            return extend(body, labels, ids, allocator);
        } catch (MalformedPacketException notATree) {
            return Optional.empty();
        }
    }

    private static Optional<ByteBuf> extend(
            ByteBuf body, List<String> labels, PacketIds ids, ByteBufAllocator allocator) {
        ByteBuf in = body.duplicate();
        int count = Wire.readVarInt(in);
        int nodes = in.readerIndex();
        int end = in.writerIndex();
        if (count < 1 || count > end - nodes) {
            return Optional.empty();
        }
        Optional<Root> found = root(in, nodes, end, count);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Root root = found.get();
        Set<Integer> hidden = root.index() == 0 ? namesakes(in, root, end, count, labels) : Set.of();
        int rootIndexAt = end - Wire.varIntSize(root.index());
        ByteBuf out = allocator.buffer(body.readableBytes() + 64 + labels.size() * 24);
        Wire.writeVarInt(out, ids.id(PacketType.CLIENTBOUND_PLAY_COMMANDS));
        Wire.writeVarInt(out, count + labels.size() + 1);
        out.writeBytes(in, nodes, root.start() - nodes);
        out.writeByte(in.getByte(root.start()));
        Wire.writeVarInt(out, root.children() - hidden.size() + labels.size());
        in.readerIndex(root.firstChild());
        for (int i = 0; i < root.children(); i++) {
            int child = Wire.readVarInt(in);
            if (!hidden.contains(child)) {
                Wire.writeVarInt(out, child);
            }
        }
        writeIndices(out, labels.size(), count + 1);
        out.writeBytes(in, root.end(), rootIndexAt - root.end());
        writeNodes(out, labels, count, ids);
        Wire.writeVarInt(out, root.index());
        return Optional.of(out);
    }

    /** A list of children that stand behind each other. */
    private static void writeChildren(ByteBuf out, int children, int first) {
        Wire.writeVarInt(out, children);
        writeIndices(out, children, first);
    }

    private static void writeIndices(ByteBuf out, int children, int first) {
        for (int i = 0; i < children; i++) {
            Wire.writeVarInt(out, first + i);
        }
    }

    /** One argument that all share, at that index, and behind it a literal for each label. */
    private static void writeNodes(ByteBuf out, List<String> labels, int index, PacketIds ids) {
        out.writeByte(ARGUMENT | EXECUTABLE | SUGGESTIONS);
        Wire.writeVarInt(out, 0);
        Wire.writeString(out, "arguments");
        if (ids.protocol() >= ProtocolVersion.V1_19) {
            Wire.writeVarInt(out, STRING_PARSER_ID);
        } else {
            Wire.writeString(out, STRING_PARSER);
        }
        Wire.writeVarInt(out, GREEDY);
        Wire.writeString(out, "minecraft:ask_server");
        for (String label : labels) {
            out.writeByte(LITERAL | EXECUTABLE);
            writeChildren(out, 1, index);
            Wire.writeString(out, label);
        }
    }

    private static Optional<Root> root(ByteBuf in, int nodes, int end, int count) {
        if (in.getByte(end - 1) == 0) {
            // No VarInt but 0 ends like this.
            return rootAt(in, nodes, end - 1, count, 0);
        }
        int last = count - 1;
        int size = Wire.varIntSize(last);
        ByteBuf tail = in.duplicate().setIndex(Math.max(nodes, end - size), end);
        // A number that merely ends in the same bytes is larger than any index here.
        return Wire.readVarInt(tail) == last && !tail.isReadable()
                ? lastRoot(in, nodes, end - size, count)
                : Optional.empty();
    }

    /**
     * The one place from which on the packet reads as a root up to the end of the nodes. Whatever the place, every number
     * behind it ends in a byte without the continuation bit, so counting those decides nearly all places at once.
     */
    private static Optional<Root> lastRoot(ByteBuf in, int nodes, int end, int count) {
        Optional<Root> found = Optional.empty();
        int numbers = 0;
        for (int at = end - 1; at >= Math.max(nodes, end - LAST_ROOT_REACH); at--) {
            if (in.getByte(at) == ROOT && numbers > 0 && claims(in, at + 1, end, numbers - 1)) {
                Optional<Root> candidate = rootAt(in, at, end, count, count - 1);
                if (candidate.isPresent() && candidate.get().end() == end) {
                    if (found.isPresent()) {
                        return Optional.empty();
                    }
                    found = candidate;
                }
            }
            if (in.getByte(at) >= 0) {
                numbers++;
            }
        }
        return found;
    }

    private static boolean claims(ByteBuf in, int at, int end, int children) {
        ByteBuf number = in.duplicate().setIndex(at, end);
        try {
            return Wire.readVarInt(number) == children;
        } catch (MalformedPacketException notANumber) {
            return false;
        }
    }

    /** Reads a root, as far as its list of children; empty when there is none. */
    private static Optional<Root> rootAt(ByteBuf in, int start, int end, int count, int index) {
        ByteBuf node = in.duplicate().setIndex(start, end);
        if (!node.isReadable() || (node.readByte() & TYPE) != ROOT) {
            return Optional.empty();
        }
        int children = Wire.readVarInt(node);
        int firstChild = node.readerIndex();
        if (children < 0 || children > node.readableBytes()) {
            return Optional.empty();
        }
        for (int i = 0; i < children; i++) {
            int child = Wire.readVarInt(node);
            if (child < 0 || child >= count) {
                return Optional.empty();
            }
        }
        return Optional.of(new Root(index, start, children, firstChild, node.readerIndex()));
    }

    /**
     * Children of the root with these names, among the literals that lie directly behind it: in the game's order all of the
     * root's children do. The first argument ends the search, since only who knows its type knows where it ends.
     */
    private static Set<Integer> namesakes(ByteBuf in, Root root, int end, int count, List<String> labels) {
        Set<Integer> found = new HashSet<>();
        ByteBuf node = in.duplicate().setIndex(root.end(), end);
        if ((in.getByte(root.start()) & REDIRECT) != 0) {
            Wire.readVarInt(node);
        }
        for (int index = 1; index < count && node.isReadable(); index++) {
            int flags = node.readByte();
            if ((flags & TYPE) != LITERAL) {
                break;
            }
            int children = Wire.readVarInt(node);
            if (children < 0 || children > node.readableBytes()) {
                throw new MalformedPacketException("Node with " + children + " children");
            }
            for (int i = 0; i < children; i++) {
                Wire.readVarInt(node);
            }
            if ((flags & REDIRECT) != 0) {
                Wire.readVarInt(node);
            }
            if (labels.contains(Wire.readString(node, Wire.MAX_STRING)) && isChild(in, root, index)) {
                found.add(index);
            }
        }
        return found;
    }

    private static boolean isChild(ByteBuf in, Root root, int index) {
        ByteBuf children = in.duplicate().setIndex(root.firstChild(), root.end());
        while (children.isReadable()) {
            if (Wire.readVarInt(children) == index) {
                return true;
            }
        }
        return false;
    }
}
