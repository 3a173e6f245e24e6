package infrarust.proxy.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaviconTest {

    /** A PNG of 64×64 black pixels, as ImageIO writes it. */
    static final String RAW_BASE64 =
            "iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQAAAACCEkxzAAAAD0lEQVR4XmNgGAWjgHwAAAJAAAF6kn29AAAAAElFTkSuQmCC";

    private static final String URI = "data:image/png;base64," + RAW_BASE64;
    private static final byte[] PNG = Base64.getDecoder().decode(RAW_BASE64);

    @TempDir
    private Path folder;

    @Test
    void a_data_uri_is_taken_as_it_is() {
        assertThat(Favicon.dataUri(URI, folder)).isEqualTo(URI);
    }

    @Test
    void line_breaks_in_base64_are_taken_out() {
        String wrapped = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(PNG);
        assertThat(Favicon.dataUri(wrapped, folder)).isEqualTo(URI);
    }

    @Test
    void raw_base64_becomes_a_data_uri() {
        assertThat(Favicon.dataUri(RAW_BASE64, folder)).isEqualTo(URI);
    }

    @Test
    void a_path_is_read() throws IOException {
        Files.write(folder.resolve("icon.png"), PNG);
        assertThat(Favicon.dataUri("icon.png", folder)).isEqualTo(URI);
        assertThat(Favicon.dataUri(folder.resolve("icon.png").toString(), Path.of("elsewhere")))
                .isEqualTo(URI);
    }

    @Test
    void a_url_is_refused_with_the_way_out() {
        assertThatThrownBy(() -> Favicon.dataUri("http://example.org/icon.png", folder))
                .hasMessage(
                        "\"http://example.org/icon.png\" is a URL; the proxy fetches nothing: save the image beside the"
                                + " configuration and give its path");
    }

    @Test
    void a_missing_file_is_named() {
        assertThatThrownBy(() -> Favicon.dataUri("nothing.png", folder))
                .hasMessageContaining(folder.resolve("nothing.png").toString());
        assertThatThrownBy(() -> Favicon.dataUri("a\0b", folder)).hasMessageContaining("neither");
    }

    @Test
    void an_image_of_another_size_is_refused() {
        byte[] wide = PNG.clone();
        wide[19] = (byte) 128;
        assertThatThrownBy(() -> Favicon.dataUri(Base64.getEncoder().encodeToString(wide), folder))
                .hasMessageContaining("128×64");
    }

    @Test
    void what_is_no_png_is_refused() throws IOException {
        Files.write(folder.resolve("icon.png"), HexFormat.of().parseHex("ffd8ffe0".repeat(10)));
        assertThatThrownBy(() -> Favicon.dataUri("icon.png", folder)).hasMessageContaining("is no PNG");
        assertThatThrownBy(() -> Favicon.dataUri("data:image/jpeg;base64,AAAA", folder))
                .hasMessageContaining("must begin with");
        assertThatThrownBy(() -> Favicon.dataUri("data:image/png;base64,*", folder))
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> Favicon.dataUri("data:image/png;base64,AAAA", folder))
                .hasMessageContaining("only 3 bytes");
    }

    @Test
    void an_image_that_does_not_fit_into_an_answer_is_refused() throws IOException {
        Files.write(folder.resolve("icon.png"), Arrays.copyOf(PNG, 40_000));
        assertThatThrownBy(() -> Favicon.dataUri("icon.png", folder)).hasMessageContaining("40000 bytes");
    }
}
