package infrarust.wasm.component.link;

import infrarust.wasm.component.binary.CoreTypeDefinition;
import infrarust.wasm.component.binary.CoreTypeDefinition.Declaration;
import infrarust.wasm.component.binary.CoreTypeDefinition.Extern;
import infrarust.wasm.component.binary.Sort;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.component.validate.ModuleShape;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares a core module that is offered with the type under which it is imported. The type itself was validated before. */
final class ModuleTypes {

    private ModuleTypes() {}

    /**
     * Checks a module.
     *
     * @param type index of the declared type
     * @param place what messages call the import
     * @throws ComponentException if the module cannot stand for that type
     */
    static void check(CoreModule module, int type, Scope scope, String place) {
        if (scope.get(Sort.CORE_TYPE, type, 0) instanceof Item.CoreType(CoreTypeDefinition definition, Scope declared)
                && definition instanceof CoreTypeDefinition.Module(List<Declaration> declarations)) {
            Optional<String> difference = shape(module).difference(shape(declarations, declared));
            if (difference.isPresent()) {
                throw new ComponentException("the component imports the core module " + place
                        + " and is offered one of another type: " + difference.get());
            }
        }
    }

    private static ModuleShape shape(CoreModule module) {
        Map<ModuleShape.Key, CoreExternType> imports = new LinkedHashMap<>();
        Map<String, CoreExternType> exports = new LinkedHashMap<>();
        module.imports().forEach(item -> imports.put(new ModuleShape.Key(item.module(), item.name()), item.type()));
        module.exports().forEach(item -> exports.put(item.name(), item.type()));
        return new ModuleShape(imports, exports);
    }

    private static ModuleShape shape(List<Declaration> declarations, Scope scope) {
        List<CoreTypeDefinition> types = new ArrayList<>();
        Map<ModuleShape.Key, CoreExternType> imports = new LinkedHashMap<>();
        Map<String, CoreExternType> exports = new LinkedHashMap<>();
        for (Declaration declaration : declarations) {
            switch (declaration) {
                case Declaration.Type(int _, CoreTypeDefinition type) -> types.add(type);
                case Declaration.OuterAlias(int offset, int scopes, int index) ->
                    types.add(
                            scopes == 0
                                    ? types.get(index)
                                    : scope.outer(scopes - 1, offset)
                                            .get(Sort.CORE_TYPE, index, Item.CoreType.class, "a core type", offset)
                                            .definition());
                case Declaration.Import(int _, String module, String name, Extern type) ->
                    imports.put(new ModuleShape.Key(module, name), extern(type, types));
                case Declaration.Export(int _, String name, Extern type) -> exports.put(name, extern(type, types));
            }
        }
        return new ModuleShape(imports, exports);
    }

    private static CoreExternType extern(Extern type, List<CoreTypeDefinition> types) {
        return switch (type) {
            case Extern.Function(int index) -> new CoreExternType.Function(function(types.get(index)));
            case Extern.Tag(int index) -> new CoreExternType.Tag(function(types.get(index)));
            case Extern.Other(CoreExternType other) -> other;
        };
    }

    private static CoreFunctionType function(CoreTypeDefinition type) {
        if (type instanceof CoreTypeDefinition.Function function) {
            return function.type();
        }
        throw new ComponentException(type + " is no core function type");
    }
}
