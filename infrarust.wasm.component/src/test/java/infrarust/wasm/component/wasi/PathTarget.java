package infrarust.wasm.component.wasi;

import infrarust.wasm.component.fuzz.FuzzTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Resolves any name in a directory that has links to everywhere. What comes out lies in the directory, whatever is followed. */
public final class PathTarget implements FuzzTarget {

    private final Path root;
    private final Path secret;
    private final Sandbox sandbox;

    /** Makes the directory and something outside of it. */
    public PathTarget() {
        try {
            Path outside = Files.createTempDirectory("fuzz-path").toRealPath();
            outside.toFile().deleteOnExit();
            secret = Files.writeString(outside.resolve("secret"), "x");
            root = Files.createDirectory(outside.resolve("root"));
            sandbox = new Sandbox(root, false);
            Files.createDirectories(root.resolve("a/b/c"));
            Files.writeString(root.resolve("a/file"), "x");
            Files.createSymbolicLink(root.resolve("a/up"), Path.of("..", ".."));
            Files.createSymbolicLink(root.resolve("abs"), outside);
            Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
            Files.createSymbolicLink(root.resolve("in"), Path.of("a", "b"));
            Files.createSymbolicLink(root.resolve("a/b/out"), Path.of("..", "..", "..", "secret"));
            try (Stream<Path> made = Files.walk(outside)) {
                made.forEach(path -> path.toFile().deleteOnExit());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "a/b/c",
                        "a/file",
                        "a/up/secret",
                        "abs/secret",
                        "loop",
                        "in/out",
                        "./a//b/../file",
                        "a/b/out/",
                        "new",
                        "/a",
                        "..",
                        "a/../..",
                        "in/../..",
                        "a/up/root/a")
                .map(name -> ("+" + name).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void accept(byte[] input) {
        if (input.length == 0) {
            return;
        }
        String name = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
        try {
            Path path = sandbox.resolve(root, name, (input[0] & 1) != 0);
            if (!path.normalize().equals(path) || !path.startsWith(root)) {
                throw new AssertionError(path + " is not below " + root);
            }
            Path parent = path.equals(root) ? root : path.getParent();
            if (Files.exists(parent) && !parent.toRealPath().equals(parent)) {
                throw new AssertionError(path + " goes through a link");
            }
            if ((input[0] & 1) != 0 && Files.exists(path) && path.toRealPath().equals(secret)) {
                throw new AssertionError(path + " leads out");
            }
        } catch (Refused | IOException e) {
            // What a guest is told.
            return;
        }
    }
}
