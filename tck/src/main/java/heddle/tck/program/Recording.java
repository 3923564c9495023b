package heddle.tck.program;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.zip.GZIPInputStream;

/** The programs that were recorded from CPython, read one by one. */
public final class Recording {

    private static final String ALL = "traces.jsonl.gz";
    private static final String SAMPLE = "traces-sample.jsonl.gz";

    private final String name;
    private final Source source;

    private interface Source {
        InputStream open() throws IOException;
    }

    private Recording(String name, Source source) {
        this.name = name;
        this.source = source;
    }

    /**
     * All programs that come with the kit.
     *
     * @return never null
     */
    public static Recording all() {
        return new Recording(ALL, () -> resource(ALL));
    }

    /**
     * Some of each template.
     *
     * @return never null
     */
    public static Recording sample() {
        return new Recording(SAMPLE, () -> resource(SAMPLE));
    }

    /**
     * A file that {@code src/record/record} wrote.
     *
     * @param file the file
     * @return never null
     */
    public static Recording of(Path file) {
        return new Recording(file.toString(), () -> Files.newInputStream(file));
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = Recording.class.getResourceAsStream(name);
        if (resource == null) {
            throw new FileNotFoundException("the kit lacks its resource " + name);
        }
        return resource;
    }

    /**
     * Reads those that are wanted.
     *
     * @param wanted asked for the place of each in the file, from 0
     * @param reader gets them one after the other
     */
    public void read(IntPredicate wanted, Consumer<Recorded> reader) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(source.open()), StandardCharsets.UTF_8))) {
            String line = lines.readLine(); // the header
            for (int place = 0; (line = lines.readLine()) != null; place++) {
                if (wanted.test(place)) {
                    reader.accept(Json.recorded(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + name, e);
        }
    }
}
