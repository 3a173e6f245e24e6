/**
 * Everything a native plugin sees. No implementation, no Netty types.
 *
 * <p>A plugin module requires this one and declares {@code provides infrarust.api.Plugin with ...}.
 */
module infrarust.api {
    requires transitive net.kyori.adventure.api;
    requires transitive net.kyori.adventure.key;
    requires transitive org.slf4j;
    requires static org.jspecify;

    exports infrarust.api;
    exports infrarust.api.ban;
    exports infrarust.api.command;
    exports infrarust.api.config;
    exports infrarust.api.event;
    exports infrarust.api.filter;
    exports infrarust.api.permission;
    exports infrarust.api.message;
    exports infrarust.api.player;
    exports infrarust.api.scheduler;
    exports infrarust.api.server;
    exports infrarust.api.service;
}
