/**
 * Turns definitions into instances. {@link infrarust.wasm.component.link.Resolver} walks a component once, when it is compiled,
 * and leaves a {@link infrarust.wasm.component.link.LinkPlan}: nested components, aliases and the shim and fixup shape that
 * wit-component emits have become a list of core instances. {@link infrarust.wasm.component.link.Linkage} joins a plan with Java
 * types, {@link infrarust.wasm.component.link.RunningComponent} runs it. Calls {@code binary}, {@code mapping}, {@code canon},
 * {@code bind} and {@code type}.
 */
@NullMarked
package infrarust.wasm.component.link;

import org.jspecify.annotations.NullMarked;
