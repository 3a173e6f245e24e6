package infrarust.proxy.session;

import infrarust.proxy.protocol.PacketIds;
import infrarust.proxy.protocol.PacketType;
import infrarust.proxy.protocol.ProtocolVersion;
import infrarust.proxy.protocol.Wire;
import infrarust.proxy.protocol.packet.NamedWorld;
import infrarust.proxy.protocol.packet.NumberedWorld;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Takes a client without the configuration state from one server's world into another's. The packet that starts
 * the game passes, since it holds the number that the new server knows the player by. It does not make the client forget the old
 * player; a respawn does. Before 1.16 only one into another dimension does, so there are two.
 */
final class WorldChange {

    private WorldChange() {}

    /** @param joinGame the body of the packet that starts the game */
    static void send(Link client, PacketIds ids, ByteBuf joinGame) {
        ByteBuf whole = Unpooled.directBuffer(joinGame.readableBytes() + Wire.MAX_VAR_INT_BYTES);
        Wire.writeVarInt(whole, ids.id(PacketType.CLIENTBOUND_PLAY_JOIN_GAME));
        whole.writeBytes(joinGame, joinGame.readerIndex(), joinGame.readableBytes());
        client.send(whole);
        if (ids.protocol() < ProtocolVersion.V1_16) {
            NumberedWorld world = NumberedWorld.JOIN_GAME.read(joinGame, ids);
            client.send(NumberedWorld.RESPAWN, ids, world.elsewhere());
            client.send(NumberedWorld.RESPAWN, ids, world);
        } else {
            client.send(NamedWorld.RESPAWN, ids, NamedWorld.JOIN_GAME.read(joinGame, ids));
        }
    }
}
