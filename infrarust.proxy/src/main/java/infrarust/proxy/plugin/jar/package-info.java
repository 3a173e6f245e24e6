/**
 * How does a jar in the plugins folder become a plugin? Files flow in; each becomes a module in a layer of its own, whose classes
 * go when nothing refers to the plugin any more. Knows the loader interface of {@link infrarust.proxy.plugin} and what that room
 * knows.
 */
@NullMarked
package infrarust.proxy.plugin.jar;

import org.jspecify.annotations.NullMarked;
