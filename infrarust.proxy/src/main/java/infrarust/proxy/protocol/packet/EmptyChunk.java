package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.MalformedPacketException;
import infrarust.proxy.protocol.PacketLayout;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.nbt.NetworkNbt;
import infrarust.proxy.protocol.nbt.Tag;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A chunk of air and its light, as it is since 1.20.2: "Chunk Data and Update Light" of the protocol's documentation, whose
 * sections the page "Chunk format" describes (minecraft.wiki). Only written: a layout that reads chunks would be a world of its
 * own.
 *
 * @param x of the chunk
 * @param z of the chunk
 * @param sections how many sections of 16 blocks the dimension is high
 * @param biome its number in the registry of biomes
 */
public record EmptyChunk(int x, int z, int sections, int biome) {

    private static final int AIR = 0;
    private static final int SINGLE_VALUE = 0;
    /** 256 heights of 9 bits for a dimension of 256 blocks, seven in each 64-bit number. */
    private static final int HEIGHT_LONGS = 37;
    /** The sections below and above the world have light too. */
    private static final int LIGHT_BORDER = 2;

    /** The numbers of the height maps that servers send: world surface, motion blocking, and that without leaves. */
    private static final int[] HEIGHT_MAPS = {1, 4, 5};

    /** Wire layout. */
    public static final PacketLayout<EmptyChunk> LAYOUT = PacketLayout.<EmptyChunk>none(
                    PacketType.CLIENTBOUND_PLAY_CHUNK)
            .since(ProtocolVersion.V1_20_2, template(EmptyChunk::heightNbt, true, false, EmptyChunk::writeLongs))
            .since(ProtocolVersion.V1_21_5, template(EmptyChunk::heightList, false, false, EmptyChunk::writeLongs))
            .since(ProtocolVersion.V26_1, template(EmptyChunk::heightList, false, true, EmptyChunk::writeLongs))
            .since(ProtocolVersion.V26_3, template(EmptyChunk::heightList, false, true, EmptyChunk::writeBytes));

    private interface Heights {
        void write(ByteBuf out);
    }

    private interface Mask {
        void write(ByteBuf out, BitSet mask);
    }

    /**
     * One band.
     *
     * @param paletteLengths whether the (empty) data of a paletted container has its length before it
     * @param fluids whether a section counts its fluids beside its blocks
     */
    private static Layout<EmptyChunk> template(Heights heights, boolean paletteLengths, boolean fluids, Mask masks) {
        return Layout.of(
                (out, chunk) -> {
                    out.writeInt(chunk.x).writeInt(chunk.z);
                    heights.write(out);
                    ByteBuf sections = Unpooled.buffer();
                    for (int i = 0; i < chunk.sections; i++) {
                        sections.writeShort(0);
                        if (fluids) {
                            sections.writeShort(0);
                        }
                        writeContainer(sections, AIR, paletteLengths);
                        writeContainer(sections, chunk.biome, paletteLengths);
                    }
                    Wire.writeVarInt(out, sections.readableBytes());
                    out.writeBytes(sections);
                    Wire.writeVarInt(out, 0); // block entities
                    writeLight(out, chunk.sections + LIGHT_BORDER, masks);
                },
                in -> {
                    throw new MalformedPacketException("Chunks are only written");
                });
    }

    private static void writeContainer(ByteBuf out, int value, boolean length) {
        out.writeByte(SINGLE_VALUE);
        Wire.writeVarInt(out, value);
        if (length) {
            Wire.writeVarInt(out, 0);
        }
    }

    private static void writeLight(ByteBuf out, int sections, Mask masks) {
        var none = new BitSet();
        var all = new BitSet();
        all.set(0, sections);
        masks.write(out, none); // sections with sky light
        masks.write(out, none); // with block light
        masks.write(out, all); // without sky light
        masks.write(out, all); // without block light
        Wire.writeVarInt(out, 0); // data of the sections with sky light
        Wire.writeVarInt(out, 0); // and with block light
    }

    private static void heightNbt(ByteBuf out) {
        Map<String, Tag> maps = new LinkedHashMap<>();
        maps.put("MOTION_BLOCKING", new Tag.OfLongArray(new long[HEIGHT_LONGS]));
        maps.put("WORLD_SURFACE", new Tag.OfLongArray(new long[HEIGHT_LONGS]));
        NetworkNbt.write(out, new Tag.OfCompound(maps), NetworkNbt.UNNAMED_ROOT_SINCE);
    }

    private static void heightList(ByteBuf out) {
        Wire.writeVarInt(out, HEIGHT_MAPS.length);
        for (int map : HEIGHT_MAPS) {
            Wire.writeVarInt(out, map);
            Wire.writeVarInt(out, HEIGHT_LONGS);
            out.writeZero(HEIGHT_LONGS * Long.BYTES);
        }
    }

    private static void writeLongs(ByteBuf out, BitSet mask) {
        long[] words = mask.toLongArray();
        Wire.writeVarInt(out, words.length);
        for (long word : words) {
            out.writeLong(word);
        }
    }

    private static void writeBytes(ByteBuf out, BitSet mask) {
        Wire.writeBytes(out, mask.toByteArray());
    }
}
