/**
 * The configuration, and what a plugin may do with it: read it without its secrets, have it read again, and add servers of its
 * own. {@link infrarust.api.config.ConfigService} is where it begins.
 */
@NullMarked
package infrarust.api.config;

import org.jspecify.annotations.NullMarked;
