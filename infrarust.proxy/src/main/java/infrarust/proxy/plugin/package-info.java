/**
 * Which plugins run, in which order, and what do they own? Discovery, dependencies, one scope per plugin whose closing
 * is unloading. Knows {@code api}, {@code event}, {@code service}.
 */
@NullMarked
package infrarust.proxy.plugin;

import org.jspecify.annotations.NullMarked;
