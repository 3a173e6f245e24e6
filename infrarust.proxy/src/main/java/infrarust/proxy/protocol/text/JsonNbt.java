package infrarust.proxy.protocol.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import infrarust.proxy.protocol.nbt.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as NBT: numbers become the smallest of int, long and double that holds them, booleans bytes, nulls are left out. */
final class JsonNbt {

    private JsonNbt() {}

    static Tag toNbt(JsonElement json) {
        return switch (json) {
            case JsonObject object -> {
                Map<String, Tag> values = new LinkedHashMap<>();
                object.asMap().forEach((name, value) -> {
                    if (!(value instanceof JsonNull)) {
                        values.put(name, toNbt(value));
                    }
                });
                yield new Tag.OfCompound(values);
            }
            case JsonArray array -> list(array);
            case JsonPrimitive primitive -> primitive(primitive);
            default -> new Tag.OfString("");
        };
    }

    private static Tag list(JsonArray array) {
        List<Tag> values = new ArrayList<>(array.size());
        for (JsonElement element : array) {
            values.add(toNbt(element));
        }
        // As the game does: only whole numbers make an array, for example the four of a UUID.
        if (!values.isEmpty() && values.stream().allMatch(Tag.OfInt.class::isInstance)) {
            return new Tag.OfIntArray(values.stream()
                    .mapToInt(value -> ((Tag.OfInt) value).value())
                    .toArray());
        }
        return new Tag.OfList(values);
    }

    private static Tag primitive(JsonPrimitive primitive) {
        if (primitive.isBoolean()) {
            return new Tag.OfByte((byte) (primitive.getAsBoolean() ? 1 : 0));
        }
        if (primitive.isString()) {
            return new Tag.OfString(primitive.getAsString());
        }
        double number = primitive.getAsDouble();
        long whole = primitive.getAsNumber().longValue();
        if (whole != number) {
            return new Tag.OfDouble(number);
        }
        return whole == (int) whole ? new Tag.OfInt((int) whole) : new Tag.OfLong(whole);
    }
}
