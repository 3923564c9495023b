package heddle.tck.command;

import heddle.tck.LibraryPrograms.Result;
import heddle.tck.Verdict;
import heddle.tck.Verdict.Status;
import java.util.List;
import java.util.Locale;

/** The certificate as one page that needs nothing else. */
final class Html {

    private static final String STYLE = """
        body { font: 16px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
               color: #1c2126; background: #fff }
        h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2rem }
        .verdict { padding: .7rem 1rem; border-left: .4rem solid; font-weight: 600 }
        .yes { border-color: #1a7f37; background: #e9f6ec } .no { border-color: #c22; background: #fdecec }
        table { border-collapse: collapse; width: 100% }
        td { border-top: 1px solid #d8dee4; padding: .3rem .6rem; vertical-align: top }
        td:nth-child(-n+2) { white-space: nowrap }
        .passed { color: #1a7f37 } .FAILED { color: #c22; font-weight: 600 } .not { color: #636c76 }
        pre { background: #f6f8fa; padding: .8rem; overflow-x: auto; font-size: .85rem; line-height: 1.35 }
        pre mark { background: #ffdfb0 }
        """;

    private Html() {}

    static String of(Judgement judgement, List<String> remarks, Engine engine, double seconds) {
        String name = Printable.markup(Printable.line(engine.name()));
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"UTF-8\">\n"
                + "<title>" + name + ": " + (judgement.passed() ? "passed" : "failed") + "</title>\n<style>\n" + STYLE
                + "</style>\n</head>\n<body>\n");
        page.append("<h1>Certificate of the engine ").append(name).append("</h1>\n");
        page.append("<p class=\"verdict ")
                .append(judgement.passed() ? "yes" : "no")
                .append("\">")
                .append(Printable.markup(judgement.summary()))
                .append("</p>\n<p>")
                .append(Printable.markup(Printable.line(engine.type())))
                .append(", which claims ")
                .append(engine.claims().isEmpty() ? "nothing beyond the core" : engine.claims())
                .append(". Java ")
                .append(Runtime.version().feature())
                .append(String.format(Locale.ROOT, ", %.1f s.</p>%n", seconds));
        failures(judgement, page);
        if (!remarks.isEmpty()) {
            page.append("<h2>Remarks</h2>\n");
            remarks.forEach(remark ->
                    page.append("<pre>").append(Printable.markup(remark)).append("</pre>\n"));
        }
        if (!judgement.programs().isEmpty()) {
            page.append("<h2>Library programs</h2>\n<table>\n");
            judgement.programs().forEach(result -> row(result, page));
            page.append("</table>\n");
        }
        page.append("<h2>All rules</h2>\n<table>\n");
        judgement.certificate().verdicts().forEach(verdict -> row(verdict, page));
        return page.append("</table>\n</body>\n</html>\n").toString();
    }

    private static void failures(Judgement judgement, StringBuilder page) {
        if (judgement.certificate().failed().isEmpty() && !judgement.aProgramFailed()) {
            return;
        }
        page.append("<h2>What is broken</h2>\n");
        for (Verdict verdict : judgement.certificate().verdicts()) {
            if (verdict.status() == Status.FAILED) {
                heading(verdict.rule().id(), verdict.rule().toString(), page);
                page.append("<p><em>")
                        .append(Printable.markup(verdict.rule().intent()))
                        .append("</em></p>\n");
                detail(verdict.detail(), page);
            }
        }
        for (Result result : judgement.programs()) {
            if (result.status() == Status.FAILED) {
                heading(result.form().replace(' ', '-'), Judgement.name(result.form()), page);
                detail(result.detail(), page);
            }
        }
    }

    private static void heading(String anchor, String text, StringBuilder page) {
        page.append("<h3 id=\"")
                .append(anchor)
                .append("\">")
                .append(Printable.markup(text))
                .append("</h3>\n");
    }

    private static void detail(String text, StringBuilder page) {
        page.append("<pre>");
        for (String line : List.of(Printable.markup(text).split("\n", -1))) {
            boolean differs = line.startsWith("  -&gt; ") || line.startsWith("&gt; ");
            page.append(differs ? "<mark>" : "").append(line).append(differs ? "</mark>\n" : "\n");
        }
        page.append("</pre>\n");
    }

    private static void row(Verdict verdict, StringBuilder page) {
        String id = verdict.rule().id();
        row(id, id, verdict.status(), verdict.rule().sentence(), verdict.detail(), page);
    }

    private static void row(Result result, StringBuilder page) {
        String anchor = result.form().replace(' ', '-');
        row(anchor, result.form(), result.status(), result.programs() + " run", result.detail(), page);
    }

    private static void row(String anchor, String name, Status status, String text, String detail, StringBuilder page) {
        boolean failed = status == Status.FAILED;
        page.append("<tr><td>")
                .append(failed ? "<a href=\"#" + anchor + "\">" + name + "</a>" : name)
                .append("</td><td class=\"")
                .append(status)
                .append("\">")
                .append(status)
                .append("</td><td>")
                .append(Printable.markup(text));
        if (!failed && !detail.isEmpty()) {
            page.append(" <span class=\"not\">(")
                    .append(Printable.markup(detail))
                    .append(")</span>");
        }
        page.append("</td></tr>\n");
    }
}
