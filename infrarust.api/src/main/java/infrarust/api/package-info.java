/**
 * What a plugin is and what it is given: {@link infrarust.api.Plugin}, its {@link infrarust.api.PluginMetadata metadata}
 * and its {@link infrarust.api.PluginContext context}; and what it can know of the {@linkplain infrarust.api.PluginRegistry
 * other plugins} and of the {@linkplain infrarust.api.ProxyInfo proxy}.
 */
@NullMarked
package infrarust.api;

import org.jspecify.annotations.NullMarked;
