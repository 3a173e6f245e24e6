/**
 * The canonical ABI. A function's plan is generated code, made once: a hidden class whose methods lift and lower, with the
 * handles of core functions and Java members as constants ({@link infrarust.wasm.component.canon.ImportPlan}, {@link
 * infrarust.wasm.component.canon.ExportPlan}). All instances of a component share it; what is theirs is in {@link
 * infrarust.wasm.component.canon.InstanceState}. Method names follow the reference text (CanonicalABI.md).
 *
 * <p>This runs for each packet: the generated code allocates nothing but the Java values that a type asks for, and neither
 * boxes, reflects nor looks anything up. Calls {@code mapping}, {@code bind}, {@code value} and {@code type}.
 */
@NullMarked
package infrarust.wasm.component.canon;

import org.jspecify.annotations.NullMarked;
