package infrarust.proxy.permission;

import infrarust.api.Plugin;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import infrarust.api.player.Player;
import infrarust.api.player.Players;
import infrarust.proxy.command.Operations;
import infrarust.proxy.command.WordedCommand;
import infrarust.proxy.permission.Admins.Admin;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;

/** {@code op}, {@code deop} and {@code ops}: who is an admin beside those of the configuration. */
public final class AdminCommands {

    private final Admins admins;
    private final PlayerPermissions permissions;
    private final Players players;
    private final List<String> configured;

    /**
     * @param admins who has been made one
     * @param permissions knows who else is an admin
     * @param players who is connected
     * @param configured the admins of the configuration, to be shown
     */
    public AdminCommands(Admins admins, PlayerPermissions permissions, Players players, List<String> configured) {
        this.admins = admins;
        this.permissions = permissions;
        this.players = players;
        this.configured = List.copyOf(configured);
    }

    /** Offers them to operators. */
    public void addTo(Operations operations) {
        operations.addInGame(
                spec("op", "makes a player an admin", "<player|uuid>"),
                new WordedCommand(
                        this::op,
                        typed -> first(
                                typed,
                                players.all().stream()
                                        .map(player -> player.profile().username()))));
        operations.addInGame(
                spec("deop", "makes an admin an ordinary player", "<player|uuid>"),
                new WordedCommand(
                        this::deop, typed -> first(typed, admins.all().stream().map(Admin::name))));
        operations.addInGame(spec("ops", "shows the admins", ""), new WordedCommand(this::ops, typed -> Stream.of()));
    }

    private static Stream<String> first(List<String> typed, Stream<String> words) {
        return typed.size() == 1 ? words : Stream.of();
    }

    private static CommandSpec spec(String name, String description, String usage) {
        return CommandSpec.of(name)
                .withDescription(description)
                .withUsage(usage)
                .withPermission("infrarust.command." + name);
    }

    private CompletionStage<?> op(CommandInvocation invocation) {
        CommandSource source = invocation.source();
        if (invocation.arguments().size() != 1) {
            return say(source, red("Say who shall be an admin: op <player|uuid>"));
        }
        String wanted = invocation.arguments().getFirst();
        Optional<Player> online = players.byName(wanted).or(() -> uuid(wanted).flatMap(players::byUuid));
        // An account where it is proven: a name can be another's tomorrow.
        Optional<String> uuid = uuid(wanted)
                .map(UUID::toString)
                .or(() -> online.filter(Player::isOnlineMode)
                        .map(player -> player.profile().uuid().toString()));
        String name = online.map(player -> player.profile().username()).orElse(wanted);
        if (uuid.isEmpty() && (name.length() > 16 || name.isBlank())) {
            return say(source, red("\"" + wanted + "\" is neither a player's name nor a UUID."));
        }
        if (permissions.isConfiguredAdmin(name)
                || uuid.filter(permissions::isConfiguredAdmin).isPresent()) {
            return say(source, red(name + " is an admin by infrarust.toml already."));
        }
        return admins.add(uuid, name, source.player().isPresent() ? "player:" + source.name() : source.name())
                .thenAccept(added -> {
                    if (!added) {
                        source.sendMessage(red(name + " is an admin already."));
                        return;
                    }
                    source.sendMessage(Component.text(name + " is an admin now"
                            + uuid.map(id -> ", with the account " + id).orElse(", by name") + "."
                            + caution(uuid.isEmpty())));
                });
    }

    private String caution(boolean byName) {
        return byName && !permissions.trustsOfflineAdmins()
                ? " It counts once a session server has verified the player."
                : "";
    }

    private CompletionStage<?> deop(CommandInvocation invocation) {
        CommandSource source = invocation.source();
        if (invocation.arguments().size() != 1) {
            return say(source, red("Say who shall be an admin no more: deop <player|uuid>"));
        }
        String wanted = invocation.arguments().getFirst();
        List<Admin> found = admins.named(wanted);
        if (found.isEmpty()) {
            return say(
                    source,
                    red(
                            permissions.isConfiguredAdmin(wanted)
                                    ? wanted
                                            + " is an admin by infrarust.toml; remove it from `admins` in [permissions]"
                                            + " there."
                                    : wanted + " is no admin; there are: " + names() + "."));
        }
        return admins.remove(found)
                .thenAccept(gone -> source.sendMessage(Component.text(found.getFirst()
                                .name() + " is no admin any more."
                        + (permissions.isConfiguredAdmin(wanted) ? " By infrarust.toml it still is one." : ""))));
    }

    private CompletionStage<?> ops(CommandInvocation invocation) {
        List<Admin> all = admins.all();
        int count = all.size() + configured.size();
        Component text = Component.text(count + (count == 1 ? " admin" : " admins"));
        for (String admin : configured) {
            text = text.append(Component.text("\n" + admin + " (infrarust.toml)"));
        }
        for (Admin each : all) {
            text = text.append(Component.text("\n" + each.name() + " ("
                    + (each.isAccount() ? "account " + each.subject() : "name") + ", by " + each.source() + ")"));
        }
        return say(invocation.source(), text);
    }

    private String names() {
        String all = String.join(", ", admins.all().stream().map(Admin::name).toList());
        return all.isEmpty() ? "none" : all;
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static CompletionStage<?> say(CommandSource source, Component text) {
        source.sendMessage(text);
        return Plugin.done();
    }

    private static Component red(String text) {
        return Component.text(text, NamedTextColor.RED);
    }
}
