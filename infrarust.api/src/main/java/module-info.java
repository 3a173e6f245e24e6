/** Everything a native plugin sees. No implementation, no Netty types. */
module infrarust.api {
    requires transitive net.kyori.adventure.api;
    requires transitive net.kyori.adventure.key;
    requires transitive org.slf4j;
    requires static org.jspecify;
}
