package com.example.greeting;

import infrarust.api.Plugin;
import infrarust.api.PluginContext;
import infrarust.api.PluginMetadata;
import infrarust.api.command.CommandSpec;
import infrarust.api.event.PostLoginEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import net.kyori.adventure.text.Component;

/** Greets players, has a command, and does something every minute. Change it to what you need. */
public final class GreetingPlugin implements Plugin {

    @Override
    public PluginMetadata metadata() {
        return new PluginMetadata(
                "greeting", "Greeting", "1.0.0", List.of("you"), Optional.of("greets players"), List.of());
    }

    @Override
    public CompletionStage<?> onEnable(PluginContext context) {
        String greeting = context.settings().text("greeting").orElse("Good to see you, {player}!");
        context.events().subscribe(PostLoginEvent.class, event -> {
            String name = event.player().profile().username();
            event.player().sendMessage(Component.text(greeting.replace("{player}", name)));
        });
        context.commands().register(CommandSpec.of("greeting").withDescription("says the greeting"), invocation -> {
            invocation.source().sendMessage(Component.text(greeting));
            return Plugin.done();
        });
        context.scheduler()
                .every(Duration.ofMinutes(1), () -> context.logger().debug("{} are here", context.players().count()));
        return Plugin.done();
    }
}
