package infrarust.proxy.live;

import infrarust.api.config.ConfigProvider;
import infrarust.api.config.DocumentOutcome;
import infrarust.proxy.config.Problem;
import infrarust.proxy.config.ServerDocument;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The documents of one source of a plugin. What is asked for happens in the order of the calls, on virtual threads. */
final class PushedDocuments implements ConfigProvider {

    private final String id;
    private final Reloads reloads;
    private final Runnable onClose;
    private final Set<String> names = new LinkedHashSet<>();
    private CompletionStage<?> last = CompletableFuture.completedStage(null);
    private boolean closed;

    PushedDocuments(String id, Reloads reloads, Runnable onClose) {
        this.id = id;
        this.reloads = reloads;
        this.onClose = onClose;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public CompletionStage<DocumentOutcome> put(String name, String toml) {
        return next(() -> {
            synchronized (names) {
                if (closed) {
                    return new DocumentOutcome.Closed();
                }
                var document = new ServerDocument(id, name, toml);
                List<Problem> problems = reloads.put(document);
                if (!problems.isEmpty()) {
                    return new DocumentOutcome.Refused(
                            problems.stream().map(Problem::toString).toList());
                }
                names.add(name);
                return new DocumentOutcome.Accepted(reloads.serverOf(document).orElse(name));
            }
        });
    }

    @Override
    public CompletionStage<Boolean> remove(String name) {
        return next(() -> {
            synchronized (names) {
                boolean there = names.remove(name);
                if (there) {
                    reloads.remove(id, List.of(name));
                }
                return there;
            }
        });
    }

    /** Behind what was asked for before. */
    private synchronized <T> CompletionStage<T> next(Supplier<T> work) {
        var result = new CompletableFuture<T>();
        var _ = last.whenComplete((done, failure) -> Thread.ofVirtual().name(id).start(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        }));
        last = result;
        return result;
    }

    @Override
    public List<String> documents() {
        synchronized (names) {
            return List.copyOf(names);
        }
    }

    /** Does not wait for what was asked for before, which then finds it closed. */
    @Override
    public void close() {
        synchronized (names) {
            if (closed) {
                return;
            }
            closed = true;
            reloads.remove(id, List.copyOf(names));
            names.clear();
        }
        onClose.run();
    }
}
