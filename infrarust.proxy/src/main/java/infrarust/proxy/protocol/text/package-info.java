/**
 * How text lies on the wire: {@link infrarust.proxy.protocol.text.TextDialect} writes a component as the JSON or the NBT that
 * a protocol number expects, {@link infrarust.proxy.protocol.text.PlainText} as the section-sign text of the oldest clients.
 */
@NullMarked
package infrarust.proxy.protocol.text;

import org.jspecify.annotations.NullMarked;
