package infrarust.proxy;

import infrarust.api.Plugin;
import infrarust.api.command.CommandSpec;
import infrarust.proxy.command.Operations;
import infrarust.proxy.command.Pages;
import infrarust.proxy.filter.FilterRegistry;
import java.util.List;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.format.NamedTextColor;

/** {@code filters}: what plugins have put into the way of connections and packets, in the order in which it is met. */
final class FilterOperations {

    private FilterOperations() {}

    /** Offers it to operators. */
    static void addTo(Operations operations, FilterRegistry filters) {
        operations.addInGame(
                CommandSpec.of("filters")
                        .withDescription(
                                "shows the filters of plugins in the order in which connections and packets meet them")
                        .withArguments(Pages.PAGE)
                        .withPermission("infrarust.command.filters"),
                invocation -> {
                    List<FilterRegistry.Entry> entries = filters.entries();
                    new Pages(
                                    entries.isEmpty()
                                            ? "No plugin filters anything."
                                            : entries.size() + " in their order",
                                    entries.stream().map(FilterOperations::row).toList())
                            .show(invocation);
                    return Plugin.done();
                });
    }

    private static Component row(FilterRegistry.Entry entry) {
        return Component.text(entry.name(), NamedTextColor.AQUA)
                .append(Component.text(
                        " " + entry.role().text() + " of '" + entry.owner() + "'"
                                + (entry.role() == FilterRegistry.Role.CODEC && entry.required() ? ", required" : ""),
                        NamedTextColor.GRAY));
    }
}
