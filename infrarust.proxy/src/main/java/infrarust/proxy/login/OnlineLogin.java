package infrarust.proxy.login;

import infrarust.proxy.protocol.packet.EncryptionResponse;
import infrarust.proxy.protocol.packet.LoginStart;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to find out whether a client owns the account that it names: the key to which it encrypts, and the session
 * server. One object for the whole proxy; any thread. What computes or waits runs on the executor.
 */
public final class OnlineLogin {

    /** The server id of the encryption request, as every server has it. */
    public static final String SERVER_ID = "";

    private final SessionServer sessions;
    private final boolean sameAddress;
    private final Executor executor;
    private @Nullable CompletableFuture<ServerKeys> keys;

    /**
     * @param sameAddress whether the session server shall be asked for the player's address too, so that an account cannot be
     *     used from another one
     * @param executor threads that may wait, such as virtual ones
     */
    public OnlineLogin(SessionServer sessions, boolean sameAddress, Executor executor) {
        this.sessions = sessions;
        this.sameAddress = sameAddress;
        this.executor = executor;
    }

    /** The key pair, made at the first call; to make it takes some hundredths of a second. */
    public synchronized CompletableFuture<ServerKeys> keys() {
        CompletableFuture<ServerKeys> made = keys;
        if (made == null) {
            made = CompletableFuture.supplyAsync(ServerKeys::generate, executor);
            keys = made;
        }
        return made;
    }

    /** The connection's secret if the response proves the token; empty if it does not. */
    public CompletableFuture<Optional<byte[]>> secret(byte[] token, EncryptionResponse response, LoginStart login) {
        return keys().thenApplyAsync(
                        pair -> pair.proves(token, response.proof(), login.key())
                                ? pair.secret(response.secret())
                                : Optional.empty(),
                        executor);
    }

    /** Asks the session server. */
    public CompletableFuture<SessionServer.Answer> account(String name, byte[] secret, InetAddress from) {
        return keys().thenApplyAsync(
                        pair -> sessions.hasJoined(
                                name,
                                pair.serverHash(SERVER_ID, secret),
                                sameAddress ? Optional.of(from) : Optional.empty()),
                        executor);
    }
}
