package infrarust.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import infrarust.proxy.config.ForwardingMode;
import infrarust.proxy.config.ForwardingSettings;
import infrarust.proxy.config.ProxyConfig;
import infrarust.proxy.config.ProxySnapshot;
import infrarust.proxy.config.ServerConfig;
import infrarust.proxy.event.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
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
}
