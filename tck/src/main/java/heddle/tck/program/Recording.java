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
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.zip.GZIPInputStream;

/** The programs that were recorded from CPython, read one by one. */
public final class Recording {

    /** How many programs the first batch has. */
    public static final int PROGRAMS = 12_000;

    private static final String ID = "{\"id\":";
    private static final String FIRST = "traces.jsonl.gz";
    private static final String SAMPLE = "traces-sample.jsonl.gz";
    private static final String MORE = "traces-more.jsonl.gz";
    private static final String BUSY = "traces-busy.jsonl.gz";

    private final String name;
    private final Source source;

    private interface Choice {
        boolean takes(int place, String line);
    }

    private interface Source {
        InputStream open() throws IOException;
    }

    private Recording(String name, Source source) {
        this.name = name;
        this.source = source;
    }

    /**
     * The first batch: templates, wild programs, compositions.
     *
     * @return never null
     */
    public static Recording first() {
        return new Recording(FIRST, () -> resource(FIRST));
    }

    /**
     * The second batch: what the language got later, and what the first shows too seldom.
     *
     * @return never null
     */
    public static Recording more() {
        return new Recording(MORE, () -> resource(MORE));
    }

    /**
     * The third batch: every statement often.
     *
     * @return never null
     */
    public static Recording busy() {
        return new Recording(BUSY, () -> resource(BUSY));
    }

    /**
     * Some of each template of the first batch.
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
     * Reads all.
     *
     * @param reader gets them one after the other
     */
    public void read(Consumer<Recorded> reader) {
        read((place, line) -> true, reader);
    }

    /**
     * Reads those that are wanted.
     *
     * @param wanted asked for the place of each in the file, from 0
     * @param reader gets them one after the other
     */
    public void read(IntPredicate wanted, Consumer<Recorded> reader) {
        read((place, line) -> wanted.test(place), reader);
    }

    /**
     * Reads those with certain numbers; numbers that aren't there are passed over.
     *
     * @param ids the numbers
     * @param reader gets them one after the other
     */
    public void read(Set<Integer> ids, Consumer<Recorded> reader) {
        read((place, line) -> ids.contains(id(line)), reader);
    }

    /** The number of a record, which is its first field. */
    private static int id(String line) {
        return Integer.parseInt(line.substring(ID.length(), line.indexOf(',')));
    }

    private void read(Choice wanted, Consumer<Recorded> reader) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(source.open()), StandardCharsets.UTF_8))) {
            String line = lines.readLine(); // the header
            for (int place = 0; (line = lines.readLine()) != null; place++) {
                if (wanted.takes(place, line)) {
                    reader.accept(Json.recorded(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + name, e);
        }
    }
}
