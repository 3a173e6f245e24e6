package infrarust.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketLimitsTest {

    @TempDir
    Path folder;

    private PacketLimits read(String lines) throws IOException {
        Files.writeString(folder.resolve("infrarust.toml"), lines);
        return new ConfigLoader(folder)
                .load(ConfigLoader.Request.defaults())
                .snapshot()
                .config()
                .packetLimits();
    }

    @Test
    void the_file_says_how_much_a_player_may_send() throws IOException {
        assertThat(read("""
                        [packet_limits]
                        interval = "2s"
                        packets_per_second = 500
                        bytes_per_second = 0
                        """)).isEqualTo(new PacketLimits(Duration.ofSeconds(2), 500, 0));
        assertThat(read("")).isEqualTo(PacketLimits.defaults());
    }

    @Test
    void an_interval_has_its_seconds_worth_and_zero_is_no_limit() {
        var limits = new PacketLimits(Duration.ofMillis(2_500), 100, 0);
        assertThat(limits.packets()).isEqualTo(250);
        assertThat(limits.bytes()).isEqualTo(Long.MAX_VALUE);
    }
}
