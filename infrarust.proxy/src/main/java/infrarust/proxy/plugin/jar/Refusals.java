package infrarust.proxy.plugin.jar;

import infrarust.proxy.plugin.PluginRefusedException;
import java.lang.module.InvalidModuleDescriptorException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/** What is wrong with a jar, in one line for the operator, from what the JDK says about it. */
final class Refusals {

    private static final Pattern MISSING = Pattern.compile("Module (\\S+) not found, required by (\\S+)");
    private static final Pattern SPLIT =
            Pattern.compile("Module (\\S+) contains package (\\S+), module (\\S+) exports package .*");
    private static final Pattern VERSION = Pattern.compile("(?:class file version|major.minor version) (\\d+)");

    /** Class files of Java N have the version N and this. */
    private static final int FIRST_VERSION = 44;

    private Refusals() {}

    /** The refusal for a failure to find, define or make a plugin. */
    static PluginRefusedException of(Throwable failure) {
        return new PluginRefusedException(reason(failure));
    }

    private static String reason(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String text = String.valueOf(at.getMessage());
            switch (at) {
                case ZipException broken -> {
                    return "it is no jar, or was not copied whole (" + text + "); copy it again";
                }
                case UnsupportedClassVersionError newer -> {
                    return version(text);
                }
                case InvalidModuleDescriptorException newer
                when VERSION.matcher(text).find() -> {
                    return version(text);
                }
                case NoClassDefFoundError missing -> {
                    return missing(text);
                }
                case ClassNotFoundException missing -> {
                    return missing(text);
                }
                default -> {}
            }
        }
        return module(failure);
    }

    private static String version(String text) {
        Matcher number = VERSION.matcher(text);
        String built = number.find() ? "Java " + (Integer.parseInt(number.group(1)) - FIRST_VERSION) : "a newer Java";
        return "it was built for " + built + ", and this proxy runs on Java "
                + Runtime.version().feature() + "; build it with --release "
                + Runtime.version().feature();
    }

    private static String missing(String name) {
        return "the class " + name.replace('/', '.')
                + " is missing; put it into the jar, or name the plugin that has it among the dependencies";
    }

    private static String module(Throwable failure) {
        String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        Matcher missing = MISSING.matcher(text);
        if (missing.matches()) {
            return "its module " + missing.group(2) + " requires " + missing.group(1)
                    + ", which is neither here nor a plugin that it names among its dependencies";
        }
        Matcher split = SPLIT.matcher(text);
        if (split.matches()) {
            return "it contains the package " + split.group(2) + ", which " + split.group(3)
                    + " has for it already; leave it out of the jar";
        }
        return failure.getCause() == null
                ? text
                : text + ": " + failure.getCause().getMessage();
    }
}
