package infrarust.proxy;

import infrarust.proxy.command.ConsoleOperations;
import infrarust.proxy.command.InfrarustCommand;
import infrarust.proxy.command.KnownNames;
import infrarust.proxy.command.Operations;
import infrarust.proxy.command.OperatorCommands;
import infrarust.proxy.command.PlayerOperations;
import infrarust.proxy.command.ProxyCommands;
import infrarust.proxy.command.RouteOperations;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.Deadlines;
import infrarust.proxy.permission.PlayerPermissions;
import infrarust.proxy.routing.DomainRouter;
import infrarust.proxy.routing.Pools;
import infrarust.proxy.service.OnlinePlayers;
import java.util.function.Supplier;

/** What operators can do, at the console and in the game, put together from the rooms; and the commands of everybody. */
final class Operators {

    private final Operations operations = new Operations();
    private final OnlinePlayers players;
    private final ProxyCommands commands;

    /**
     * @param snapshot the configuration of this moment
     * @param players who is online
     * @param deadlines the clock that commands are given
     * @param permissions who may do what
     */
    Operators(
            Supplier<ProxySnapshot> snapshot,
            OnlinePlayers players,
            Deadlines deadlines,
            PlayerPermissions permissions) {
        this.players = players;
        this.commands = new ProxyCommands(
                deadlines,
                permissions,
                new KnownNames(
                        players,
                        () -> snapshot.get().servers().stream()
                                .map(ServerConfig::id)
                                .toList()));
        // Before the plugins, so that none of them takes the names.
        new InfrarustCommand(operations, commands, players, () -> snapshot.get().servers()).register();
        new ConsoleOperations(Usage.version(), operations, commands).addTo();
        new PlayerOperations(players).addTo(operations);
    }

    /** Adds what is to be seen of the ways to servers, once there are any. */
    void addRoutes(Supplier<DomainRouter> router, Supplier<Pools> pools) {
        new RouteOperations(players, router, pools).addTo(operations);
    }

    /** Where other rooms add what they offer. */
    Operations operations() {
        return operations;
    }

    /** The commands that players can give. */
    ProxyCommands commands() {
        return commands;
    }

    /** The lines of the console. */
    OperatorCommands console() {
        return new OperatorCommands(operations, commands);
    }
}
