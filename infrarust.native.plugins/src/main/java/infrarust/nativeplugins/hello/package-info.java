/**
 * The sample: what a plugin looks like that greets players, has a command and does something from time to time. Read {@link
 * infrarust.nativeplugins.hello.Hello}.
 */
@NullMarked
package infrarust.nativeplugins.hello;

import org.jspecify.annotations.NullMarked;
