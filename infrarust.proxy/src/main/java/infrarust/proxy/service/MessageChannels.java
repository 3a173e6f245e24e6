package infrarust.proxy.service;

import infrarust.api.message.ChannelRegistration;
import infrarust.api.message.MessageChannel;
import infrarust.api.message.Messaging;
import infrarust.api.player.Delivery;
import infrarust.api.player.Player;
import infrarust.api.player.Players;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The channels of plugin messages that plugins have registered, and the way to a server. Any thread; look-ups take no lock, and read
 * one map.
 */
public final class MessageChannels implements Messaging {

    private static final String VELOCITY = "velocity:";
    private static final Set<String> BETWEEN_SERVERS_AND_PROXIES = Set.of("BungeeCord", "bungeecord:main");
    private static final Set<String> OF_THE_GAME = Set.of(
            "minecraft:brand",
            "minecraft:register",
            "minecraft:unregister",
            "MC|Brand",
            "REGISTER",
            "UNREGISTER",
            "FML|HS");

    private final Players players;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** How often each channel is registered, in order. Guarded by itself. */
    private final Map<MessageChannel, Integer> registered = new LinkedHashMap<>();

    private volatile Map<String, MessageChannel> byName = Map.of();

    /** @param players those through whose connections servers are reached */
    public MessageChannels(Players players) {
        this.players = players;
    }

    /** Whether a client must not be heard on that channel, because servers take what comes on it for a proxy's word. */
    public static boolean isForbiddenToClients(String name) {
        return BETWEEN_SERVERS_AND_PROXIES.contains(name) || name.startsWith(VELOCITY);
    }

    /** Runs the action whenever a channel comes or goes, on the thread that registers it. */
    public void onChange(Runnable action) {
        listeners.add(action);
    }

    /** Whether no plugin has registered any. */
    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** The registered channel that has that name in any version. */
    public Optional<MessageChannel> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The names of all registered channels in a version. */
    public List<String> namesIn(int protocolVersion) {
        return channels().stream()
                .flatMap(channel -> channel.nameIn(protocolVersion).stream())
                .distinct()
                .toList();
    }

    @Override
    public ChannelRegistration register(MessageChannel channel) {
        channel.modern().ifPresent(MessageChannels::mayRegister);
        channel.legacy().ifPresent(MessageChannels::mayRegister);
        change(channel, 1);
        var present = new AtomicBoolean(true);
        return new ChannelRegistration() {
            @Override
            public MessageChannel channel() {
                return channel;
            }

            @Override
            public void unregister() {
                if (present.compareAndSet(true, false)) {
                    change(channel, -1);
                }
            }
        };
    }

    private static void mayRegister(String name) {
        if (isForbiddenToClients(name) || OF_THE_GAME.contains(name)) {
            throw new IllegalArgumentException("the channel \"" + name + "\" is the proxy's own; choose another name");
        }
    }

    private void change(MessageChannel channel, int by) {
        synchronized (registered) {
            registered.merge(channel, by, Integer::sum);
            registered.values().removeIf(count -> count <= 0);
            Map<String, MessageChannel> next = new HashMap<>();
            for (MessageChannel each : registered.keySet()) {
                each.modern().ifPresent(name -> next.putIfAbsent(name, each));
                each.legacy().ifPresent(name -> next.putIfAbsent(name, each));
            }
            byName = Map.copyOf(next);
        }
        listeners.forEach(Runnable::run);
    }

    @Override
    public List<MessageChannel> channels() {
        synchronized (registered) {
            return new ArrayList<>(registered.keySet());
        }
    }

    @Override
    public Delivery sendToServer(String server, MessageChannel channel, byte[] data) {
        if (data.length > MAX_TO_SERVER) {
            throw new IllegalArgumentException(
                    "a message to a server has at most " + MAX_TO_SERVER + " bytes, this one " + data.length);
        }
        Delivery last = Delivery.DISCONNECTED;
        for (Player player : players.onServer(server)) {
            last = player.sendToServer(channel, data);
            if (last == Delivery.ACCEPTED) {
                return last;
            }
        }
        return last;
    }
}
