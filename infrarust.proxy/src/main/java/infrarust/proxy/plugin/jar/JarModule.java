package infrarust.proxy.plugin.jar;

import infrarust.api.Plugin;
import infrarust.proxy.plugin.PluginRefusedException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A plugin's module in a layer of its own.
 *
 * @param layer holds the module, and for a look at a jar those of other jars that it requires
 * @param module the plugin's
 * @param type the class that is the plugin
 */
record JarModule(ModuleLayer layer, Module module, Class<?> type) {

    /**
     * Defines the module. Its classes can use the API, the JDK and what other modules export to it, and nothing of the proxy.
     *
     * @param parents layers of the plugins that it depends on
     * @param beside finds modules of other plugins that are to be defined with it, each with its own class loader
     * @throws PluginRefusedException if it cannot be defined, or the class is not there
     */
    static JarModule define(PluginJar jar, List<JarModule> parents, ModuleFinder beside) throws PluginRefusedException {
        List<ModuleLayer> layers = new ArrayList<>(List.of(ModuleLayer.boot()));
        parents.forEach(parent -> layers.add(parent.layer()));
        List<String> reads =
                parents.stream().map(parent -> parent.module().getName()).toList();
        String provider = jar.provider();
        try {
            Configuration configuration = Configuration.resolve(
                    ModuleFinder.compose(jar.finder(reads), beside),
                    layers.stream().map(ModuleLayer::configuration).toList(),
                    ModuleFinder.of(),
                    Set.of(jar.moduleName()));
            ModuleLayer.Controller controller = ModuleLayer.defineModulesWithManyLoaders(
                    configuration, layers, ClassLoader.getPlatformClassLoader());
            Module module = controller.layer().findModule(jar.moduleName()).orElseThrow();
            Class<?> type = module.getClassLoader().loadClass(provider);
            controller.addOpens(module, type.getPackageName(), JarModule.class.getModule());
            return new JarModule(controller.layer(), module, type);
        } catch (RuntimeException | ClassNotFoundException | LinkageError failure) {
            throw Refusals.of(failure);
        }
    }

    /**
     * Makes the plugin; runs its constructor.
     *
     * @throws PluginRefusedException if the class is no plugin or cannot be made
     */
    Plugin make() throws PluginRefusedException {
        if (!Plugin.class.isAssignableFrom(type)) {
            throw new PluginRefusedException(type.getName() + " does not implement " + Plugin.class.getName());
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Plugin) constructor.newInstance();
        } catch (NoSuchMethodException missing) {
            throw new PluginRefusedException(type.getName() + " needs a public constructor without parameters");
        } catch (InvocationTargetException failure) {
            throw new PluginRefusedException("its constructor failed: " + failure.getCause());
        } catch (ReflectiveOperationException failure) {
            throw new PluginRefusedException(type.getName() + " cannot be made: " + failure);
        } catch (LinkageError failure) {
            throw Refusals.of(failure);
        }
    }
}
