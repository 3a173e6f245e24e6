package infrarust.wasm.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import infrarust.wasm.component.value.Value;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values of .wast files, in the form of the converter. */
final class Literals {

    private Literals() {}

    /** A literal is of a form that is not known here. */
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown(String message) {
            super(message, null, false, false);
        }
    }

    static List<Value> values(JsonArray array) {
        List<Value> values = new ArrayList<>();
        for (JsonElement element : array) {
            values.add(value(element.getAsJsonObject()));
        }
        return values;
    }

    static Value value(JsonObject json) {
        String type = json.get("type").getAsString();
        return switch (type) {
            case "bool" -> new Value.Bool(text(json).equals("true"));
            case "s8" -> new Value.S8(integer(json).byteValue());
            case "s16" -> new Value.S16(integer(json).shortValue());
            case "s32" -> new Value.S32(integer(json).intValue());
            case "s64" -> new Value.S64(integer(json).longValue());
            case "u8" -> new Value.U8(integer(json).intValue() & 0xff);
            case "u16" -> new Value.U16(integer(json).intValue() & 0xffff);
            case "u32" -> new Value.U32(integer(json).intValue());
            case "u64" -> new Value.U64(integer(json).longValue());
            case "f32" -> new Value.F32(f32(text(json)));
            case "f64" -> new Value.F64(f64(text(json)));
            case "char" -> new Value.Char(character(text(json)));
            case "string" -> new Value.Text(utf8(json.get("hex").getAsString()));
            case "list" -> new Value.ListOf(values(json.getAsJsonArray("values")));
            case "tuple" -> new Value.Tuple(values(json.getAsJsonArray("values")));
            case "record" -> record(json.getAsJsonArray("fields"));
            case "variant" -> new Value.Variant(json.get("case").getAsString(), inner(json));
            case "enum" -> new Value.Enumeration(json.get("case").getAsString());
            case "flags" -> flags(json.getAsJsonArray("flags"));
            case "option" -> new Value.Option(inner(json));
            case "result" -> json.get("ok").getAsBoolean() ? new Value.Ok(inner(json)) : new Value.Err(inner(json));
            default -> throw new Unknown("a literal of the kind " + json);
        };
    }

    private static String text(JsonObject json) {
        return json.get("value").getAsString();
    }

    private static Optional<Value> inner(JsonObject json) {
        JsonElement value = json.get("value");
        return value == null || value.isJsonNull() ? Optional.empty() : Optional.of(value(value.getAsJsonObject()));
    }

    private static Value record(JsonArray array) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (JsonElement field : array) {
            JsonObject json = field.getAsJsonObject();
            fields.put(json.get("name").getAsString(), value(json.getAsJsonObject("value")));
        }
        return new Value.RecordOf(fields);
    }

    private static Value flags(JsonArray array) {
        Set<String> names = new LinkedHashSet<>();
        array.forEach(name -> names.add(name.getAsString()));
        return new Value.Flags(names);
    }

    private static BigInteger integer(JsonObject json) {
        String text = text(json).replace("_", "").replace("+", "");
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        BigInteger value = digits.startsWith("0x") ? new BigInteger(digits.substring(2), 16) : new BigInteger(digits);
        return negative ? value.negate() : value;
    }

    /** Java reads hexadecimal floating point numbers only with an exponent. */
    private static String forJava(String text) {
        String plain = text.replace("_", "");
        return plain.contains("0x") && !plain.contains("p") ? plain + "p0" : plain;
    }

    private static float f32(String text) {
        if (text.contains("nan")) {
            return Float.NaN;
        }
        if (text.contains("inf")) {
            return text.startsWith("-") ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        }
        return Float.parseFloat(forJava(text));
    }

    private static double f64(String text) {
        if (text.contains("nan")) {
            return Double.NaN;
        }
        if (text.contains("inf")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.parseDouble(forJava(text));
    }

    /** A character between quotes, perhaps escaped. */
    private static int character(String quoted) {
        String text = quoted.substring(1, quoted.length() - 1);
        if (!text.startsWith("\\")) {
            return text.codePointAt(0);
        }
        if (text.startsWith("\\u{")) {
            return Integer.parseInt(text.substring(3, text.length() - 1).replace("_", ""), 16);
        }
        return switch (text.charAt(1)) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '"', '\'', '\\' -> text.charAt(1);
            default -> utf8(text.replace("\\", "")).codePointAt(0);
        };
    }

    private static String utf8(String hex) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unknown("a string that is no UTF-8: " + hex);
        }
    }
}
