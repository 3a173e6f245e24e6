package infrarust.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.proxy.config.ConfigDiff;
import infrarust.proxy.config.ConfigException;
import infrarust.proxy.config.ForwardingMode;
import infrarust.proxy.config.ForwardingSettings;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.LogLines;
import infrarust.proxy.login.Forwardings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ForwardingSetupTest {

    @TempDir
    Path folder;

    private final LogLines log = LogLines.of(ForwardingSetup.class.getName());

    @AfterEach
    void close() {
        log.close();
    }

    private Path file() {
        return folder.resolve("forwarding.secret");
    }

    private ProxySnapshot snapshot(ForwardingMode... modes) {
        var config = ProxyConfig.builder()
                .forwarding(new ForwardingSettings(ForwardingMode.NONE, file()))
                .build();
        ServerConfig[] servers = new ServerConfig[modes.length];
        for (int i = 0; i < modes.length; i++) {
            servers[i] = ServerConfig.builder("s" + i).forwardingMode(modes[i]).build();
        }
        return ProxySnapshot.of(config, servers);
    }

    @Test
    void nothing_is_made_and_nothing_said_where_no_server_has_a_secret() throws StartException {
        ForwardingSetup.open(snapshot(ForwardingMode.NONE));
        assertThat(log.lines()).isEmpty();
        ForwardingSetup.open(snapshot(ForwardingMode.NONE, ForwardingMode.BUNGEE_CORD));
        assertThat(log.lines()).containsExactly("INFO Forwarding of identities: s1 (bungee_cord)");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_secret_is_made_and_said_by_its_fingerprint_only() throws StartException, IOException {
        ForwardingSetup.open(snapshot(ForwardingMode.BUNGEE_GUARD, ForwardingMode.VELOCITY));
        assertThat(log.lines())
                .hasSize(2)
                .element(0)
                .asString()
                .matches("WARN Made a new forwarding secret with the fingerprint [0-9a-f]{8}: copy the content of "
                        + file() + " to your servers");
        assertThat(log.lines())
                .contains("INFO Forwarding of identities: s0 (bungee_guard), s1 (velocity)")
                .allSatisfy(line ->
                        assertThat(line).doesNotContain(Files.readString(file()).strip()));
    }

    @Test
    void a_secret_that_is_there_is_said_by_its_fingerprint_and_kept() throws StartException, IOException {
        Files.writeString(file(), " s3cr3t-of-the-network\r\n");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        ForwardingSetup.open(snapshot(ForwardingMode.VELOCITY));
        assertThat(log.lines())
                .contains("INFO The forwarding secret in " + file() + " has the fingerprint ca7e7a09")
                .anySatisfy(line -> assertThat(line).startsWith("WARN Other users of this machine can read"))
                .allSatisfy(line -> assertThat(line).doesNotContain("s3cr3t"));
        assertThat(file()).hasContent(" s3cr3t-of-the-network\r\n");
    }

    @Test
    void the_proxy_does_not_start_with_a_secret_that_is_none() throws IOException {
        Files.writeString(file(), "\n");
        assertThatThrownBy(() -> ForwardingSetup.open(snapshot(ForwardingMode.VELOCITY)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("forwarding.secret is empty");
    }

    @Nested
    class While_the_proxy_runs {

        private Forwardings forwardings;

        /** The configuration is read again. */
        private void reads(ForwardingMode mode) {
            ForwardingSetup.follower(forwardings)
                    .prepare(snapshot(mode), ConfigDiff.none())
                    .run();
        }

        private void starts(ForwardingMode mode) throws StartException {
            forwardings = ForwardingSetup.open(snapshot(mode));
        }

        private String fingerprint() {
            return forwardings.secret().orElseThrow().fingerprint();
        }

        @Test
        void a_secret_that_is_the_same_is_not_said_again() throws Exception {
            Files.writeString(file(), "one");
            starts(ForwardingMode.VELOCITY);
            int lines = log.lines().size();
            reads(ForwardingMode.VELOCITY);
            assertThat(log.lines()).hasSize(lines);
        }

        @Test
        void a_secret_that_has_changed_holds_from_then_on() throws Exception {
            Files.writeString(file(), "one");
            starts(ForwardingMode.VELOCITY);
            String before = fingerprint();
            Files.writeString(file(), "two");
            reads(ForwardingMode.VELOCITY);
            assertThat(fingerprint()).isNotEqualTo(before);
            assertThat(log.lines()).anyMatch(line -> line.endsWith("has the fingerprint " + fingerprint()));
        }

        @Test
        void a_secret_is_made_for_the_first_server_that_needs_one() throws Exception {
            starts(ForwardingMode.NONE);
            assertThat(forwardings.secret()).isEmpty();
            reads(ForwardingMode.BUNGEE_GUARD);
            assertThat(forwardings.secret()).isPresent();
            assertThat(file()).exists();
        }

        @Test
        void a_secret_that_is_gone_or_empty_keeps_the_last_good_configuration() throws Exception {
            Files.writeString(file(), "one");
            starts(ForwardingMode.VELOCITY);
            String before = fingerprint();
            Files.writeString(file(), "");
            assertThatThrownBy(() -> reads(ForwardingMode.VELOCITY))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith(file() + ": is empty;");
            Files.delete(file());
            assertThatThrownBy(() -> reads(ForwardingMode.VELOCITY)).hasMessage(file() + ": is gone");
            assertThat(fingerprint()).isEqualTo(before);
            reads(ForwardingMode.NONE);
        }
    }
}
