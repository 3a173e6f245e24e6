package infrarust.proxy.wasm;

import infrarust.api.event.AsyncEventListener;
import infrarust.api.event.Event;
import infrarust.api.event.EventBus;
import infrarust.api.event.EventListener;
import infrarust.api.event.EventPriority;
import infrarust.api.event.Subscription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A bus on which nothing happens, for a component that is only asked who it is. */
final class NoEvents implements EventBus {

    static final EventBus BUS = new NoEvents();

    private NoEvents() {}

    @Override
    public <E extends Event> Subscription subscribe(
            Class<E> type, EventPriority priority, EventListener<? super E> listener) {
        return () -> {};
    }

    @Override
    public <E extends Event> Subscription subscribeAsync(
            Class<E> type, EventPriority priority, AsyncEventListener<? super E> listener) {
        return () -> {};
    }

    @Override
    public <E extends Event> CompletionStage<E> fire(E event) {
        return CompletableFuture.completedStage(event);
    }
}
