package infrarust.wasm.component.validate;

import infrarust.wasm.component.validate.ResourceReference.Identity;
import java.util.List;

/**
 * A resource that a type introduces rather than refers to: whoever uses the type puts another in its place.
 *
 * @param path the names that lead to it, from an import or export inwards
 */
public record Bound(Identity resource, List<String> path) {}
