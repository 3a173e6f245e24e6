package infrarust.wasm.component.bind;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which WIT interface a Java interface stands for. Its methods are the interface's functions: {@code getPlayer} stands for
 * {@code get-player}; {@link WitName} overrides that, and names constructors and static functions of resources, for example
 * {@code @WitName("[constructor]player")} and {@code @WitName("[static]player.find")}.
 *
 * <p>Which Java type stands for which WIT type:
 *
 * <table>
 * <caption>Java for WIT</caption>
 * <tr><th>WIT</th><th>Java</th></tr>
 * <tr><td>bool</td><td>boolean</td></tr>
 * <tr><td>s8, s16</td><td>byte, short</td></tr>
 * <tr><td>u8, u16</td><td>int, 0 to 255 or 65,535; anything else is refused when it is passed to the guest</td></tr>
 * <tr><td>s32, u32</td><td>int, for u32 the raw bits</td></tr>
 * <tr><td>s64, u64</td><td>long, for u64 the raw bits</td></tr>
 * <tr><td>f32, f64</td><td>float, double</td></tr>
 * <tr><td>char</td><td>int, a code point that is no surrogate</td></tr>
 * <tr><td>string</td><td>String; an unpaired surrogate, which WIT cannot express, reaches the guest as {@code ?}</td></tr>
 * <tr><td>list&lt;u8&gt;</td><td>byte[]; or ByteBuffer: towards the guest its remaining bytes (the position does not move), from
 * the guest a view of its memory without a copy. A view in an argument holds until the method returns, one in a result until the
 * next call into the instance; afterwards it shows whatever the guest put there</td></tr>
 * <tr><td>list&lt;T&gt;</td><td>List&lt;T&gt;; a list that came from the guest is immutable</td></tr>
 * <tr><td>list&lt;u8, N&gt;, list&lt;T, N&gt;</td><td>byte[], List&lt;T&gt; of that length</td></tr>
 * <tr><td>map&lt;K, V&gt;</td><td>Map&lt;K, V&gt;; one that came from the guest is immutable and in the guest's order, of
 * several equal keys the last one counts</td></tr>
 * <tr><td>record, tuple</td><td>a Java record whose components are the fields in the order of the WIT</td></tr>
 * <tr><td>variant</td><td>a sealed interface whose permitted types are records named like the cases in camel case; the payload
 * is the record's only component, a case without payload is a record without components</td></tr>
 * <tr><td>enum</td><td>a Java enum, constants named like the labels in upper snake case</td></tr>
 * <tr><td>flags</td><td>Set of such an enum</td></tr>
 * <tr><td>option&lt;T&gt;</td><td>Optional&lt;T&gt;; for 32 and 64 bit integers also OptionalInt and OptionalLong, for f64
 * OptionalDouble</td></tr>
 * <tr><td>result&lt;T, E&gt;</td><td>{@link Result}; {@link Unit} for an absent side</td></tr>
 * <tr><td>own, borrow</td><td>an interface with {@link WitResource}: for an imported resource the embedder's own object, for an
 * exported one a {@link GuestResource}</td></tr>
 * </table>
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WitInterface {

    /** The value for functions that a component imports or exports without an interface. */
    String ROOT = "$root";

    /** The full name, for example {@code infrarust:plugin/log@0.2.3}; {@link #ROOT} for bare functions. */
    String value();

    /** Which versions of a component's import or export fit. */
    Versions versions() default Versions.EXACT;

    /** The Java types of the resources that this WIT interface declares; each carries {@link WitResource}. */
    Class<?>[] resources() default {};

    /** How versions are compared. */
    enum Versions {
        /** The version must be the same, character by character. */
        EXACT,
        /**
         * The version must be of the same compatibility track, as semantic versioning has it: the same major number, or with
         * major 0 the same minor number ({@code 0.2.9} fits {@code 0.2.0}).
         */
        COMPATIBLE
    }
}
