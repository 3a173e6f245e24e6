package infrarust.proxy.wasm.contract023;

import infrarust.wasm.component.bind.WitInterface;

/** The import {@code event-bus}. */
@WitInterface("infrarust:plugin/event-bus@0.2.3")
interface EventBus {

    /** In the order of the cases of {@link Events.Event}. */
    enum EventKind {
        PRE_LOGIN,
        POST_LOGIN,
        DISCONNECT,
        ONLINE_AUTH_FAILED,
        PERMISSIONS_SETUP,
        SERVER_PRE_CONNECT,
        SERVER_CONNECTED,
        SERVER_SWITCH,
        KICKED_FROM_SERVER,
        PLAYER_CHOOSE_INITIAL_SERVER,
        PROXY_PING,
        PROXY_INITIALIZE,
        PROXY_SHUTDOWN,
        CONFIG_RELOAD,
        SERVER_STATE_CHANGE,
        CHAT_MESSAGE,
        RAW_PACKET
    }

    /** Answers the listener's handle: 1, 2, 3 and so on. Priority 0 to 255. */
    long subscribe(EventKind kind, int priority);

    void unsubscribe(long handle);
}
