/**
 * The servers behind the proxy: {@link infrarust.api.server.Servers} lists them, {@link infrarust.api.server.LoadBalancer} shows how
 * their addresses are and takes some out of service.
 */
@NullMarked
package infrarust.api.server;

import org.jspecify.annotations.NullMarked;
