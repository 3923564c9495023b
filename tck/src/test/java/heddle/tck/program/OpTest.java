package heddle.tck.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The language is the same on both sides. */
class OpTest {

    private static final Pattern STATEMENT = Pattern.compile("(?m)^    \"(\\w+)\": \\(\"([^\"]*)\", \"");

    @Test
    void statements_areThoseOfTheRecorder() throws Exception {
        var recorder = new TreeMap<String, String>();
        var matcher = STATEMENT.matcher(Files.readString(Path.of("src/record/language.py")));
        while (matcher.find()) {
            recorder.put(matcher.group(1), matcher.group(2));
        }
        var java = new TreeMap<String, String>();
        Arrays.stream(Op.values()).forEach(op -> java.put(op.toString(), String.join(" ", op.fields())));
        assertEquals(recorder, java);
    }
}
