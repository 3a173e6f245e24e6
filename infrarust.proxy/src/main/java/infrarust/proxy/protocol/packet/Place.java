package infrarust.proxy.protocol.packet;

import infrarust.proxy.protocol.Layout;
import infrarust.proxy.protocol.Wire;

/**
 * A block in a world.
 *
 * @param level the world's name
 * @param block where
 */
public record Place(String level, Block block) {

    /** Wire layout. */
    static final Layout<Place> LAYOUT =
            Layout.fields(Layout.string(Wire.MAX_STRING), Place::level, Block.LAYOUT, Place::block, Place::new);

    /**
     * The position of a block.
     *
     * @param x 26 bits, signed
     * @param y 12 bits, signed
     * @param z 26 bits, signed
     */
    public record Block(int x, int y, int z) {

        /** Wire layout since 1.14: x, z and y in one 64-bit number. */
        static final Layout<Block> LAYOUT = Layout.LONG.map(
                packed -> new Block((int) (packed >> 38), (int) (packed << 52 >> 52), (int) (packed << 26 >> 38)),
                block -> (block.x & 0x3FFFFFFL) << 38 | (block.z & 0x3FFFFFFL) << 12 | (block.y & 0xFFFL));
    }
}
