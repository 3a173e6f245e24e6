/** The Minecraft reverse proxy: configuration, network, protocol, routing, sessions, limbo, services, plugins. */
module infrarust.proxy {
    requires infrarust.api;
    requires infrarust.wasm.component;
    requires infrarust.wasm.spi;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.haproxy;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.resolver;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.io_uring;
    requires io.netty.transport.unix.common;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires com.google.gson;
    requires net.kyori.adventure.text.serializer.gson;
    requires net.kyori.adventure.text.serializer.json;
    requires net.kyori.adventure.text.serializer.legacy;
    requires net.kyori.adventure.text.serializer.plain;
    requires java.net.http; // the session server
    requires java.sql; // the database
    requires jdk.net; // keep-alive times without a native transport
    requires jdk.unsupported; // signals
    requires org.jline.reader;
    requires org.jline.terminal;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.toml;
    requires org.apache.commons.cli;
    requires static org.jspecify;

    exports infrarust.proxy.console to
            org.slf4j;

    provides ch.qos.logback.classic.spi.Configurator with
            infrarust.proxy.console.LogConfigurator;

    uses infrarust.api.Plugin;
    uses infrarust.wasm.spi.CoreEngineProvider;
}
