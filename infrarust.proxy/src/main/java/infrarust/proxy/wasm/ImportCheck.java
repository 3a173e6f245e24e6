package infrarust.proxy.wasm;

import infrarust.proxy.config.Capability;
import infrarust.proxy.plugin.PluginRefusedException;
import infrarust.wasm.component.Component;
import infrarust.wasm.component.type.ExternType;
import infrarust.wasm.component.type.InstanceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the imports and exports of a component say about it before any of its code runs. */
final class ImportCheck {

    private static final String GUEST = PluginContract.PACKAGE + "guest@";

    private ImportCheck() {}

    /**
     * The contract that the component was built for, by the version in the name of its export {@code guest}.
     *
     * @throws PluginRefusedException if it has none, or one that is not served
     */
    static PluginContract contractOf(Component component, Collection<? extends PluginContract> contracts)
            throws PluginRefusedException {
        List<String> versions = component.exports().keySet().stream()
                .filter(name -> name.startsWith(GUEST))
                .map(name -> name.substring(GUEST.length()))
                .toList();
        if (versions.isEmpty()) {
            throw new PluginRefusedException("not an Infrarust plugin component: it exports no "
                    + PluginContract.PACKAGE + "guest; build it with a plugin SDK");
        }
        for (PluginContract contract : contracts) {
            if (versions.contains(contract.version())) {
                return contract;
            }
        }
        String served = contracts.stream().map(PluginContract::version).sorted().collect(Collectors.joining(" and "));
        throw new PluginRefusedException("plugin built for infrarust:plugin@" + versions.getFirst()
                + "; this proxy serves " + served + ", rebuild it with an SDK for infrarust:plugin@" + served);
    }

    /**
     * Checks that the contract offers every interface of its own that the component imports functions of.
     *
     * @throws PluginRefusedException if not; the message names them
     */
    static void offered(Component component, PluginContract contract) throws PluginRefusedException {
        // Of other packages the component layer says whether anybody offers them.
        String unknown = component.imports().entrySet().stream()
                .filter(each -> each.getKey().startsWith(PluginContract.PACKAGE))
                .filter(each -> !contract.offers(interfaceName(each.getKey())))
                .filter(each -> !functions(each.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw new PluginRefusedException(
                    "it imports " + unknown + ", which this version of the proxy does not offer");
        }
    }

    /** The functions that the component imports and may not call, as {@code interface.function}, by what they need. */
    static Map<Capability, List<String>> ungranted(
            Component component, PluginContract contract, Set<Capability> granted) {
        Map<Capability, List<String>> missing = new EnumMap<>(Capability.class);
        component.imports().forEach((name, type) -> {
            if (name.startsWith(PluginContract.PACKAGE)) {
                String of = interfaceName(name);
                for (String function : functions(type)) {
                    contract.needs(of, function)
                            .filter(needed -> !granted.contains(needed))
                            .ifPresent(needed -> missing.computeIfAbsent(needed, key -> new ArrayList<>())
                                    .add(of + "." + function));
                }
            }
        });
        return missing;
    }

    private static List<String> functions(ExternType type) {
        return type instanceof InstanceType instance
                ? instance.exports().entrySet().stream()
                        .filter(each -> each.getValue() instanceof ExternType.Function)
                        .map(Map.Entry::getKey)
                        .toList()
                : List.of();
    }

    /** Without package and version. */
    private static String interfaceName(String name) {
        int version = name.indexOf('@');
        return name.substring(PluginContract.PACKAGE.length(), version < 0 ? name.length() : version);
    }
}
