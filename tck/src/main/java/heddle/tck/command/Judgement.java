package heddle.tck.command;

import heddle.tck.Certificate;
import heddle.tck.LibraryPrograms.Result;
import heddle.tck.Verdict.Status;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What came of both suites.
 *
 * @param certificate of the engine laws
 * @param programs of the library programs, for each form; empty if none were asked for
 */
public record Judgement(Certificate certificate, List<Result> programs) {

    /**
     * Checks what must not be null.
     *
     * @throws NullPointerException if anything is null
     */
    public Judgement {
        Objects.requireNonNull(certificate, "certificate");
        programs = List.copyOf(programs);
    }

    /**
     * What the programs in one form are called.
     *
     * @param form the form
     * @return some words, which no rule begins with
     */
    public static String name(String form) {
        return "library programs as " + form;
    }

    /**
     * Whether a program had another trace than CPython's.
     *
     * @return true if one had
     */
    public boolean aProgramFailed() {
        return any(Status.FAILED);
    }

    private boolean any(Status status) {
        return programs.stream().anyMatch(result -> result.status() == status);
    }

    /**
     * Whether something was judged, by either suite, and nothing failed.
     *
     * @return true if the engine passed
     */
    public boolean passed() {
        return !aProgramFailed()
                && (certificate.passed() || (certificate.failed().isEmpty() && any(Status.PASSED)));
    }

    /**
     * The certificate, then the same of the programs, and the line that sums up both.
     *
     * @return lines that end with a line end
     */
    public String text() {
        String laws = certificate.toString();
        StringBuilder text =
                new StringBuilder(laws.substring(0, laws.length() - (certificate.summary() + "\n").length()));
        if (!certificate.failed().isEmpty() && !programs.isEmpty()) {
            text.append('\n');
        }
        programs.forEach(result -> {
            text.append(String.format("  %-11s ", result.status())).append(name(result.form()));
            boolean judged = result.status() == Status.PASSED || result.status() == Status.FAILED;
            text.append(" (")
                    .append(judged ? result.programs() + " run" : result.detail())
                    .append(")\n");
        });
        programs.stream()
                .filter(result -> result.status() == Status.FAILED)
                .forEach(result -> text.append('\n').append(result.detail()).append('\n'));
        return text.append(summary()).append('\n').toString();
    }

    /**
     * Both verdicts in one line.
     *
     * @return the certificate's own, where the programs change nothing about it, and what came of these
     */
    public String summary() {
        String laws = certificate.summary();
        if (programs.isEmpty()) {
            return laws;
        }
        String counts = laws.substring(laws.indexOf(": "));
        String word = laws.substring(0, laws.length() - counts.length());
        if (aProgramFailed() && certificate.failed().isEmpty()) {
            word = "NOT CERTIFIED (a library program failed)";
        } else if (passed() && !certificate.passed()) {
            word = "PASSED (the library programs alone; certified is who keeps all rules)";
        }
        return word + counts + "; library programs: "
                + programs.stream()
                        .map(result -> result.form() + " " + result.status())
                        .collect(Collectors.joining(", "));
    }
}
