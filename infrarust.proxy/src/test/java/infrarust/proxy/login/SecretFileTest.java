package infrarust.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {

    @TempDir
    Path folder;

    private Path path() {
        return folder.resolve("forwarding.secret");
    }

    private SecretFile holding(String text) throws IOException {
        Files.writeString(path(), text);
        return new SecretFile(path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "abc\n", "\uFEFFabc\r\n", "  abc \n\n", "\n\tabc"})
    void what_stands_around_the_secret_does_not_count(String text) throws IOException {
        assertThat(holding(text).read().orElseThrow().text()).isEqualTo("abc");
        assertThat(holding(text).readOrCreate().text()).isEqualTo("abc");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_missing_file_is_made_for_its_owner_only_and_read_again() throws IOException {
        var file = new SecretFile(path());
        assertThat(file.read()).isEmpty();
        assertThat(folder).isEmptyDirectory();
        ForwardingSecret made = file.readOrCreate();
        assertThat(Files.getPosixFilePermissions(path())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readString(path())).isEqualTo(made.text() + "\n");
        assertThat(file.readOrCreate().text()).isEqualTo(made.text());
        assertThat(file.isReadableByOthers()).isFalse();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_file_that_others_can_read_is_noticed() throws IOException {
        SecretFile file = holding("abc");
        for (String permissions : new String[] {"rw-r-----", "rw----r--"}) {
            Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString(permissions));
            assertThat(file.isReadableByOthers()).isTrue();
        }
    }

    @Test
    void what_is_no_secret_is_named() throws IOException {
        assertThatThrownBy(() -> holding(" \n").readOrCreate()).hasMessageContaining("forwarding.secret is empty");
        assertThatThrownBy(() -> holding("a\nb\n").read()).hasMessageContaining("more than one line");
        assertThatThrownBy(() -> holding("a".repeat(5000)).read()).hasMessageContaining("more than 4096 bytes");
        Files.write(path(), new byte[] {(byte) 0xC3, 0x28});
        assertThatThrownBy(() -> new SecretFile(path()).read()).hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> new SecretFile(folder).readOrCreate()).hasMessageContaining("is a folder");
    }

    @Test
    void what_cannot_be_made_is_named() throws IOException {
        assertThatThrownBy(() -> new SecretFile(folder.resolve("no/where")).readOrCreate())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its folder is not there");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_link_into_nothing_is_not_followed() throws IOException {
        Files.createSymbolicLink(path(), folder.resolve("elsewhere"));
        assertThatThrownBy(() -> new SecretFile(path()).readOrCreate()).hasMessageContaining("leads nowhere");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }
}
