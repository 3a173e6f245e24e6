package infrarust.proxy.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import infrarust.api.PluginDependency;
import infrarust.api.PluginMetadata;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DependencyOrderTest {

    /** A plugin; a dependency that ends with a question mark is optional. */
    private static PluginMetadata plugin(String id, String... dependencies) {
        return new PluginMetadata(
                id,
                id,
                "1",
                List.of(),
                Optional.empty(),
                Stream.of(dependencies)
                        .map(one -> one.endsWith("?")
                                ? PluginDependency.optional(one.substring(0, one.length() - 1))
                                : PluginDependency.required(one))
                        .toList());
    }

    private static DependencyOrder order(PluginMetadata... plugins) {
        return DependencyOrder.of(List.of(plugins), Set.of());
    }

    @Test
    void plugins_without_dependencies_stay_as_they_were_found() {
        assertThat(order(plugin("c"), plugin("a"), plugin("b")).order()).containsExactly("c", "a", "b");
    }

    @Test
    void dependencies_come_first() {
        var order = order(plugin("a", "b", "c"), plugin("b", "c"), plugin("c"));
        assertThat(order.order()).containsExactly("c", "b", "a");
        assertThat(order.refused()).isEmpty();
    }

    @Test
    void an_optional_dependency_that_is_there_orders_and_one_that_is_not_is_ignored() {
        var order = order(plugin("a", "b?", "x?"), plugin("b"));
        assertThat(order.order()).containsExactly("b", "a");
        assertThat(order.refused()).isEmpty();
    }

    @Test
    void a_missing_dependency_refuses_that_plugin_and_those_that_need_it() {
        var order = order(plugin("top", "a"), plugin("a", "x"), plugin("other"), plugin("loose", "a?"));
        assertThat(order.order()).containsExactly("other", "loose");
        assertThat(order.refused())
                .containsExactly(
                        entry("a", "plugin 'a' requires 'x', which was not found"),
                        entry("top", "plugin 'top' requires 'a', which is not enabled"));
    }

    @Test
    void a_dependency_that_is_switched_off_is_said_to_be_so() {
        var order = DependencyOrder.of(List.of(plugin("a", "off")), Set.of("off"));
        assertThat(order.refused()).containsExactly(entry("a", "plugin 'a' requires 'off', which is not enabled"));
    }

    @Test
    void a_cycle_names_its_members_and_refuses_only_them_and_those_that_need_them() {
        var order = order(plugin("user", "a"), plugin("a", "b"), plugin("b", "c"), plugin("c", "a"), plugin("other"));
        assertThat(order.order()).containsExactly("other");
        assertThat(order.refused())
                .containsOnly(
                        entry("a", "plugin 'a' depends on itself: a -> b -> c -> a"),
                        entry("b", "plugin 'b' depends on itself: a -> b -> c -> a"),
                        entry("c", "plugin 'c' depends on itself: a -> b -> c -> a"),
                        entry("user", "plugin 'user' requires 'a', which is not enabled"));
    }

    @Test
    void a_plugin_that_requires_itself_is_a_cycle_of_one() {
        assertThat(order(plugin("a", "a")).refused())
                .containsExactly(entry("a", "plugin 'a' depends on itself: a -> a"));
    }

    @Test
    void an_optional_dependency_gives_way_where_it_would_close_a_cycle() {
        var order = order(plugin("a", "b?"), plugin("b", "a"));
        assertThat(order.order()).containsExactly("a", "b");
        assertThat(order.refused()).isEmpty();
    }
}
