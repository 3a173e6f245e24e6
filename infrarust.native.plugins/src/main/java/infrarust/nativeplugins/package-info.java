/**
 * Built-in native plugins, a package each. None of them runs until the configuration asks for it.
 */
@NullMarked
package infrarust.nativeplugins;

import org.jspecify.annotations.NullMarked;
