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

/**
 * JSON as NBT and back. Numbers become the smallest of int, long and double that holds them, booleans bytes, nulls are left
 * out. NBT has no boolean, so on the way back the bytes 0 and 1 become false and true, which is what components use bytes for.
 */
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

    static JsonElement toJson(Tag tag) {
        return switch (tag) {
            case Tag.OfByte(byte value) when value == 0 || value == 1 -> new JsonPrimitive(value == 1);
            case Tag.OfByte(byte value) -> new JsonPrimitive(value);
            case Tag.OfShort(short value) -> new JsonPrimitive(value);
            case Tag.OfInt(int value) -> new JsonPrimitive(value);
            case Tag.OfLong(long value) -> new JsonPrimitive(value);
            case Tag.OfFloat(float value) -> new JsonPrimitive(value);
            case Tag.OfDouble(double value) -> new JsonPrimitive(value);
            case Tag.OfString(String value) -> new JsonPrimitive(value);
            case Tag.OfByteArray(byte[] value) -> {
                var array = new JsonArray(value.length);
                for (byte element : value) {
                    array.add(toJson(new Tag.OfByte(element)));
                }
                yield array;
            }
            case Tag.OfIntArray(int[] value) -> {
                var array = new JsonArray(value.length);
                for (int element : value) {
                    array.add(element);
                }
                yield array;
            }
            case Tag.OfLongArray(long[] value) -> {
                var array = new JsonArray(value.length);
                for (long element : value) {
                    array.add(element);
                }
                yield array;
            }
            case Tag.OfList(List<Tag> values) -> {
                var array = new JsonArray(values.size());
                values.forEach(value -> array.add(toJson(unwrapped(value))));
                yield array;
            }
            case Tag.OfCompound(Map<String, Tag> values) -> {
                var object = new JsonObject();
                values.forEach((name, value) -> object.add(name, toJson(value)));
                yield object;
            }
        };
    }

    /** In a list of mixed types, what is no compound lies in one under the empty name. */
    private static Tag unwrapped(Tag element) {
        return element instanceof Tag.OfCompound(Map<String, Tag> values) && values.size() == 1
                ? values.getOrDefault("", element)
                : element;
    }
}
