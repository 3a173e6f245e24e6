package infrarust.proxy;

import infrarust.api.Plugin;
import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import infrarust.proxy.command.Operations;
import infrarust.proxy.config.DurationText;
import infrarust.proxy.live.LiveConfiguration;
import infrarust.proxy.live.ReloadState;
import infrarust.proxy.live.Reloads;
import infrarust.proxy.net.Network;
import infrarust.proxy.service.OnlinePlayers;
import infrarust.proxy.telemetry.ConnectionCounters;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;

/** {@code status}, and {@code stop}: the proxy as a whole. */
final class StatusCommand {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final long MIB = 1 << 20;

    private final Instant started = Instant.now();
    private final OnlinePlayers players;
    private final ConnectionCounters counters;
    private final Network network;
    private final LiveConfiguration live;
    private final Reloads reloads;

    private StatusCommand(
            OnlinePlayers players,
            ConnectionCounters counters,
            Network network,
            LiveConfiguration live,
            Reloads reloads) {
        this.players = players;
        this.counters = counters;
        this.network = network;
        this.live = live;
        this.reloads = reloads;
    }

    /** Adds both commands. */
    static void addTo(
            Operations operations,
            OnlinePlayers players,
            ConnectionCounters counters,
            Network network,
            LiveConfiguration live,
            Reloads reloads,
            StopRequest stop) {
        var status = new StatusCommand(players, counters, network, live, reloads);
        operations.add(
                CommandSpec.of("status")
                        .withAliases("info")
                        .withDescription("shows how the proxy is")
                        .withPermission("infrarust.command.status"),
                invocation -> {
                    status.lines().forEach(line -> invocation.source().sendMessage(line));
                    return Plugin.done();
                });
        operations.add(
                CommandSpec.of("stop")
                        .withAliases("shutdown", "exit", "quit")
                        .withDescription("stops the proxy; players read the reason")
                        .withUsage("[reason]")
                        .withPermission("infrarust.command.stop"),
                invocation -> {
                    stop(invocation.source(), stop, invocation.raw().strip());
                    return Plugin.done();
                });
    }

    private static void stop(CommandSource source, StopRequest stop, String reason) {
        source.sendMessage(Component.text(
                stop.isMade() ? "The proxy is stopping already." : "The proxy stops.", NamedTextColor.YELLOW));
        stop.stop(reason);
    }

    private List<Component> lines() {
        Runtime runtime = Runtime.getRuntime();
        ReloadState state = reloads.state();
        return List.of(
                Component.text("Infrarust " + Usage.version(), NamedTextColor.GOLD),
                line(
                        "up",
                        DurationText.format(Duration.ofSeconds(
                                        Duration.between(started, Instant.now()).toSeconds()))
                                + ", since " + TIME.format(started)),
                line("players", String.valueOf(players.count())),
                line("connections", counters.open() + " open; since the start " + counters),
                line("servers", String.valueOf(live.snapshot().servers().size())),
                line(
                        "memory",
                        (runtime.totalMemory() - runtime.freeMemory()) / MIB + " of " + runtime.maxMemory() / MIB
                                + " MiB of the heap"),
                line("network", network.transport() + ", " + network.loopCount() + " event loops"),
                line("config", described(state)));
    }

    private static String described(ReloadState state) {
        String changes = state.lastChange()
                .map(at -> "changed " + state.changes() + (state.changes() == 1 ? " time" : " times") + ", last at "
                        + TIME.format(at))
                .orElse("as at the start");
        if (!state.problems().isEmpty()) {
            changes += "; the files have " + state.problems().size()
                    + (state.problems().size() == 1 ? " problem" : " problems") + " (config check)";
        }
        return state.restart().isEmpty()
                ? changes
                : changes + "; needs a restart: " + String.join(", ", state.restart());
    }

    private static Component line(String name, String value) {
        return Component.text("  %-12s %s".formatted(name, value));
    }
}
