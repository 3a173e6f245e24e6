package infrarust.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line as a user meets it. */
class InfrarustTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Infrarust.run(
                arguments,
                folder,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Nested
    class Help_and_version {

        @Test
        void help_lists_every_option_and_the_exit_codes() {
            assertThat(run("--help")).isZero();
            assertThat(out())
                    .contains("--config", "--bind", "--log-level", "--plugins-dir", "--servers-dir", "check")
                    .contains("--help", "--version", "Exit codes:")
                    .doesNotContain("exit-after-start");
        }

        @Test
        void help_of_check_is_its_own() {
            assertThat(run("check", "--help")).isZero();
            assertThat(out()).contains("check", "--config").doesNotContain("--log-level");
        }

        @Test
        void the_version_is_that_of_the_build() {
            assertThat(run("--version")).isZero();
            assertThat(out()).matches("infrarust \\d+\\.\\d+\\.\\d+.*\n");
        }
    }

    @Nested
    class A_wrong_command_line {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "--bnd | there is no option --bnd; did you mean --bind?",
                    "--bind :: | --bind: an IPv6 address needs brackets",
                    "--bind x:99999 | --bind: port 99999 is not in 0..65535",
                    "--log-level loud | \"loud\" is not a log level; there are trace, debug, info, warn, error, off",
                    "--config | --config needs a FILE behind it",
                    "-c --bind x:1 | --config needs a FILE behind it",
                    "-c a -c b | --config is there twice; give it once",
                    "chek | there is no command 'chek'; did you mean check?",
                    "check it now | check takes one server, but there is 'now' behind it",
                    "check -l info | check takes no --log-level",
                })
        void is_answered_in_one_sentence(String arguments, String sentence) {
            assertThat(run(arguments.split(" "))).isEqualTo(2);
            assertThat(err())
                    .startsWith("infrarust: ")
                    .contains(sentence)
                    .endsWith("Try infrarust --help.\n")
                    .doesNotContain("\tat ", "Exception");
        }
    }

    @Nested
    class Check {

        @Test
        void says_what_it_understood() throws IOException {
            file("infrarust.toml", "bind = \"127.0.0.1:7777\"\n[plugins.x]\npermissions = [\"magic\"]\n");
            file("servers/a.toml", "domains = [\"a.org\", \"*.a.org\"]\naddresses = [\"10.0.0.1\", \"10.0.0.2:7\"]\n");
            file("servers/b.toml", "domains = [\"A.org\"]\naddresses = [\"b\"]\nproxy_mode = \"offline\"\n");
            file("plugins/greeter.wasm", "x");
            file("plugins/old.jar", "x");
            assertThat(run("check")).isZero();
            assertThat(out())
                    .contains("config   infrarust.toml\n")
                    .contains("bind     127.0.0.1:7777\n")
                    .contains("a                  passthrough  a.org, *.a.org -> 10.0.0.1:25565, 10.0.0.2:7\n")
                    .contains("b                  offline      A.org -> b:25565\n")
                    .contains("greeter.wasm       1 KiB\n")
                    .contains("warning: infrarust.toml:3: `plugins.x.permissions` names the unknown capability")
                    .contains("warning: the domain \"A.org\" is claimed by the servers a and b; b gets it\n")
                    .contains("old.jar            1 KiB\n")
                    .endsWith("the configuration is good, 2 warnings\n");
            assertThat(err()).isEmpty();
        }

        @Test
        void says_how_the_addresses_of_a_server_are_balanced() throws IOException {
            file("infrarust.toml", "");
            file("servers/a.toml", """
                    domains = ["a"]
                    addresses = [{ address = "10.0.0.1", weight = 3 }, "10.0.0.2"]
                    balance = "least_conn"
                    slow_start = "45s"
                    active_health = { kind = "status_ping", probe_healthy = true }
                    """);
            file("servers/b.toml", """
                    domains = ["b"]
                    addresses = ["10.0.0.1", "10.0.0.2"]
                    active_health = { enabled = false }
                    """);
            assertThat(run("check")).isZero();
            assertThat(out())
                    .contains("a -> 10.0.0.1:25565 (weight 3), 10.0.0.2:25565\n")
                    .contains(" balance least_conn, slow_start 45s; left out after failures, looked at (status_ping) "
                            + "every 10s, healthy ones every 30s\n")
                    .contains(" balance first_available; left out after failures, tried again by players\n");
        }

        @Test
        void says_so_when_there_is_no_configuration() {
            assertThat(run("check")).isZero();
            assertThat(out())
                    .contains("config   none; the embedded default\n")
                    .contains("$limbo             offline      * -> limbo\n")
                    .endsWith("the configuration is good\n");
            assertThat(folder).isEmptyDirectory();
        }

        @Test
        void lists_every_problem_and_fails() throws IOException {
            file("my.toml", "bnid = 1\nworker_threads = \"x\"\n");
            file("servers/a.toml", "domains = [\"a\"]\n");
            assertThat(run("check", "-c", "my.toml")).isEqualTo(1);
            assertThat(out()).isEqualTo("""
                            error: my.toml:1: unknown key `bnid`; did you mean `bind`?
                            error: my.toml:2: `worker_threads` is "x"; expected is 0 to 1024
                            error: servers/a.toml: `addresses` is missing or empty; a server needs at least one, like ["10.0.0.5:25565"]
                            3 problems found
                            """);
        }

        @Test
        void takes_options_on_either_side() throws IOException {
            file("x.toml", "");
            assertThat(run("-c", "x.toml", "--bind", "127.0.0.1:1", "check")).isZero();
            assertThat(out()).contains("config   x.toml\n", "bind     127.0.0.1:1\n");
        }
    }

    @Nested
    class Check_with_forwarding {

        private static final String SERVER =
                "addresses = [\"10.0.0.1\"]\nproxy_mode = \"offline\"\nforwarding_mode = \"velocity\"\n";

        @Test
        void names_the_modes_and_the_fingerprint_of_the_secret() throws IOException {
            file("servers/a.toml", SERVER);
            file("forwarding.secret", "s3cr3t-of-the-network\n");
            assertThat(run("check")).isZero();
            assertThat(out())
                    .contains("(no domain) -> 10.0.0.1:25565 (forwarding_mode velocity)\n")
                    .contains("secret   forwarding.secret, fingerprint ca7e7a09\n")
                    .doesNotContain("s3cr3t")
                    .endsWith("the configuration is good\n");
        }

        @Test
        void says_that_the_secret_is_still_to_be_made_and_does_not_make_it() throws IOException {
            file("servers/a.toml", SERVER);
            assertThat(run("check")).isZero();
            assertThat(out()).contains("warning: forwarding.secret: is not there; the proxy makes one");
            assertThat(folder.resolve("forwarding.secret")).doesNotExist();
        }
    }

    @Nested
    class Starting {

        @Test
        void serves_and_stops_again_without_a_trace_in_the_folder() {
            assertThat(run("--exit-after-start")).isZero();
            assertThat(err()).isEmpty();
            assertThat(folder).isEmptyDirectory();
        }

        @Test
        void with_a_broken_configuration_says_all_that_is_wrong() throws IOException {
            file("infrarust.toml", "bnid = 1\n");
            assertThat(run("--exit-after-start")).isEqualTo(1);
            assertThat(err()).isEqualTo("""
                            infrarust.toml:1: unknown key `bnid`; did you mean `bind`?
                            infrarust: the configuration cannot be used; 1 problem
                            """);
        }

        @Test
        void with_a_file_that_is_not_there_names_it() {
            assertThat(run("-c", "nowhere.toml")).isEqualTo(1);
            assertThat(err()).startsWith("nowhere.toml: there is no such file\n");
        }

        @Test
        void on_a_port_in_use_says_so_without_a_stack_trace() throws IOException {
            try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                String address = "127.0.0.1:" + other.getLocalPort();
                assertThat(run("--bind", address)).isEqualTo(1);
                assertThat(err())
                        .isEqualTo("infrarust: cannot listen on " + address
                                + ": the port is in use; stop the other program or choose another with --bind\n");
            }
        }

        @Test
        void on_a_name_without_an_address_says_so() {
            assertThat(run("--bind", "no.such.name.invalid:1")).isEqualTo(1);
            assertThat(err())
                    .isEqualTo("infrarust: cannot listen on no.such.name.invalid:1: the name"
                            + " \"no.such.name.invalid\" has no address here; use 0.0.0.0 to listen on all\n");
        }

        @Test
        void on_an_address_of_another_machine_says_so() {
            assertThat(run("--bind", "192.0.2.1:1")).isEqualTo(1);
            assertThat(err()).contains("this machine has no such address");
        }
    }
}
