package infrarust.proxy.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class NameLookupTest {

    private static final InetAddress ONE = InetAddress.ofLiteral("10.0.0.1");
    private static final InetAddress TWO = InetAddress.ofLiteral("fd00::1");
    private static final InetSocketAddress NAME = InetSocketAddress.createUnresolved("game.example", 7);

    private final List<Runnable> blocking = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Object> answers = new ArrayList<>();

    private final NameLookup names = new NameLookup(
            host -> {
                asked.add(host);
                return switch (host) {
                    case "game.example" -> new InetAddress[] {ONE, TWO};
                    case "broken.example" -> throw new IllegalStateException("a resolver with a bug");
                    default -> throw new UnknownHostException(host);
                };
            },
            blocking::add);

    private void resolve(InetSocketAddress address, Executor caller) {
        names.resolve(address, caller, (found, why) -> answers.add(why == null ? found : String.valueOf(why)));
    }

    private void runBlocking() {
        List<Runnable> now = List.copyOf(blocking);
        blocking.clear();
        now.forEach(Runnable::run);
    }

    @Test
    void a_name_is_asked_for_elsewhere_and_answered_where_the_caller_wants_it() {
        List<Runnable> caller = new ArrayList<>();
        resolve(NAME, caller::add);
        assertThat(asked).isEmpty();
        runBlocking();
        assertThat(asked).containsExactly("game.example");
        assertThat(answers).isEmpty();
        caller.forEach(Runnable::run);
        assertThat(answers).containsExactly(List.of(new InetSocketAddress(ONE, 7), new InetSocketAddress(TWO, 7)));
    }

    @Test
    void however_many_want_it_at_a_time_a_name_is_asked_for_once_and_again_later() {
        for (int i = 0; i < 100; i++) {
            resolve(NAME, Runnable::run);
        }
        runBlocking();
        assertThat(asked).hasSize(1);
        assertThat(answers).hasSize(100);
        resolve(NAME, Runnable::run);
        runBlocking();
        assertThat(asked).hasSize(2);
    }

    @Test
    void an_address_in_numbers_needs_no_look_up() {
        resolve(InetSocketAddress.createUnresolved("10.0.0.1", 7), Runnable::run);
        resolve(InetSocketAddress.createUnresolved("fd00::1", 7), Runnable::run);
        assertThat(blocking).isEmpty();
        assertThat(answers)
                .containsExactly(List.of(new InetSocketAddress(ONE, 7)), List.of(new InetSocketAddress(TWO, 7)));
    }

    @Test
    void a_name_without_addresses_is_answered_with_the_reason_and_so_is_a_resolver_that_breaks() {
        resolve(InetSocketAddress.createUnresolved("nowhere.example", 7), Runnable::run);
        resolve(InetSocketAddress.createUnresolved("broken.example", 7), Runnable::run);
        runBlocking();
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0)).asString().contains("UnknownHostException: nowhere.example");
        assertThat(answers.get(1)).asString().contains("a resolver with a bug");
    }
}
