/**
 * What did the operator ask for? TOML files flow in, one immutable {@code ProxyConfig} with its servers flows out.
 * Knows only API types.
 */
@NullMarked
package infrarust.proxy.config;

import org.jspecify.annotations.NullMarked;
