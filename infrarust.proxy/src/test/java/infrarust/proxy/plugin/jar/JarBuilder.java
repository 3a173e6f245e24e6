package infrarust.proxy.plugin.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes jars of plugins from source, by the compiler of the JDK that runs the tests. */
final class JarBuilder {

    private final Path work;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<Path> modulePath = new ArrayList<>();

    private JarBuilder(Path work) {
        this.work = work;
    }

    /** @param work a folder for what is in between; it may be used again */
    static JarBuilder in(Path work) {
        return new JarBuilder(work);
    }

    /** Adds a source file: {@code module-info}, or a class with its package. */
    JarBuilder source(String name, String text) {
        sources.put(name.replace('.', '/') + ".java", text);
        return this;
    }

    /** Adds any other file. */
    JarBuilder file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Names the class that is the plugin, for jars without a module descriptor. */
    JarBuilder provider(String type) {
        return file("META-INF/services/infrarust.api.Plugin", type + "\n");
    }

    /** Compiles against that jar too. */
    JarBuilder against(Path jar) {
        modulePath.add(jar);
        return this;
    }

    /** Compiles and writes the jar, in the place of one that is there. */
    Path build(Path jar) throws IOException {
        Path folder = Files.createTempDirectory(work, "sources");
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>();
        for (var source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        if (!arguments.isEmpty()) {
            compile(arguments, classes);
        }
        Path temporary = folder.resolve("new.jar");
        write(temporary, classes);
        return Files.move(temporary, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private void compile(List<String> sourceFiles, Path classes) {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
        String path = Stream.concat(modulePath.stream().map(Path::toString), named())
                .collect(Collectors.joining(File.pathSeparator));
        boolean modular = sources.containsKey("module-info.java");
        arguments.addAll(List.of(modular ? "--module-path" : "--class-path", path));
        arguments.addAll(sourceFiles);
        var text = new StringWriter();
        int result = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(new PrintWriter(text), new PrintWriter(text), arguments.toArray(String[]::new));
        assertThat(result).as(text.toString()).isZero();
    }

    /** The API and what it brings, as the tests see them. */
    private static Stream<String> named() {
        return ModuleLayer.boot().configuration().modules().stream()
                .map(module -> module.reference().location().orElseThrow())
                .filter(location -> location.getScheme().equals("file"))
                .map(location -> Path.of(location).toString());
    }

    private void write(Path jar, Path classes) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream stream = new JarOutputStream(out);
                Stream<Path> compiled = Files.walk(classes)) {
            for (Path file : compiled.filter(Files::isRegularFile).sorted().toList()) {
                stream.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                stream.write(Files.readAllBytes(file));
            }
            for (var file : files.entrySet()) {
                stream.putNextEntry(new JarEntry(file.getKey()));
                stream.write(file.getValue());
            }
        }
    }
}
