package infrarust.proxy.session;

import infrarust.proxy.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The packet that starts the game, and the respawn made from it, written field by field as the versions have them. */
final class JoinGames {

    private static final long SEED = 0x1234_5678_9ABC_DEF0L;
    private static final int CREATIVE = 1;

    private JoinGames() {}

    /** In the nether until 1.15; with trailing bytes, as mods add them, until 1.20.1. */
    static byte[] body(int protocol, String level) {
        ByteBuf out = Unpooled.buffer();
        if (protocol >= 764) {
            Wire.writeString(out, level); // nobody reads it
        } else if (protocol >= 735) {
            named(out, protocol, level);
        } else {
            numbered(out, protocol);
        }
        return Wire.readRest(out);
    }

    private static void numbered(ByteBuf out, int protocol) {
        out.writeInt(77);
        out.writeByte(CREATIVE | 8);
        if (protocol < 108) {
            out.writeByte(-1);
        } else {
            out.writeInt(-1);
        }
        if (protocol >= 573) {
            out.writeLong(SEED);
        }
        if (protocol < 477) {
            out.writeByte(2);
        }
        out.writeByte(20);
        Wire.writeString(out, "default_1_1");
        if (protocol >= 477) {
            Wire.writeVarInt(out, 10);
        }
        if (protocol >= 47) {
            out.writeBoolean(false);
        }
        if (protocol >= 573) {
            out.writeBoolean(true);
        }
        out.writeBytes(new byte[3]);
    }

    private static void named(ByteBuf out, int protocol, String level) {
        out.writeInt(77);
        if (protocol >= 751) {
            out.writeBoolean(true);
            out.writeByte(CREATIVE);
        } else {
            out.writeByte(CREATIVE | 8);
        }
        out.writeByte(-1);
        Wire.writeVarInt(out, 2);
        Wire.writeString(out, level);
        Wire.writeString(out, "minecraft:overworld");
        compound(out, 300);
        dimension(out, protocol, level);
        out.writeLong(SEED);
        if (protocol >= 751) {
            Wire.writeVarInt(out, 20);
        } else {
            out.writeByte(20);
        }
        Wire.writeVarInt(out, 10);
        if (protocol >= 757) {
            Wire.writeVarInt(out, 10);
        }
        out.writeBoolean(false).writeBoolean(true).writeBoolean(false).writeBoolean(true);
        end(out, protocol);
        out.writeBytes(new byte[3]);
    }

    private static void dimension(ByteBuf out, int protocol, String level) {
        if (protocol >= 751 && protocol < 759) {
            compound(out, 5);
        } else {
            Wire.writeString(out, "minecraft:the_nether");
        }
        Wire.writeString(out, level);
    }

    private static void end(ByteBuf out, int protocol) {
        if (protocol >= 759) {
            out.writeBoolean(true);
            Wire.writeString(out, "minecraft:the_end");
            out.writeLong(42);
        }
        if (protocol >= 763) {
            Wire.writeVarInt(out, 300);
        }
    }

    /** NBT with every type in it, so often. */
    private static void compound(ByteBuf out, int times) {
        out.writeByte(10).writeShort(0);
        for (int i = 0; i < times; i++) {
            name(out, 1).writeByte(1);
            name(out, 2).writeShort(1);
            name(out, 3).writeInt(1);
            name(out, 4).writeLong(1);
            name(out, 5).writeFloat(1);
            name(out, 6).writeDouble(1);
            name(out, 7).writeInt(2).writeShort(0);
            name(out, 8).writeShort(2).writeShort(0x6161);
            name(out, 9).writeInt(0x0A00_0000).writeByte(2).writeByte(0).writeByte(0);
            name(out, 10).writeByte(0);
            name(out, 11).writeInt(1).writeInt(5);
            name(out, 12).writeInt(1).writeLong(5);
        }
        out.writeByte(0);
    }

    private static ByteBuf name(ByteBuf out, int type) {
        return out.writeByte(type).writeShort(1).writeByte('a' + type);
    }

    /** The respawn into the world of {@link #body}. */
    static byte[] respawn(int protocol, String level) {
        ByteBuf out = Unpooled.buffer();
        if (protocol >= 735) {
            dimension(out, protocol, level);
            out.writeLong(SEED);
            out.writeByte(CREATIVE).writeByte(-1);
            out.writeBoolean(false).writeBoolean(true).writeByte(0);
            end(out, protocol);
        } else {
            respawn(out, protocol, -1);
        }
        return Wire.readRest(out);
    }

    /** The respawn into another dimension. */
    static byte[] elsewhere(int protocol) {
        ByteBuf out = Unpooled.buffer();
        respawn(out, protocol, 0);
        return Wire.readRest(out);
    }

    private static void respawn(ByteBuf out, int protocol, int dimension) {
        out.writeInt(dimension);
        if (protocol >= 573) {
            out.writeLong(SEED);
        }
        if (protocol < 477) {
            out.writeByte(2);
        }
        out.writeByte(CREATIVE);
        Wire.writeString(out, "default_1_1");
    }
}
