package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
    private static final int REDIRECT = 0x08;

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

    /** Id and body of a tree with nothing but these commands. */
    public static ByteBuf of(List<CommandNode> commands, PacketIds ids, ByteBufAllocator allocator) {
        Branches ours = Branches.of(commands, 1);
        ByteBuf out = allocator.buffer();
        Wire.writeVarInt(out, ids.id(PacketType.CLIENTBOUND_PLAY_COMMANDS));
        Wire.writeVarInt(out, ours.size() + 1);
        out.writeByte(ROOT);
        Wire.writeVarInt(out, ours.roots().size());
        ours.roots().forEach(index -> Wire.writeVarInt(out, index));
        ours.write(out, ids);
        Wire.writeVarInt(out, 0);
        return out;
    }

    /**
     * The same tree with these commands at its root.
     *
     * @param body the packet behind its id; left as it is
     * @param commands literals, at least one; the server's commands of these names that can be found are hidden
     * @return id and body of the packet, or empty when the tree is not understood
     */
    public static Optional<ByteBuf> extended(
            ByteBuf body, List<CommandNode> commands, PacketIds ids, ByteBufAllocator allocator) {
        try {
            return extend(body, commands, ids, allocator);
        } catch (MalformedPacketException notATree) {
            return Optional.empty();
        }
    }

    private static Optional<ByteBuf> extend(
            ByteBuf body, List<CommandNode> commands, PacketIds ids, ByteBufAllocator allocator) {
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
        Set<Integer> hidden = root.index() == 0
                ? namesakes(
                        in,
                        root,
                        end,
                        count,
                        commands.stream().map(CommandNode::name).toList())
                : Set.of();
        Branches ours = Branches.of(commands, count);
        int rootIndexAt = end - Wire.varIntSize(root.index());
        ByteBuf out = allocator.buffer(body.readableBytes() + 64 + ours.size() * 24);
        Wire.writeVarInt(out, ids.id(PacketType.CLIENTBOUND_PLAY_COMMANDS));
        Wire.writeVarInt(out, count + ours.size());
        out.writeBytes(in, nodes, root.start() - nodes);
        out.writeByte(in.getByte(root.start()));
        Wire.writeVarInt(out, root.children() - hidden.size() + ours.roots().size());
        in.readerIndex(root.firstChild());
        for (int i = 0; i < root.children(); i++) {
            int child = Wire.readVarInt(in);
            if (!hidden.contains(child)) {
                Wire.writeVarInt(out, child);
            }
        }
        ours.roots().forEach(index -> Wire.writeVarInt(out, index));
        out.writeBytes(in, root.end(), rootIndexAt - root.end());
        ours.write(out, ids);
        Wire.writeVarInt(out, root.index());
        return Optional.of(out);
    }

    /**
     * Nodes with the places that they get, children before their parents; lists of children that several share stand there once.
     *
     * @param nodes in the order of their places
     * @param children of each node, by place
     * @param roots places of the commands themselves
     */
    private record Branches(List<CommandNode> nodes, List<List<Integer>> children, List<Integer> roots) {

        static Branches of(List<CommandNode> commands, int first) {
            var branches = new Branches(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            branches.roots.addAll(branches.place(commands, first, new IdentityHashMap<>()));
            return branches;
        }

        private List<Integer> place(
                List<CommandNode> siblings, int first, Map<List<CommandNode>, List<Integer>> placed) {
            List<Integer> known = placed.get(siblings);
            if (known != null) {
                return known;
            }
            List<Integer> places = new ArrayList<>();
            for (CommandNode node : siblings) {
                List<Integer> below = place(node.children(), first, placed);
                places.add(first + nodes.size());
                nodes.add(node);
                children.add(below);
            }
            placed.put(siblings, places);
            return places;
        }

        int size() {
            return nodes.size();
        }

        void write(ByteBuf out, PacketIds ids) {
            for (int i = 0; i < nodes.size(); i++) {
                nodes.get(i).write(out, children.get(i), ids.protocol());
            }
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
