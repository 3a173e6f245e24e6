package infrarust.proxy.ban;

import infrarust.api.Plugin;
import infrarust.api.ban.Ban;
import infrarust.api.ban.BanAuditEntry;
import infrarust.api.ban.BanRequest;
import infrarust.api.ban.BanSource;
import infrarust.api.ban.BanTarget;
import infrarust.api.ban.Bans;
import infrarust.api.ban.Page;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import infrarust.api.command.CommandSpec;
import infrarust.api.player.Player;
import infrarust.api.player.Players;
import infrarust.proxy.command.Operations;
import infrarust.proxy.command.WordedCommand;
import infrarust.proxy.config.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;

/**
 * What operators do about bans: {@code ban}, {@code ban-ip}, {@code unban}, {@code unban-ip}, {@code banlist}, {@code
 * baninfo} and more.
 */
public final class BanCommands {

    private static final int PAGE = 10;
    private static final List<String> FOR_EVER = List.of("perm", "permanent", "forever");
    private static final List<String> DURATIONS = List.of("30m", "1h", "1d", "7d", "30d", "perm");

    /** What somebody meant as a duration, whether it is one or not. */
    private static final Pattern LIKE_A_DURATION =
            Pattern.compile("\\d+|(\\d+(ms|mo|s|m|h|d|w|y|sec|secs|min|mins|hours?|days?|weeks?|months?|years?))+");

    private final ProxyBans bans;
    private final Players players;
    private final BanImport imports;

    /**
     * @param bans what is done
     * @param players who is connected
     * @param imports takes in files
     */
    public BanCommands(ProxyBans bans, Players players, BanImport imports) {
        this.bans = bans;
        this.players = players;
        this.imports = imports;
    }

    /** Offers them to operators. */
    public void addTo(Operations operations) {
        operations.addInGame(
                spec("ban", "keeps a player out", "<player|uuid> [duration|perm] [reason]"),
                new WordedCommand(words -> ban(words, "ban", this::player), this::withDuration));
        operations.addInGame(
                spec(
                                "ban-ip",
                                "keeps an address out, or a block of them",
                                "<address|block|player> [duration|perm] [reason]")
                        .withAliases("banip"),
                new WordedCommand(words -> ban(words, "ban-ip", this::address), this::withDuration));
        operations.addInGame(
                spec("unban", "lets a player in again", "<player|uuid>").withAliases("pardon"),
                new WordedCommand(
                        words -> unban(words, "unban <player|uuid>", BanTarget::player),
                        typed -> banned(typed, false)));
        operations.addInGame(
                spec("unban-ip", "lets an address in again, or a block", "<address|block>")
                        .withAliases("unbanip", "pardon-ip"),
                new WordedCommand(
                        words -> unban(words, "unban-ip <address|block>", BanTarget::address),
                        typed -> banned(typed, true)));
        operations.addInGame(
                spec("banlist", "shows who is banned, the newest first", "[page]")
                        .withAliases("bans"),
                new WordedCommand(this::list, typed -> Stream.of()));
        operations.addInGame(
                spec("banlog", "shows what was done about bans, the newest first", "[page]"),
                new WordedCommand(this::log, typed -> Stream.of()));
        operations.addInGame(
                spec("baninfo", "says whether and why somebody is banned", "<player|uuid|address|block>"),
                new WordedCommand(
                        this::info, typed -> typed.size() == 1 ? Stream.concat(names(), banned(typed)) : Stream.of()));
        operations.add(
                spec("ban-import", "takes in the bans of a file of another server or proxy", "<file>"),
                new WordedCommand(this::takeIn, typed -> Stream.of()));
    }

    private static CommandSpec spec(String name, String description, String usage) {
        return CommandSpec.of(name)
                .withDescription(description)
                .withUsage(usage)
                .withPermission("infrarust.command." + name);
    }

    private Stream<String> names() {
        return players.all().stream().map(player -> player.profile().username());
    }

    private Stream<String> withDuration(List<String> typed) {
        return switch (typed.size()) {
            case 1 -> names();
            case 2 -> DURATIONS.stream();
            default -> Stream.of();
        };
    }

    private Stream<String> banned(List<String> typed, boolean addresses) {
        return typed.size() != 1
                ? Stream.of()
                : newest().filter(ban -> ban.target().type().startsWith("ip") == addresses)
                        .map(ban -> ban.target().value());
    }

    private Stream<String> banned(List<String> typed) {
        return Stream.concat(banned(typed, true), banned(typed, false));
    }

    /** Suggestions are asked for on a virtual thread, which may wait. */
    private Stream<Ban> newest() {
        return bans
                .of(new BanSource.Proxy())
                .list(Optional.empty(), Page.MOST)
                .toCompletableFuture()
                .join()
                .entries()
                .stream();
    }

    private BanTarget player(String text) {
        return BanTarget.player(text);
    }

    private BanTarget address(String text) {
        return players.byName(text)
                .<BanTarget>map(
                        player -> new BanTarget.Ip(player.remoteAddress().getAddress()))
                .orElseGet(() -> BanTarget.address(text));
    }

    private Bans of(CommandSource source) {
        return bans.of(source.player().isPresent() ? new BanSource.Player(source.name()) : new BanSource.Console());
    }

    private CompletionStage<?> ban(CommandInvocation invocation, String name, Function<String, BanTarget> reader) {
        CommandSource source = invocation.source();
        List<String> words = invocation.arguments();
        if (words.isEmpty()) {
            return refuse(
                    source,
                    "Say whom to ban: " + name + " " + (name.equals("ban") ? "<player|uuid>" : "<address|block|player>")
                            + " [duration|perm] [reason]");
        }
        BanRequest request;
        try {
            request = BanRequest.of(reader.apply(words.getFirst()));
        } catch (IllegalArgumentException e) {
            return refuse(source, sentence(e));
        }
        int reasonAt = 1;
        if (words.size() > 1) {
            String second = words.get(1).toLowerCase(Locale.ROOT);
            Optional<Duration> duration = DurationText.parse(second).filter(Duration::isPositive);
            if (duration.isPresent()) {
                request = request.withDuration(duration.get());
                reasonAt = 2;
            } else if (FOR_EVER.contains(second)) {
                reasonAt = 2;
            } else if (LIKE_A_DURATION.matcher(second).matches()) {
                return refuse(
                        source,
                        "\"" + words.get(1)
                                + "\" is no duration; expected is one like 30m, 12h or 1d12h (units s, m, h, d), or perm.");
            }
        }
        String reason = String.join(" ", words.subList(reasonAt, words.size()));
        if (!reason.isEmpty()) {
            request = request.withReason(reason);
        }
        Optional<Player> online = players.byName(words.getFirst());
        return tell(source, of(source).ban(request), ban -> Component.text("Banned " + line(ban) + hint(ban, online)));
    }

    /** A name can be changed, an account cannot. */
    private static String hint(Ban ban, Optional<Player> online) {
        return ban.target() instanceof BanTarget.Username
                ? online.filter(Player::isOnlineMode)
                        .map(player -> "\nThis holds for the name. To keep the account out under any name: ban "
                                + player.profile().uuid())
                        .orElse("")
                : "";
    }

    private CompletionStage<?> unban(CommandInvocation invocation, String usage, Function<String, BanTarget> reader) {
        CommandSource source = invocation.source();
        if (invocation.arguments().size() != 1) {
            return refuse(source, "Say whom to let in again: " + usage);
        }
        BanTarget target;
        try {
            target = reader.apply(invocation.arguments().getFirst());
        } catch (IllegalArgumentException e) {
            return refuse(source, sentence(e));
        }
        return tell(
                source,
                of(source).unban(target),
                lifted -> lifted.<Component>map(ban -> Component.text("Unbanned " + ban.target() + "."))
                        .orElseGet(() -> red(target + " is not banned; banlist shows who is.")));
    }

    private CompletionStage<?> info(CommandInvocation invocation) {
        CommandSource source = invocation.source();
        if (invocation.arguments().size() != 1) {
            return refuse(source, "Say whom to look for: baninfo <player|uuid|address|block>");
        }
        String text = invocation.arguments().getFirst();
        List<BanTarget> targets;
        try {
            targets = targets(text);
        } catch (IllegalArgumentException e) {
            return refuse(source, sentence(e));
        }
        CompletionStage<List<Ban>> found = CompletableFuture.completedStage(List.of());
        for (BanTarget target : targets) {
            found = found.thenCombine(
                    of(source).get(target),
                    (before, one) ->
                            Stream.concat(before.stream(), one.stream()).toList());
        }
        return tell(
                source,
                found,
                all -> Component.text(
                        all.isEmpty()
                                ? text + " is not banned."
                                : all.stream().map(this::line).collect(Collectors.joining("\n"))));
    }

    /** What it may mean: an address and the blocks that it is in, or a name, and the account and address of who is online. */
    private List<BanTarget> targets(String text) {
        if (text.indexOf('/') >= 0) {
            return List.of(BanTarget.address(text));
        }
        if (text.indexOf(':') >= 0 || text.chars().filter(c -> c == '.').count() == 3) {
            var one = (BanTarget.Ip) BanTarget.address(text);
            int bits = one.address().getAddress().length * Byte.SIZE;
            return Stream.concat(
                            Stream.<BanTarget>of(one),
                            Stream.iterate(bits, prefix -> prefix >= 0, prefix -> prefix - 1)
                                    .map(prefix -> new BanTarget.IpRange(one.address(), prefix)))
                    .toList();
        }
        BanTarget target = BanTarget.player(text);
        return players.byName(text)
                .map(player -> List.of(
                        target,
                        new BanTarget.Uuid(player.profile().uuid()),
                        new BanTarget.Ip(player.remoteAddress().getAddress())))
                .orElse(List.of(target));
    }

    private CompletionStage<?> list(CommandInvocation invocation) {
        Bans from = of(invocation.source());
        return paged(invocation, "banlist", "Nobody is banned.", from::list, this::line);
    }

    private CompletionStage<?> log(CommandInvocation invocation) {
        Bans from = of(invocation.source());
        return paged(invocation, "banlog", "Nothing has been done about bans.", from::audit, BanCommands::line);
    }

    private interface Pages<T> {
        CompletionStage<Page<T>> after(Optional<String> cursor, int limit);
    }

    private static <T> CompletionStage<?> paged(
            CommandInvocation invocation, String name, String none, Pages<T> pages, Function<T, String> line) {
        CommandSource source = invocation.source();
        List<String> words = invocation.arguments();
        int page = 1;
        if (!words.isEmpty()) {
            String number = words.getFirst();
            if (words.size() > 1 || !number.matches("[1-9]\\d{0,4}")) {
                return refuse(source, "Expected is a page: " + name + " [1, 2, 3, ...]");
            }
            page = Integer.parseInt(number);
        }
        int wanted = page;
        return tell(source, page(pages, Optional.empty(), wanted), found -> {
            if (found.entries().isEmpty()) {
                return Component.text(wanted == 1 ? none : "There is no page " + wanted + ".");
            }
            return Component.text(found.entries().stream().map(line).collect(Collectors.joining("\n"))
                    + found.nextCursor()
                            .map(more -> "\nPage " + wanted + "; more with " + name + " " + (wanted + 1))
                            .orElse(""));
        });
    }

    private static <T> CompletionStage<Page<T>> page(Pages<T> pages, Optional<String> cursor, int further) {
        return pages.after(cursor, PAGE).thenCompose(found -> {
            if (further == 1) {
                return CompletableFuture.completedStage(found);
            }
            return found.nextCursor().isPresent()
                    ? page(pages, found.nextCursor(), further - 1)
                    : CompletableFuture.completedStage(Page.empty());
        });
    }

    private CompletionStage<?> takeIn(CommandInvocation invocation) {
        CommandSource source = invocation.source();
        if (invocation.raw().isBlank()) {
            return refuse(source, "Say which file: ban-import <bans.json|banned-players.json|banned-ips.json>");
        }
        return tell(source, imports.takeIn(Path.of(invocation.raw().strip())), Component::text);
    }

    private String line(Ban ban) {
        return BanText.line(ban, now());
    }

    private static String line(BanAuditEntry entry) {
        return BanText.time(entry.at()) + " " + entry.action().name().toLowerCase(Locale.ROOT) + " " + entry.target()
                + " by " + entry.source().text()
                + entry.reason().map(reason -> ": " + reason).orElse("");
    }

    private Instant now() {
        return bans.clock().instant();
    }

    private static <T> CompletionStage<?> tell(
            CommandSource source, CompletionStage<T> stage, Function<? super T, ? extends Component> text) {
        return stage.handle((value, failure) -> {
            if (failure == null) {
                source.sendMessage(text.apply(value));
            } else {
                Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                source.sendMessage(red(String.valueOf(cause.getMessage())));
            }
            return "";
        });
    }

    private static CompletionStage<?> refuse(CommandSource source, String text) {
        source.sendMessage(red(text));
        return Plugin.done();
    }

    private static String sentence(IllegalArgumentException failure) {
        return failure.getMessage() + ".";
    }

    private static Component red(String text) {
        return Component.text(text, NamedTextColor.RED);
    }
}
