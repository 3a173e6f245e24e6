package infrarust.wasm.component.bind;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a Java type stands for a WIT resource. Its instance methods are the resource's methods: {@code sendMessage} stands
 * for {@code [method]player.send-message}. The type is named by {@link WitInterface#resources()} of the interface that declares
 * the resource.
 *
 * <p>A resource that the embedder offers is any Java type; the guest holds handles to the very objects that the embedder
 * returns. When the guest drops a handle that it owns and the object is {@link AutoCloseable}, its {@code close} is called, on
 * the thread that runs the guest. A resource that the guest exports is an interface that extends {@link GuestResource}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WitResource {

    /** The name of the resource, for example {@code player}. */
    String value();
}
