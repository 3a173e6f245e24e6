/**
 * What plugins offer each other, by type: {@link infrarust.api.service.ServiceRegistry}.
 */
@NullMarked
package infrarust.api.service;

import org.jspecify.annotations.NullMarked;
