package infrarust.wasm.component.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import infrarust.wasm.component.bind.Result;
import infrarust.wasm.component.bind.Unit;
import infrarust.wasm.component.wasi.WasiFilesystem.Descriptor;
import infrarust.wasm.component.wasi.WasiFilesystem.DescriptorFlag;
import infrarust.wasm.component.wasi.WasiFilesystem.DescriptorType;
import infrarust.wasm.component.wasi.WasiFilesystem.DirectoryEntry;
import infrarust.wasm.component.wasi.WasiFilesystem.DirectoryEntryStream;
import infrarust.wasm.component.wasi.WasiFilesystem.ErrorCode;
import infrarust.wasm.component.wasi.WasiFilesystem.NewTimestamp;
import infrarust.wasm.component.wasi.WasiFilesystem.OpenFlag;
import infrarust.wasm.component.wasi.WasiFilesystem.PathFlag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class WasiFilesTest {

    private static final Set<PathFlag> FOLLOW = Set.of(PathFlag.SYMLINK_FOLLOW);
    private static final Set<DescriptorFlag> READ = Set.of(DescriptorFlag.READ);
    private static final Set<DescriptorFlag> BOTH = Set.of(DescriptorFlag.READ, DescriptorFlag.WRITE);

    @TempDir
    Path temporary;

    Path inside;
    Wasi wasi;
    Descriptor root;

    @BeforeEach
    void open() throws IOException {
        inside = Files.createDirectory(temporary.resolve("inside"));
        Files.writeString(temporary.resolve("secret"), "secret");
        Files.writeString(inside.resolve("a.txt"), "hello");
        Files.createDirectories(inside.resolve("dir/deeper"));
        Files.writeString(inside.resolve("dir/b.txt"), "in dir");
        wasi = Wasi.builder().preopen(inside, false).build();
        root = preopened(wasi);
    }

    @AfterEach
    void close() {
        wasi.close();
    }

    private static Descriptor preopened(Wasi wasi) {
        List<WasiFilesystem.Preopen> all =
                wasi.offered(WasiFilesystem.Preopens.class).orElseThrow().getDirectories();
        assertThat(all).hasSize(1);
        assertThat(all.getFirst().path()).isEqualTo("/");
        return all.getFirst().descriptor();
    }

    private static <T> T ok(Result<T, ErrorCode> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<T, ErrorCode>) result).value();
    }

    private static ErrorCode err(Result<?, ErrorCode> result) {
        assertThat(result).isInstanceOf(Result.Err.class);
        return ((Result.Err<?, ErrorCode>) result).error();
    }

    private static String content(Descriptor file) {
        return new String(ok(file.read(1_000, 0)).bytes(), StandardCharsets.UTF_8);
    }

    @Nested
    class AFile {

        @Test
        void is_read_whole_and_in_parts() {
            Descriptor file = ok(root.openAt(FOLLOW, "a.txt", Set.of(), READ));
            assertThat(content(file)).isEqualTo("hello");
            assertThat(ok(file.read(2, 1)).bytes()).asString().isEqualTo("el");
            assertThat(ok(file.read(2, 5)).end()).isTrue();
            assertThat(ok(file.stat()).size()).isEqualTo(5);
            assertThat(ok(file.getType())).isEqualTo(DescriptorType.REGULAR_FILE);
            assertThat(err(file.read(1, -1))).isEqualTo(ErrorCode.OVERFLOW);
            assertThat(err(file.write(new byte[1], 0))).isEqualTo(ErrorCode.BAD_DESCRIPTOR);
        }

        @Test
        void is_made_written_and_cut() throws IOException {
            Descriptor file = ok(root.openAt(FOLLOW, "dir/new.txt", Set.of(OpenFlag.CREATE), BOTH));
            assertThat(ok(file.write("0123456789".getBytes(StandardCharsets.UTF_8), 0)))
                    .isEqualTo(10);
            assertThat(ok(file.setSize(4))).isEqualTo(Unit.UNIT);
            assertThat(Files.readString(inside.resolve("dir/new.txt"))).isEqualTo("0123");
            ok(file.setSize(6));
            assertThat(Files.size(inside.resolve("dir/new.txt"))).isEqualTo(6);
            assertThat(err(root.openAt(FOLLOW, "dir/new.txt", Set.of(OpenFlag.CREATE, OpenFlag.EXCLUSIVE), BOTH)))
                    .isEqualTo(ErrorCode.EXIST);
            assertThat(content(ok(root.openAt(FOLLOW, "dir/new.txt", Set.of(OpenFlag.TRUNCATE), BOTH))))
                    .isEmpty();
        }

        @Test
        void is_read_and_written_through_streams() throws IOException {
            Descriptor file = ok(root.openAt(FOLLOW, "a.txt", Set.of(), BOTH));
            WasiIo.Output end = ok(file.appendViaStream());
            end.blockingWriteAndFlush(" world".getBytes(StandardCharsets.UTF_8));
            ok(file.writeViaStream(0)).write("J".getBytes(StandardCharsets.UTF_8));
            assertThat(Files.readString(inside.resolve("a.txt"))).isEqualTo("Jello world");
            WasiIo.Input in = ok(file.readViaStream(6));
            assertThat(in.skip(1)).isEqualTo(Result.ok(1L));
            assertThat(((Result.Ok<byte[], WasiIo.StreamError>) in.blockingRead(100)).value())
                    .asString()
                    .isEqualTo("orld");
            assertThat(in.read(1)).isEqualTo(Result.err(new WasiIo.StreamError.Closed()));
        }

        @Test
        void that_was_closed_fails_its_streams_with_a_code_that_the_guest_can_ask_for() throws Exception {
            Descriptor file = ok(root.openAt(FOLLOW, "a.txt", Set.of(), READ));
            WasiIo.Input in = ok(file.readViaStream(0));
            ((AutoCloseable) file).close();
            Result<byte[], WasiIo.StreamError> read = in.read(1);
            WasiIo.StreamError.LastOperationFailed failure =
                    (WasiIo.StreamError.LastOperationFailed) ((Result.Err<byte[], WasiIo.StreamError>) read).error();
            assertThat(wasi.offered(WasiFilesystem.Types.class).orElseThrow().filesystemErrorCode(failure.error()))
                    .isEqualTo(Optional.of(ErrorCode.BAD_DESCRIPTOR));
            assertThat(failure.error().toDebugString()).doesNotContain(temporary.toString());
        }

        @Test
        void is_renamed_stamped_and_removed() throws IOException {
            ok(root.renameAt("a.txt", root, "dir/c.txt"));
            assertThat(inside.resolve("dir/c.txt")).hasContent("hello");
            ok(root.setTimesAt(
                    Set.of(),
                    "dir/c.txt",
                    new NewTimestamp.NoChange(),
                    new NewTimestamp.Timestamp(new WasiClocks.Datetime(1_000, 0))));
            assertThat(Files.getLastModifiedTime(inside.resolve("dir/c.txt")).toMillis())
                    .isEqualTo(1_000_000);
            ok(root.unlinkFileAt("dir/c.txt"));
            assertThat(inside.resolve("dir/c.txt")).doesNotExist();
            assertThat(err(root.unlinkFileAt("dir/c.txt"))).isEqualTo(ErrorCode.NO_ENTRY);
            assertThat(err(root.unlinkFileAt("dir"))).isEqualTo(ErrorCode.IS_DIRECTORY);
        }

        @Test
        void is_one_of_a_bounded_number_of_open_ones() throws Exception {
            List<Descriptor> open = new ArrayList<>();
            for (int i = 0; i < Sandbox.MAX_OPEN; i++) {
                open.add(ok(root.openAt(FOLLOW, "a.txt", Set.of(), READ)));
            }
            assertThat(err(root.openAt(FOLLOW, "a.txt", Set.of(), READ))).isEqualTo(ErrorCode.QUOTA);
            ((AutoCloseable) open.getFirst()).close();
            ok(root.openAt(FOLLOW, "a.txt", Set.of(), READ));
        }
    }

    @Nested
    class ADirectory {

        @Test
        void is_made_listed_and_removed() {
            ok(root.createDirectoryAt("made"));
            DirectoryEntryStream names = ok(root.readDirectory());
            List<DirectoryEntry> all = new ArrayList<>();
            for (Optional<DirectoryEntry> next = ok(names.readDirectoryEntry());
                    next.isPresent();
                    next = ok(names.readDirectoryEntry())) {
                all.add(next.get());
            }
            assertThat(all)
                    .containsExactly(
                            new DirectoryEntry(DescriptorType.REGULAR_FILE, "a.txt"),
                            new DirectoryEntry(DescriptorType.DIRECTORY, "dir"),
                            new DirectoryEntry(DescriptorType.DIRECTORY, "made"));
            ok(root.removeDirectoryAt("made"));
            assertThat(err(root.removeDirectoryAt("dir"))).isEqualTo(ErrorCode.NOT_EMPTY);
            assertThat(err(root.removeDirectoryAt("a.txt"))).isEqualTo(ErrorCode.NOT_DIRECTORY);
            assertThat(err(root.removeDirectoryAt("."))).isEqualTo(ErrorCode.NOT_PERMITTED);
        }

        @Test
        void is_what_paths_are_relative_to() {
            Descriptor dir = ok(root.openAt(FOLLOW, "dir", Set.of(OpenFlag.DIRECTORY), READ));
            assertThat(content(ok(dir.openAt(FOLLOW, "deeper/../b.txt", Set.of(), READ))))
                    .isEqualTo("in dir");
            assertThat(err(dir.openAt(FOLLOW, "../a.txt", Set.of(), READ))).isEqualTo(ErrorCode.NOT_PERMITTED);
            assertThat(err(root.openAt(FOLLOW, "a.txt", Set.of(OpenFlag.DIRECTORY), READ)))
                    .isEqualTo(ErrorCode.NOT_DIRECTORY);
            assertThat(err(root.openAt(FOLLOW, "dir", Set.of(), BOTH))).isEqualTo(ErrorCode.IS_DIRECTORY);
        }
    }

    @Nested
    class APathThatLeadsOut {

        @ParameterizedTest
        @CsvSource({
            "../secret, NOT_PERMITTED",
            "dir/../../secret, NOT_PERMITTED",
            "dir/deeper/../../../secret, NOT_PERMITTED",
            "/etc/passwd, NOT_PERMITTED",
            "'', NO_ENTRY",
            "absent/../a.txt, NO_ENTRY",
            "a.txt/../a.txt, NOT_DIRECTORY",
        })
        void is_refused_for_every_operation(String path, ErrorCode code) {
            assertThat(err(root.openAt(FOLLOW, path, Set.of(), READ))).isEqualTo(code);
            assertThat(err(root.openAt(FOLLOW, path, Set.of(OpenFlag.CREATE), BOTH)))
                    .isEqualTo(code);
            assertThat(err(root.statAt(FOLLOW, path))).isEqualTo(code);
            assertThat(err(root.createDirectoryAt(path))).isEqualTo(code);
            assertThat(err(root.unlinkFileAt(path))).isEqualTo(code);
            assertThat(err(root.removeDirectoryAt(path))).isEqualTo(code);
            assertThat(err(root.renameAt(path, root, "x"))).isEqualTo(code);
            assertThat(err(root.renameAt("a.txt", root, path))).isEqualTo(code);
            assertThat(err(root.readlinkAt(path))).isEqualTo(code);
            assertThat(err(root.metadataHashAt(FOLLOW, path))).isEqualTo(code);
            assertThat(temporary.resolve("secret")).hasContent("secret");
        }

        @Test
        void by_a_name_with_a_zero_byte_is_refused() {
            assertThat(err(root.openAt(FOLLOW, "a.txt\0", Set.of(), READ))).isEqualTo(ErrorCode.ILLEGAL_BYTE_SEQUENCE);
        }

        @Test
        void by_a_link_is_refused_and_one_that_stays_inside_is_followed() throws IOException {
            Files.createSymbolicLink(inside.resolve("absolute"), temporary.resolve("secret"));
            Files.createSymbolicLink(inside.resolve("up"), Path.of("../secret"));
            Files.createSymbolicLink(inside.resolve("out"), Path.of(".."));
            Files.createSymbolicLink(inside.resolve("dir/fine"), Path.of("../a.txt"));
            Files.createSymbolicLink(inside.resolve("self"), Path.of("self"));
            assertThat(err(root.openAt(FOLLOW, "absolute", Set.of(), READ))).isEqualTo(ErrorCode.NOT_PERMITTED);
            assertThat(err(root.openAt(FOLLOW, "up", Set.of(), READ))).isEqualTo(ErrorCode.NOT_PERMITTED);
            assertThat(err(root.openAt(Set.of(), "out/secret", Set.of(), READ))).isEqualTo(ErrorCode.NOT_PERMITTED);
            assertThat(err(root.openAt(FOLLOW, "self", Set.of(), READ))).isEqualTo(ErrorCode.LOOP);
            assertThat(err(root.openAt(Set.of(), "up", Set.of(), READ))).isEqualTo(ErrorCode.LOOP);
            assertThat(err(root.openAt(Set.of(), "up", Set.of(OpenFlag.TRUNCATE), BOTH)))
                    .isEqualTo(ErrorCode.LOOP);
            assertThat(content(ok(root.openAt(FOLLOW, "dir/fine", Set.of(), READ))))
                    .isEqualTo("hello");
            assertThat(ok(root.readlinkAt("dir/fine"))).isEqualTo("../a.txt");
            assertThat(err(root.readlinkAt("absolute"))).isEqualTo(ErrorCode.NOT_PERMITTED);
            assertThat(ok(root.statAt(Set.of(), "up")).type()).isEqualTo(DescriptorType.SYMBOLIC_LINK);
            ok(root.unlinkFileAt("up"));
            assertThat(temporary.resolve("secret")).hasContent("secret");
        }

        @Test
        void by_a_link_that_was_moved_to_where_a_directory_is_open_is_refused() throws IOException {
            Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
            Files.writeString(elsewhere.resolve("b.txt"), "outside");
            Files.createSymbolicLink(inside.resolve("link"), elsewhere);
            Descriptor dir = ok(root.openAt(Set.of(), "dir", Set.of(OpenFlag.DIRECTORY), READ));
            Descriptor deeper = ok(root.openAt(Set.of(), "dir/deeper", Set.of(OpenFlag.DIRECTORY), READ));
            Descriptor file = ok(root.openAt(Set.of(), "dir/b.txt", Set.of(), READ));
            ok(root.renameAt("dir", root, "moved"));
            ok(root.renameAt("link", root, "dir"));
            assertThat(err(dir.openAt(Set.of(), "b.txt", Set.of(), READ))).isEqualTo(ErrorCode.NO_ENTRY);
            assertThat(err(dir.readDirectory())).isEqualTo(ErrorCode.NO_ENTRY);
            assertThat(err(dir.unlinkFileAt("b.txt"))).isEqualTo(ErrorCode.NO_ENTRY);
            assertThat(err(dir.createDirectoryAt("new"))).isEqualTo(ErrorCode.NO_ENTRY);
            assertThat(err(dir.stat())).isEqualTo(ErrorCode.NO_ENTRY);
            assertThat(err(deeper.statAt(FOLLOW, "."))).isEqualTo(ErrorCode.NO_ENTRY);
            assertThat(err(file.stat())).isEqualTo(ErrorCode.NO_ENTRY);
            assertThat(content(file)).isEqualTo("in dir");
            assertThat(elsewhere).isDirectoryContaining(path -> path.endsWith("b.txt"));
        }

        @Test
        void cannot_be_made_with_links() {
            assertThat(err(root.symlinkAt("../secret", "link"))).isEqualTo(ErrorCode.NOT_PERMITTED);
            assertThat(err(root.linkAt(Set.of(), "a.txt", root, "link"))).isEqualTo(ErrorCode.NOT_PERMITTED);
        }
    }

    @Nested
    class AReadOnlyDirectory {

        @Test
        void refuses_every_change() throws IOException {
            try (Wasi strict = Wasi.builder().preopen(inside, true).build()) {
                Descriptor only = preopened(strict);
                assertThat(content(ok(only.openAt(FOLLOW, "a.txt", Set.of(), READ))))
                        .isEqualTo("hello");
                assertThat(err(only.openAt(FOLLOW, "a.txt", Set.of(), BOTH))).isEqualTo(ErrorCode.READ_ONLY);
                assertThat(err(only.openAt(FOLLOW, "n", Set.of(OpenFlag.CREATE), READ)))
                        .isEqualTo(ErrorCode.READ_ONLY);
                assertThat(err(only.openAt(FOLLOW, "a.txt", Set.of(OpenFlag.TRUNCATE), READ)))
                        .isEqualTo(ErrorCode.READ_ONLY);
                assertThat(err(only.createDirectoryAt("n"))).isEqualTo(ErrorCode.READ_ONLY);
                assertThat(err(only.unlinkFileAt("a.txt"))).isEqualTo(ErrorCode.READ_ONLY);
                assertThat(err(only.removeDirectoryAt("dir"))).isEqualTo(ErrorCode.READ_ONLY);
                assertThat(err(only.renameAt("a.txt", only, "n"))).isEqualTo(ErrorCode.READ_ONLY);
                assertThat(err(only.setTimesAt(FOLLOW, "a.txt", new NewTimestamp.Now(), new NewTimestamp.Now())))
                        .isEqualTo(ErrorCode.READ_ONLY);
                assertThat(inside.resolve("a.txt")).hasContent("hello");
            }
        }
    }
}
