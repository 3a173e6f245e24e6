/**
 * Which plugins run, in which order, and what do they own? Loaders find candidates, {@link
 * infrarust.proxy.plugin.Plugins} orders and enables them, and one scope per plugin owns everything that it registers, so
 * that closing the scope is unloading. Knows {@code api}, {@code config}, {@code event}, {@code service}.
 */
@NullMarked
package infrarust.proxy.plugin;

import org.jspecify.annotations.NullMarked;
