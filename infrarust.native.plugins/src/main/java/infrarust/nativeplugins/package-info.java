/**
 * Built-in native plugins, a package each. No plugin lives here yet.
 */
@NullMarked
package infrarust.nativeplugins;

import org.jspecify.annotations.NullMarked;
