package heddle.tck.command;

import heddle.tck.Certificate;
import heddle.tck.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The files that tell of a certificate: text, HTML for people, JUnit's XML for build servers. */
public final class Reports {

    private final @Nullable Path folder;

    private Reports(@Nullable Path folder) {
        this.folder = folder;
    }

    /**
     * Reports in a folder, which is made where it is missing.
     *
     * @param folder where; null for no reports
     * @return new reports
     * @throws WrongUse if the folder can't be made
     */
    public static Reports into(@Nullable Path folder) {
        if (folder != null) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new WrongUse("--report names " + folder + ", which can't be made: " + e);
            }
        }
        return new Reports(folder);
    }

    /**
     * Writes them.
     *
     * @param certificate what came of it
     * @param remarks what else is worth knowing, safe to print
     * @param engine the engine
     * @param seconds how long it took
     * @throws WrongUse if that can't be done
     */
    public void write(Certificate certificate, List<String> remarks, Engine engine, double seconds) {
        if (folder == null) {
            return;
        }
        String name = engine.name().replaceAll("[^-\\w.]", "_");
        try {
            Files.writeString(folder.resolve("certificate.txt"), Printable.lines(certificate.toString()));
            Files.writeString(folder.resolve("certificate.html"), Html.of(certificate, remarks, engine, seconds));
            Files.writeString(
                    folder.resolve("TEST-heddle.tck." + (name.length() > 80 ? name.substring(0, 80) : name) + ".xml"),
                    junit(certificate, remarks, engine, seconds));
        } catch (IOException e) {
            throw new WrongUse("the reports can't be written into " + folder + ": " + e);
        }
    }

    private static String junit(Certificate certificate, List<String> remarks, Engine engine, double seconds) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        List<Verdict> verdicts = certificate.verdicts();
        long failures = certificate.failed().size();
        long skipped = verdicts.stream()
                .filter(verdict ->
                        verdict.status() != Verdict.Status.PASSED && verdict.status() != Verdict.Status.FAILED)
                .count();
        String suite = Printable.markup("heddle.tck." + Printable.line(engine.name()));
        xml.append(String.format(
                Locale.ROOT,
                "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\" time=\"%.3f\">%n",
                suite,
                verdicts.size(),
                failures,
                skipped,
                seconds));
        for (Verdict verdict : verdicts) {
            String rule = Printable.markup(verdict.rule().toString());
            xml.append("  <testcase classname=\"")
                    .append(suite)
                    .append("\" name=\"")
                    .append(rule)
                    .append('"');
            String detail = Printable.markup(verdict.detail());
            switch (verdict.status()) {
                case PASSED -> xml.append("/>\n");
                case FAILED ->
                    xml.append(">\n    <failure message=\"")
                            .append(rule)
                            .append("\">")
                            .append(detail)
                            .append("</failure>\n  </testcase>\n");
                default ->
                    xml.append(">\n    <skipped message=\"")
                            .append(Printable.markup(verdict.status().toString()))
                            .append(", ")
                            .append(detail)
                            .append("\"/>\n  </testcase>\n");
            }
        }
        xml.append("  <system-out>")
                .append(Printable.markup(certificate.summary()))
                .append('\n');
        remarks.forEach(remark -> xml.append(Printable.markup(remark)).append('\n'));
        return xml.append("</system-out>\n</testsuite>\n").toString();
    }
}
