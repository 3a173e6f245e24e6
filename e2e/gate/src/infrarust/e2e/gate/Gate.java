package infrarust.e2e.gate;

import infrarust.api.Plugin;
import infrarust.api.PluginContext;
import infrarust.api.PluginMetadata;
import infrarust.api.event.PostLoginEvent;
import infrarust.api.event.PreLoginEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import net.kyori.adventure.text.Component;

/**
 * Says {@code gate VERSION} to everybody who has come in, and lets nobody in who is called Griefer. While there is a file {@code
 * hold} in its folder it is not enabled. The tests write another version in the place of VERSION.
 */
public final class Gate implements Plugin {

    @Override
    public PluginMetadata metadata() {
        return new PluginMetadata("gate", "Gate", "VERSION");
    }

    @Override
    public CompletionStage<?> onEnable(PluginContext context) throws Exception {
        Path hold = context.dataFolder().resolve("hold");
        while (Files.exists(hold)) {
            Thread.sleep(20);
        }
        context.events().subscribe(PreLoginEvent.class, event -> {
            if (event.profile().username().equals("Griefer")) {
                event.deny(Component.text("not here"));
            }
        });
        context.events()
                .subscribe(
                        PostLoginEvent.class,
                        event -> event.player().sendMessage(Component.text("gate VERSION")));
        return Plugin.done();
    }
}
