package infrarust.wasm.chicory;

import infrarust.wasm.spi.CoreModuleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a module costs Chicory's compiler where that grows faster than the module. Nothing can interrupt a compilation, so that a
 * small module could hold the load for minutes; here it is refused beforehand. Times are measured ones.
 */
final class CompilationWork {

    /** Linking compares each import with each other one. Plugins have some dozens, JavaScript engines 60. */
    static final int MAX_IMPORTS = 5_000;

    /**
     * For each type the compiler looks at all functions, and for each imported one of them through all imports, for which it takes
     * 20 ns: 6 seconds. For each {@code ref.func} it looks through all imports. A JavaScript engine of 12,000 functions, 60 imports
     * and 100 types needs 1.6 million, 50,000 functions of 2,000 types 100 million, what links the libraries of componentize-py's
     * Python 148 million.
     */
    static final long MAX_STEPS = 300_000_000;

    /**
     * For each type the compiler writes a branch to every function of an equal type, which takes 7 µs: 1.4 seconds. As many as there
     * are functions, since toolchains give each type once.
     */
    static final long MAX_BRANCHES = 200_000;

    private final Map<String, Shape> shapes = new HashMap<>();
    private final List<Shape> types = new ArrayList<>();
    private int imports;
    private int importedFunctions;
    private int ownFunctions;
    private int references;

    /** What is equal of types: how many there are, and how many functions they have between them. */
    private static final class Shape {
        private int types;
        private int functions;
    }

    /**
     * Counts the next function type.
     *
     * @param shape the same for equal types, and for those alone
     */
    void type(String shape) {
        Shape known = shapes.computeIfAbsent(shape, unknown -> new Shape());
        known.types++;
        types.add(known);
    }

    /** Counts an import of any kind. */
    void imported() {
        imports++;
    }

    /** Counts that an import, which is counted beside, is a function of that type. */
    void importedFunction(int type) {
        importedFunctions++;
        types.get(type).functions++;
    }

    /** Counts a function that the module defines. */
    void ownFunction(int type) {
        ownFunctions++;
        types.get(type).functions++;
    }

    /** Counts so many {@code ref.func} in function bodies. */
    void references(int more) {
        references += more;
    }

    /**
     * When all is counted.
     *
     * @throws CoreModuleException if the compiler would take too long
     */
    void check() {
        if (imports > MAX_IMPORTS) {
            throw new CoreModuleException(
                    "the module has " + imports + " imports and tags, more than " + MAX_IMPORTS + " are not taken");
        }
        // Cannot overflow: a module has fewer than 2^31 bytes, and imports are bounded already.
        long steps = types.size() * ((long) importedFunctions * imports + ownFunctions) + (long) references * imports;
        if (steps > MAX_STEPS) {
            throw new CoreModuleException("the module has too many imports, functions and types to compile in time: "
                    + importedFunctions + " imported functions, " + imports + " imports, " + ownFunctions
                    + " functions, " + types.size() + " types and " + references + " ref.func make " + steps
                    + " steps, more than " + MAX_STEPS + " are not taken");
        }
        long branches = 0;
        for (Shape shape : shapes.values()) {
            branches += (long) shape.types * shape.functions;
        }
        if (branches > MAX_BRANCHES) {
            throw new CoreModuleException(
                    "the module has too many functions, or types that are equal, to compile in time: "
                            + (importedFunctions + ownFunctions) + " functions of " + types.size() + " types, "
                            + shapes.size()
                            + " of them different, make " + branches + " branches, more than " + MAX_BRANCHES
                            + " are not taken");
        }
    }
}
