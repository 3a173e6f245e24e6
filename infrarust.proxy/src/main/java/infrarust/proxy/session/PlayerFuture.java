package infrarust.proxy.session;

import infrarust.api.event.PlayerEvent;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.ResultedEvent;
import infrarust.api.player.Player;
import infrarust.api.player.WouldDeadlockException;
import infrarust.proxy.event.Handling;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * What becomes of something that was asked for a player, as plugins see it: it completes on a virtual thread, so that what they do
 * then holds up no event loop, and whoever waits for it where that can only end by a deadline is told so. Any thread.
 */
final class PlayerFuture<T> extends CompletableFuture<T> {

    private final Player player;
    private final Predicate<PlayerEvent> blocks;

    private PlayerFuture(Player player, Predicate<PlayerEvent> blocks) {
        this.player = player;
        this.blocks = blocks;
    }

    /** Of something that fires events of the player, which come behind the one that is being delivered. */
    static <T> PlayerFuture<T> behindEvents(Player player, CompletableFuture<T> outcome) {
        return of(player, event -> true, outcome);
    }

    /** Of something that the client has to answer, which it is not heard to while the session waits for an event. */
    static <T> PlayerFuture<T> behindClient(Player player, CompletableFuture<T> outcome) {
        return of(player, event -> event instanceof ResultedEvent<?> || event instanceof PostLoginEvent, outcome);
    }

    private static <T> PlayerFuture<T> of(Player player, Predicate<PlayerEvent> blocks, CompletableFuture<T> outcome) {
        PlayerFuture<T> future = new PlayerFuture<>(player, blocks);
        var _ = outcome.thenAccept(
                result -> Thread.ofVirtual().name("player-" + player.id()).start(() -> future.complete(result)));
        return future;
    }

    private void mayWait() {
        if (!isDone()) {
            Handling.ofPlayer(player).filter(blocks).ifPresent(event -> {
                throw new WouldDeadlockException(
                        player.profile().username(), event.getClass().getSimpleName());
            });
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new PlayerFuture<>(player, blocks);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        mayWait();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        mayWait();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        mayWait();
        return super.join();
    }
}
