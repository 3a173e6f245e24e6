package infrarust.nativeplugins.hello;

import infrarust.api.Plugin;
import infrarust.api.PluginContext;
import infrarust.api.PluginMetadata;
import infrarust.api.Settings;
import infrarust.api.command.CommandSpec;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.player.Player;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;

/**
 * Greets who comes in, answers {@code /hello}, and reminds everybody of something from time to time.
 *
 * <pre>{@code
 * [plugins.hello]
 * enabled = true
 * greeting = "Welcome, {player}!"
 * reminder_every = "30m"            # no reminder without it
 * reminder = "{count} players are here."
 * }</pre>
 */
public final class Hello implements Plugin {

    /** For the service loader. */
    public Hello() {}

    @Override
    public PluginMetadata metadata() {
        return new PluginMetadata(
                "hello",
                "Hello",
                "1.0.0",
                List.of(),
                Optional.of("greets players; the sample of a native plugin"),
                List.of());
    }

    @Override
    public boolean isOnByDefault() {
        return false;
    }

    @Override
    public CompletionStage<?> onEnable(PluginContext context) {
        Settings settings = context.settings();
        String greeting = settings.text("greeting").orElse("Welcome, {player}!");
        context.events()
                .subscribe(PostLoginEvent.class, event -> tell(event.player(), forPlayer(greeting, event.player())));
        context.commands().register(CommandSpec.of("hello").withDescription("greets you"), invocation -> {
            invocation
                    .source()
                    .sendMessage(Component.text("Hello, " + invocation.source().name() + "!"));
            return Plugin.done();
        });
        String reminder = settings.text("reminder").orElse("{count} players are here.");
        settings.duration("reminder_every")
                .ifPresent(period -> context.scheduler().every(period, () -> {
                    String text = reminder.replace(
                            "{count}", String.valueOf(context.players().count()));
                    context.players().all().forEach(player -> tell(player, forPlayer(text, player)));
                }));
        return Plugin.done();
    }

    private static String forPlayer(String text, Player player) {
        return text.replace("{player}", player.profile().username());
    }

    private static void tell(Player player, String text) {
        // Who has left meanwhile, or cannot be told, needs no greeting.
        var _ = player.sendMessage(Component.text(text, NamedTextColor.GOLD));
    }
}
