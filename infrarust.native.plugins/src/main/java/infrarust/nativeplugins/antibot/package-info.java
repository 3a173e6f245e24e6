/**
 * Keeps floods of bots out: {@link infrarust.nativeplugins.antibot.Antibot} asks three checks in turn about each login, none of which
 * needs anything but what the login says.
 */
@NullMarked
package infrarust.nativeplugins.antibot;

import org.jspecify.annotations.NullMarked;
