package infrarust.wasm.component.bind;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The WIT name of a function, a variant's case, an enum's label or a flag where it does not follow from the Java name. On a
 * method of a {@link WitInterface} it may also be the full name of a constructor or static function, for example
 * {@code [static]player.find}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.FIELD})
public @interface WitName {

    /** The name in the spelling of WIT, for example {@code on-enable}. */
    String value();
}
