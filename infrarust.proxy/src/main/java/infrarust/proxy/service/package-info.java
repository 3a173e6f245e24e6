/**
 * The implementations behind the API's services: who is connected. Knows only API types.
 */
@NullMarked
package infrarust.proxy.service;

import org.jspecify.annotations.NullMarked;
