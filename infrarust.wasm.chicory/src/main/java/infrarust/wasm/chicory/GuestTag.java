package infrarust.wasm.chicory;

import com.dylibso.chicory.runtime.TagInstance;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.TagType;
import com.dylibso.chicory.wasm.types.ValType;

/**
 * A tag as one module sees it. Chicory catches an exception if the two tags' types are equal and the catching module imports its
 * own; the specification, if they are the same tag (4.4.10, {@code throw_ref}). So modules import all their tags, also those that
 * they define ({@link ModuleBytes#renameImports}), and once Chicory has checked the imports, each tag gets a type that no other
 * tag has. Nothing but the comparison reads it: what a tag carries is known by the type's index in the module.
 */
final class GuestTag extends TagInstance {

    private final FunctionType identity;

    /**
     * Makes a tag.
     *
     * @param index of its type in the module
     * @param declared the type
     * @param identity equal for the same tag alone
     */
    GuestTag(TagType index, FunctionType declared, FunctionType identity) {
        super(index, declared);
        this.identity = identity;
    }

    /** A type for the tag of that number, from 0: a reference to a type of that number, which no tag of a module can carry. */
    static FunctionType identity(int number) {
        return FunctionType.accepting(
                ValType.builder().withOpcode(ValType.ID.Ref).withTypeIdx(number).build());
    }

    FunctionType identity() {
        return identity;
    }

    /** Chicory has compared the declared type; from now on only the identity counts. */
    void linked() {
        setType(identity);
    }
}
