package heddle.tck.command;

import heddle.tck.Verdict.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
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
     * @param judgement what came of it
     * @param remarks what else is worth knowing, safe to print
     * @param engine the engine
     * @param seconds how long it took
     * @throws WrongUse if that can't be done
     */
    public void write(Judgement judgement, List<String> remarks, Engine engine, double seconds) {
        if (folder == null) {
            return;
        }
        String name = engine.name().replaceAll("[^-\\w.]", "_");
        try {
            Files.writeString(folder.resolve("certificate.txt"), Printable.lines(judgement.text()));
            Files.writeString(folder.resolve("certificate.html"), Html.of(judgement, remarks, engine, seconds));
            Files.writeString(
                    folder.resolve("TEST-heddle.tck." + (name.length() > 80 ? name.substring(0, 80) : name) + ".xml"),
                    junit(judgement, remarks, engine, seconds));
        } catch (IOException e) {
            throw new WrongUse("the reports can't be written into " + folder + ": " + e);
        }
    }

    private static String junit(Judgement judgement, List<String> remarks, Engine engine, double seconds) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        List<Case> cases = cases(judgement);
        String suite = Printable.markup("heddle.tck." + Printable.line(engine.name()));
        xml.append(String.format(
                Locale.ROOT,
                "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\" time=\"%.3f\">%n",
                suite,
                cases.size(),
                cases.stream().filter(each -> each.status() == Status.FAILED).count(),
                cases.stream()
                        .filter(each -> each.status() != Status.PASSED && each.status() != Status.FAILED)
                        .count(),
                seconds));
        for (Case each : cases) {
            String name = Printable.markup(each.name());
            xml.append("  <testcase classname=\"")
                    .append(suite)
                    .append(each.suite())
                    .append("\" name=\"")
                    .append(name)
                    .append('"');
            String detail = Printable.markup(each.detail());
            switch (each.status()) {
                case PASSED -> xml.append("/>\n");
                case FAILED ->
                    xml.append(">\n    <failure message=\"")
                            .append(name)
                            .append("\">")
                            .append(detail)
                            .append("</failure>\n  </testcase>\n");
                default ->
                    xml.append(">\n    <skipped message=\"")
                            .append(Printable.markup(each.status().toString()))
                            .append(", ")
                            .append(detail)
                            .append("\"/>\n  </testcase>\n");
            }
        }
        xml.append("  <system-out>")
                .append(Printable.markup(judgement.summary()))
                .append('\n');
        remarks.forEach(remark -> xml.append(Printable.markup(remark)).append('\n'));
        return xml.append("</system-out>\n</testsuite>\n").toString();
    }

    /** A test, as build servers see it: a rule, or the programs in one form. */
    private record Case(String suite, String name, Status status, String detail) {}

    private static List<Case> cases(Judgement judgement) {
        return Stream.concat(
                        judgement.certificate().verdicts().stream()
                                .map(verdict -> new Case(
                                        ".laws", verdict.rule().toString(), verdict.status(), verdict.detail())),
                        judgement.programs().stream()
                                .map(result -> new Case(
                                        ".programs", Judgement.name(result.form()), result.status(), result.detail())))
                .toList();
    }
}
