package infrarust.proxy.wasm.contract023;

import infrarust.proxy.wasm.contract023.Events.Event;
import infrarust.proxy.wasm.contract023.Events.EventOutcome;
import infrarust.proxy.wasm.contract023.Limbo.HandlerResult;
import infrarust.proxy.wasm.contract023.Limbo.LimboSession;
import infrarust.proxy.wasm.contract023.Limbo.SessionEndReason;
import infrarust.proxy.wasm.contract023.Types.PermissionLevel;
import infrarust.proxy.wasm.contract023.Types.PluginMetadata;
import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.bind.WitInterface;
import java.util.List;
import java.util.OptionalLong;

/** The export {@code guest}: what the proxy calls. Its version is the contract's version. */
@WitInterface(Guest.NAME)
interface Guest {

    String NAME = "infrarust:plugin/guest@0.2.3";

    PluginMetadata metadata();

    Result<Unit, String> onEnable();

    Result<Unit, String> onDisable();

    EventOutcome handleEvent(long listener, Event ev);

    void handleCommand(long callbackId, List<String> args, OptionalLong player);

    List<String> tabComplete(long callbackId, List<String> partial, int cursor);

    void onScheduledTask(long callbackId);

    HandlerResult limboOnPlayerEnter(long handler, LimboSession session);

    void limboOnCommand(long handler, LimboSession session, String command, List<String> args);

    void limboOnChat(long handler, LimboSession session, String message);

    void limboOnDisconnect(long handler, long player);

    void limboOnSessionEnd(long handler, long player, SessionEndReason reason);

    PermissionLevel permissionLevelOf(long handler);

    boolean checkPermission(long handler, String permission);
}
