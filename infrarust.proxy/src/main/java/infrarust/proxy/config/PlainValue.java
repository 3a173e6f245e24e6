package infrarust.proxy.config;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Values of a file as types of Java, for those who are to know nothing of the parser. */
final class PlainValue {

    private PlainValue() {}

    /** String, Long, Double, Boolean, List or Map. */
    static Object of(JsonNode value) {
        if (value.isObject()) {
            Map<String, Object> table = new LinkedHashMap<>();
            value.propertyNames().forEach(key -> table.put(key, of(value.get(key))));
            return table;
        }
        if (value.isArray()) {
            return value.values().stream().map(PlainValue::of).toList();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        return value.isNumber() ? (Object) value.doubleValue() : value.asString();
    }
}
