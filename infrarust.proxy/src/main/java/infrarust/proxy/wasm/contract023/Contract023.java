package infrarust.proxy.wasm.contract023;

import infrarust.proxy.config.Capability;
import infrarust.proxy.wasm.GuestHost;
import infrarust.proxy.wasm.PluginContract;
import infrarust.wasm.component.bind.WitInterface;
import java.util.Map;
import java.util.Optional;

/** The plugin contract {@code infrarust:plugin@0.2.3}. */
public final class Contract023 implements PluginContract {

    /** The interfaces that are offered, with the capability that their functions need. */
    private static final Map<String, Optional<Capability>> OFFERED = Map.ofEntries(
            Map.entry("types", Optional.empty()),
            Map.entry("log", Optional.empty()),
            Map.entry("limbo", Optional.empty()),
            Map.entry("event-bus", Optional.of(Capability.EVENT_BUS)),
            Map.entry("command-manager", Optional.of(Capability.COMMAND)),
            Map.entry("scheduler", Optional.of(Capability.SCHEDULER)),
            Map.entry("config-service", Optional.of(Capability.CONFIG_READ)),
            Map.entry("player-registry", Optional.of(Capability.PLAYER_READ)),
            Map.entry("server-manager", Optional.of(Capability.SERVER_MANAGE)),
            Map.entry("ban-service", Optional.of(Capability.BAN)));

    @Override
    public String version() {
        return "0.2.3";
    }

    @Override
    public boolean offers(String interfaceName) {
        return OFFERED.containsKey(interfaceName);
    }

    @Override
    public Optional<Capability> needs(String interfaceName, String function) {
        return switch (function) {
            case "register-limbo-handler" -> Optional.of(Capability.LIMBO);
            case "[method]player.send-packet" -> Optional.of(Capability.RAW_PACKET);
            case "[method]player.disconnect",
                    "[method]player.send-message",
                    "[method]player.send-title",
                    "[method]player.send-action-bar",
                    "[method]player.switch-server" -> Optional.of(Capability.PLAYER_WRITE);
            // The other methods of a player need nothing: whoever has one has been allowed to look it up.
            case String method when method.startsWith("[method]") -> Optional.empty();
            default -> OFFERED.getOrDefault(interfaceName, Optional.empty());
        };
    }

    @Override
    public Adapter adapt(GuestHost host) {
        return new Adapter023(host);
    }

    /** The name of the WIT interface that a Java interface stands for. */
    static String nameOf(Class<?> type) {
        WitInterface name = type.getAnnotation(WitInterface.class);
        if (name == null) {
            throw new IllegalArgumentException(type + " stands for no interface of the contract");
        }
        return name.value();
    }
}
