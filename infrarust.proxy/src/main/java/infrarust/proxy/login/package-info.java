/**
 * Who is it? Offline profiles, and the login exchange with client and backend. Knows {@code protocol}.
 */
@NullMarked
package infrarust.proxy.login;

import org.jspecify.annotations.NullMarked;
