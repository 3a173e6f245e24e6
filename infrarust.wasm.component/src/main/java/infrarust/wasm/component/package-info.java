/**
 * The front door: compile a {@link infrarust.wasm.component.Component}, say what the embedder offers ({@link
 * infrarust.wasm.component.Imports}), make a {@link infrarust.wasm.component.ComponentInstance} and bind its exports to Java
 * interfaces. Bytes and Java objects flow in, bound instances flow out.
 *
 * <pre>{@code
 * Component component = Component.compile(engine, Files.readAllBytes(file));
 * Imports imports = Imports.with(MethodHandles.lookup()).provide(HostLog.class, log);
 * try (ComponentInstance instance = component.instantiate(imports, CoreLimits.defaults())) {
 *     Guest guest = instance.bind(Guest.class);
 *     guest.onEnable();
 * }
 * }</pre>
 */
@NullMarked
package infrarust.wasm.component;

import org.jspecify.annotations.NullMarked;
