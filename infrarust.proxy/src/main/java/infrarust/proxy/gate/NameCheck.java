package infrarust.proxy.gate;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.kyori.adventure.text.Component;

/** Whether somebody may come under a name that nobody has proven. Asked on the client's loop. */
public interface NameCheck {

    /** Everybody may, and nobody's name is waited for. */
    NameCheck NONE = new NameCheck() {
        @Override
        public boolean matters() {
            return false;
        }

        @Override
        public CompletionStage<Optional<Component>> check(ClientConnection client, String name) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    };

    /** Whether any name is kept out at the moment; if not, a client's name is not waited for. */
    boolean matters();

    /**
     * Checks one.
     *
     * @return completes, on any thread, with what the client shall be told if it is kept out; never exceptionally
     */
    CompletionStage<Optional<Component>> check(ClientConnection client, String name);
}
