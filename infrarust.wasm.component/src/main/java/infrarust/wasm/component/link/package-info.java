/**
 * Turns definitions into instances. {@link infrarust.wasm.component.link.Resolver} walks a component once, when it is compiled
 * (at each instantiation if it imports modules or components, which are not known before), and leaves a {@link
 * infrarust.wasm.component.link.LinkPlan}: nested components, aliases and the shim and fixup shape that wit-component emits have
 * become a list of core instances. {@link infrarust.wasm.component.link.Linkage} joins a plan with Java types, {@link
 * infrarust.wasm.component.link.RunningComponent} runs it. Calls {@code binary}, {@code validate}, {@code mapping}, {@code
 * canon}, {@code bind}, {@code value} and {@code type}.
 */
@NullMarked
package infrarust.wasm.component.link;

import org.jspecify.annotations.NullMarked;
