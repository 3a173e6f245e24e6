package infrarust.proxy.plugin.jar;

import infrarust.api.Plugin;
import infrarust.proxy.plugin.PluginRefusedException;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A jar as a module that can be defined.
 *
 * @param file where the operator sees it
 * @param copy where it is read from
 * @param found the module that the copy is
 */
record PluginJar(Path file, Path copy, ModuleReference found) {

    private static final String SERVICE = Plugin.class.getName();
    private static final String API = Plugin.class.getModule().getName();

    /**
     * Opens a jar.
     *
     * @throws PluginRefusedException if it is no jar that can be a module
     */
    static PluginJar open(Path file, Copies copies) throws PluginRefusedException {
        Path copy;
        try {
            if (Files.size(file) == 0) {
                throw new PluginRefusedException("the file is empty; copy it again");
            }
            copy = copies.of(file);
        } catch (IOException failure) {
            throw new PluginRefusedException("it cannot be read: " + failure.getMessage());
        }
        try {
            ModuleReference found = ModuleFinder.of(copy).findAll().stream()
                    .findFirst()
                    .orElseThrow(() -> new FindException("no module"));
            return new PluginJar(file, copy, found);
        } catch (FindException failure) {
            Copies.remove(copy);
            throw new PluginRefusedException(String.valueOf(Refusals.of(failure).getMessage())
                    .replace(copy.toString(), String.valueOf(file.getFileName())));
        }
    }

    /** What people call it. */
    String origin() {
        return String.valueOf(file.getFileName());
    }

    /** The module's name. That of a jar without a descriptor follows from its file's name and is nobody else's. */
    String moduleName() {
        String file = origin().substring(0, origin().length() - ".jar".length());
        return found.descriptor().isAutomatic()
                ? "jar._" + file.replaceAll("[^A-Za-z0-9]", "_")
                : found.descriptor().name();
    }

    /**
     * The name of the class that is the plugin.
     *
     * @throws PluginRefusedException if there is none, or more than one
     */
    String provider() throws PluginRefusedException {
        List<String> providers = found.descriptor().provides().stream()
                .filter(one -> one.service().equals(SERVICE))
                .flatMap(one -> one.providers().stream())
                .toList();
        if (providers.isEmpty()) {
            throw new PluginRefusedException("it has no plugin: "
                    + (found.descriptor().isAutomatic()
                            ? "a file META-INF/services/" + SERVICE + " in it has to name the class"
                            : "its module-info has to say provides " + SERVICE + " with the class"));
        }
        if (providers.size() > 1) {
            throw new PluginRefusedException("it has " + providers.size() + " plugins (" + String.join(", ", providers)
                    + "); put each into a jar of its own");
        }
        return providers.getFirst();
    }

    /**
     * The module, found by its name.
     *
     * @param reads modules of other plugins that a jar without a descriptor reads
     */
    ModuleFinder finder(List<String> reads) {
        ModuleReference reference = found.descriptor().isAutomatic() ? described(reads) : found;
        String name = moduleName();
        return new ModuleFinder() {
            @Override
            public Optional<ModuleReference> find(String wanted) {
                return Optional.of(reference).filter(one -> wanted.equals(name));
            }

            @Override
            public Set<ModuleReference> findAll() {
                return Set.of(reference);
            }
        };
    }

    /**
     * A descriptor for a jar that has none: it is open, exports everything, and reads the API, the JDK and the plugins that it depends
     * on. As an automatic module it would read every module of the proxy, and could bundle none of the libraries that
     * the proxy uses.
     */
    private ModuleReference described(List<String> reads) {
        var builder = ModuleDescriptor.newOpenModule(moduleName());
        builder.requires(Set.of(Requires.Modifier.MANDATED), "java.base");
        List<String> required = new ArrayList<>(jdk());
        required.add(API);
        required.addAll(reads);
        required.stream().distinct().forEach(builder::requires);
        builder.packages(found.descriptor().packages());
        found.descriptor().packages().forEach(builder::exports);
        found.descriptor().provides().forEach(builder::provides);
        ModuleDescriptor descriptor = builder.build();
        return new ModuleReference(descriptor, found.location().orElse(null)) {
            @Override
            public ModuleReader open() throws IOException {
                return found.open();
            }
        };
    }

    /** The modules of the JDK that are there and have something for others. */
    private static List<String> jdk() {
        Configuration boot = ModuleLayer.boot().configuration();
        return boot.modules().stream()
                .map(module -> module.reference().descriptor())
                .filter(one -> one.name().startsWith("java.") || one.name().startsWith("jdk."))
                .filter(one -> !one.name().equals("java.base"))
                .filter(one -> one.exports().stream().anyMatch(exported -> !exported.isQualified()))
                .map(ModuleDescriptor::name)
                .sorted()
                .toList();
    }
}
