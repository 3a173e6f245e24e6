/**
 * What a plugin is and what it is given: {@link infrarust.api.Plugin}, its {@link infrarust.api.PluginMetadata metadata}
 * and its {@link infrarust.api.PluginContext context}.
 */
@NullMarked
package infrarust.api;

import org.jspecify.annotations.NullMarked;
