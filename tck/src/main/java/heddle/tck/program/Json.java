package heddle.tck.program;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads programs and records from their JSON text. */
final class Json {

    private Json() {}

    static Recorded recorded(String line) {
        JsonObject json = parse(line);
        JsonObject program = json.getObject("program");
        return new Recorded(
                json.getInt("id"),
                json.getString("template"),
                texts(json.getArray("tags")),
                JsonWriter.string(program),
                program(program),
                texts(json.getArray("trace")));
    }

    static Program program(String text) {
        return program(parse(text));
    }

    private static JsonObject parse(String text) {
        try {
            return JsonParser.object().from(text);
        } catch (JsonParserException e) {
            throw new IllegalArgumentException("no JSON object: " + text, e);
        }
    }

    private static Program program(JsonObject program) {
        return new Program(
                blocks(program.getObject("bodies")),
                blocks(program.getObject("callbacks", new JsonObject())),
                block(program.getArray("drive", new JsonArray())));
    }

    private static Map<String, List<Statement>> blocks(JsonObject named) {
        Map<String, List<Statement>> blocks = new LinkedHashMap<>();
        named.forEach((name, block) -> blocks.put(name, block((JsonArray) block)));
        return blocks;
    }

    private static List<Statement> block(JsonArray array) {
        return list(array, each -> statement((JsonObject) each));
    }

    private static Statement statement(JsonObject json) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        json.forEach((name, value) -> {
            if (!name.equals("op")) {
                fields.put(name, field(name, value));
            }
        });
        String op = json.getString("op");
        return new Statement(Op.valueOf(op.toUpperCase(Locale.ROOT)), Collections.unmodifiableMap(fields));
    }

    private static @Nullable Object field(String name, @Nullable Object json) {
        if (json == null) {
            return null;
        }
        return switch (name) {
            case "of" -> json instanceof JsonArray array ? list(array, Json::ref) : ref(json);
            case "except" -> list((JsonArray) json, each -> handler((JsonObject) each));
            case "exception" -> failure((JsonObject) json);
            case "body", "then", "else", "finally" -> json instanceof JsonArray array ? block(array) : json;
            default -> value(json);
        };
    }

    private static Ref ref(Object json) {
        if (json instanceof JsonObject fresh) {
            return fresh.has("body")
                    ? new Ref.FreshBody(fresh.getString("body"))
                    : new Ref.FreshSleep(fresh.getDouble("sleep"), value(fresh.get("value")));
        }
        return new Ref.Named((String) json);
    }

    private static Handler handler(JsonObject json) {
        return new Handler(texts(json.getArray("kinds")), block(json.getArray("body")));
    }

    private static Failure failure(JsonObject json) {
        return new Failure(json.getString("type"), json.has("message") ? json.getString("message") : null);
    }

    /** A JSON value, whole numbers as long. */
    private static @Nullable Object value(@Nullable Object json) {
        if (json instanceof JsonArray array) {
            List<@Nullable Object> values = new ArrayList<>();
            array.forEach(each -> values.add(value(each)));
            return values;
        }
        if (json instanceof Number number) {
            double value = number.doubleValue();
            return value == Math.rint(value) ? (Object) number.longValue() : (Object) value;
        }
        return json;
    }

    private static List<String> texts(JsonArray array) {
        return list(array, String.class::cast);
    }

    private static <T> List<T> list(JsonArray array, Function<Object, T> read) {
        List<T> list = new ArrayList<>(array.size());
        array.forEach(each -> list.add(read.apply(each)));
        return Collections.unmodifiableList(list);
    }
}
