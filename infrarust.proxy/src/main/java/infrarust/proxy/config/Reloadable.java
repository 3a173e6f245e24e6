package infrarust.proxy.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Which settings of {@code infrarust.toml} a proxy takes while it runs. What is not listed stays as it was at the start, and is
 * named when the file says something else.
 */
final class Reloadable {

    /** By the names of the components of {@link ProxyConfig}. */
    static final Set<String> COMPONENTS = Set.of(
            "compressionThreshold",
            "connectTimeout",
            "connectMaxAttempts",
            "unknownDomainBehavior",
            "announceProxyCommands",
            "statusCache",
            "receiveProxyProtocol",
            "ipFilter",
            "rateLimit",
            "packetLimits",
            "defaultMotd",
            "permissions",
            "forwarding",
            "activeHealth",
            "shutdown",
            "plugins");

    private Reloadable() {}

    /**
     * The configuration that a running proxy can go over to.
     *
     * @param running the one that it has
     * @param wanted what the file says now
     */
    static ProxyConfig merge(ProxyConfig running, ProxyConfig wanted) {
        RecordComponent[] components = ProxyConfig.class.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component ->
                        SettingNames.value(component, COMPONENTS.contains(component.getName()) ? wanted : running))
                .toArray();
        try {
            return ProxyConfig.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("two configurations cannot be joined", e);
        }
    }

    /** The keys that the file has changed and that only a restart brings about. */
    static List<String> needRestart(ProxyConfig running, ProxyConfig wanted) {
        List<String> keys = new ArrayList<>();
        for (ChangedSetting change : SettingNames.changed(merge(running, wanted), wanted)) {
            keys.add(change.key());
        }
        return keys;
    }
}
