package infrarust.wasm.component.validate;

import infrarust.wasm.component.binary.CoreTypeDefinition;
import infrarust.wasm.component.binary.CoreTypeDefinition.Declaration;
import infrarust.wasm.component.binary.CoreTypeDefinition.Extern;
import infrarust.wasm.component.type.ComponentException;
import infrarust.wasm.spi.CoreExternType;
import infrarust.wasm.spi.CoreFunctionType;
import infrarust.wasm.spi.CoreModule.CoreExport;
import infrarust.wasm.spi.CoreModule.CoreImport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules for core types and the types of core modules (Binary.md, "Type Definitions", {@code core:deftype}). */
final class CoreTypeRules {

    CoreType type(CoreTypeDefinition definition, Scope scope, int offset) {
        return type(definition, scope.coreTypes, scope, offset);
    }

    private CoreType type(CoreTypeDefinition definition, Space<CoreType> types, Scope scope, int offset) {
        if (definition instanceof CoreTypeDefinition.Function function) {
            for (int i = 0; i < function.references().size(); i++) {
                int index = function.references().get(i);
                if (types.get(index, offset) instanceof CoreType.Module) {
                    throw new ComponentException("core type index " + index + " is a module type", offset);
                }
            }
            return new CoreType.Function(function.type());
        }
        if (definition instanceof CoreTypeDefinition.Module module) {
            return new CoreType.Module(module(module.declarations(), scope));
        }
        return new CoreType.Unsupported();
    }

    private ModuleShape module(List<Declaration> declarations, Scope scope) {
        Space<CoreType> types = new Space<>("core type");
        Map<ModuleShape.Key, CoreExternType> imports = new LinkedHashMap<>();
        Map<String, CoreExternType> exports = new LinkedHashMap<>();
        for (int i = 0; i < declarations.size(); i++) {
            Declaration line = declarations.get(i);
            int offset = line.offset();
            if (line instanceof Declaration.Type type) {
                types.add(type(type.type(), types, scope, offset), offset);
            } else if (line instanceof Declaration.OuterAlias alias) {
                types.add(alias(alias, types, scope), offset);
            } else if (line instanceof Declaration.Import imported) {
                addImport(imports, imported.module(), imported.name(), extern(imported.type(), types, offset), offset);
            } else if (line instanceof Declaration.Export exported) {
                addExport(exports, exported.name(), extern(exported.type(), types, offset), offset);
            }
        }
        return new ModuleShape(imports, exports);
    }

    private static CoreType alias(Declaration.OuterAlias alias, Space<CoreType> own, Scope scope) {
        Space<CoreType> space = alias.scopes() == 0 ? own : scope.outer(alias.scopes() - 1, alias.offset()).coreTypes;
        CoreType type = space.get(alias.index(), alias.offset());
        if (type instanceof CoreType.Module) {
            throw new ComponentException("a module type refers to a module type", alias.offset());
        }
        return type;
    }

    private static CoreExternType extern(Extern extern, Space<CoreType> types, int offset) {
        if (extern instanceof Extern.Function function) {
            return new CoreExternType.Function(functionType(function.type(), types, offset));
        }
        if (extern instanceof Extern.Tag tag) {
            CoreFunctionType type = functionType(tag.type(), types, offset);
            if (!type.results().isEmpty()) {
                throw new ComponentException("the type of an exception tag has results", offset);
            }
            return new CoreExternType.Tag(type);
        }
        return ((Extern.Other) extern).type();
    }

    private static CoreFunctionType functionType(int index, Space<CoreType> types, int offset) {
        CoreType type = types.get(index, offset);
        if (type instanceof CoreType.Function function) {
            return function.type();
        }
        throw new ComponentException("core type index " + index + " is not a function type", offset);
    }

    /** The type of a module that is there. */
    static ModuleShape module(List<CoreImport> imported, List<CoreExport> exported, int offset) {
        Map<ModuleShape.Key, CoreExternType> imports = new LinkedHashMap<>();
        Map<String, CoreExternType> exports = new LinkedHashMap<>();
        for (int i = 0; i < imported.size(); i++) {
            CoreImport item = imported.get(i);
            addImport(imports, item.module(), item.name(), item.type(), offset);
        }
        for (int i = 0; i < exported.size(); i++) {
            addExport(exports, exported.get(i).name(), exported.get(i).type(), offset);
        }
        return new ModuleShape(imports, exports);
    }

    /** Within components the two names of an import are one, so they may not repeat as they may in a core module. */
    private static void addImport(
            Map<ModuleShape.Key, CoreExternType> imports, String module, String name, CoreExternType type, int offset) {
        ModuleShape.Key key = new ModuleShape.Key(module, name);
        if (imports.putIfAbsent(key, type) != null) {
            throw new ComponentException("a core module has the duplicate import name " + key, offset);
        }
    }

    private static void addExport(Map<String, CoreExternType> exports, String name, CoreExternType type, int offset) {
        if (exports.putIfAbsent(name, type) != null) {
            throw new ComponentException("a core module exports '" + name + "' twice", offset);
        }
    }
}
