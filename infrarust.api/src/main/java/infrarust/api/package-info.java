/**
 * The plugin API: {@code Plugin}, its metadata and its context.
 */
@NullMarked
package infrarust.api;

import org.jspecify.annotations.NullMarked;
