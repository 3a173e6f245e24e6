package infrarust.proxy.wasm.contract023;

import infrarust.proxy.wasm.contract023.Types.GameProfile;
import infrarust.proxy.wasm.contract023.Types.PlayerError;
import infrarust.proxy.wasm.contract023.Types.TitleData;
import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitResource;
import java.util.List;
import java.util.Optional;

/** The import {@code limbo}. Every Rust guest imports its types, since the exported interface mentions them. */
@WitInterface(
        value = "infrarust:plugin/limbo@0.2.3",
        resources = {Limbo.LimboSession.class, Limbo.LimboSessionHandle.class})
interface Limbo {

    void registerLimboHandler(String name, long handler);

    /** The tuple of {@link LimboEntryContext.KickedFromServer}. */
    record Kick(String server, String reason) {}

    sealed interface LimboEntryContext {
        record InitialConnection(String target) implements LimboEntryContext {}

        record KickedFromServer(Kick kick) implements LimboEntryContext {}

        record PluginRedirect(Optional<String> from) implements LimboEntryContext {}
    }

    sealed interface TimeoutOutcome {
        record Accept() implements TimeoutOutcome {}

        record Deny(String reason) implements TimeoutOutcome {}

        record Redirect(String server) implements TimeoutOutcome {}

        record SendToLimbo(List<String> handlers) implements TimeoutOutcome {}
    }

    record HoldTimeout(long afterMs, TimeoutOutcome onTimeout) {}

    sealed interface HandlerResult {
        record Accept() implements HandlerResult {}

        record Deny(String reason) implements HandlerResult {}

        record Hold() implements HandlerResult {}

        record HoldWithTimeout(HoldTimeout timeout) implements HandlerResult {}

        record Redirect(String server) implements HandlerResult {}

        record SendToLimbo(List<String> handlers) implements HandlerResult {}
    }

    enum SessionEndReason {
        DISCONNECTED,
        RELEASED,
        KICKED,
        REDIRECTED,
        TIMED_OUT,
        SHUTDOWN
    }

    /** A held player, lent for one callback. */
    @WitResource("limbo-session")
    interface LimboSession {

        long playerId();

        GameProfile profile();

        LimboEntryContext entryContext();

        Result<Unit, PlayerError> sendMessage(String message);

        Result<Unit, PlayerError> sendTitle(TitleData title);

        Result<Unit, PlayerError> sendActionBar(String message);

        void complete(HandlerResult outcome);

        LimboSessionHandle acquireHandle();
    }

    /** A held player, for as long as the guest keeps it. */
    @WitResource("limbo-session-handle")
    interface LimboSessionHandle {

        long playerId();

        Result<Unit, PlayerError> sendMessage(String message);

        Result<Unit, PlayerError> sendTitle(TitleData title);

        Result<Unit, PlayerError> sendActionBar(String message);

        void complete(HandlerResult outcome);

        boolean cancelled();
    }
}
