package heddle.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.JShell;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SnippetsTest {
    private static final JShell SHELL =
            JShell.builder().executionEngine("local").build();

    @AfterAll
    static void close() {
        SHELL.close();
    }

    @Test
    void snippet_goesOnUntilItIsComplete() {
        assertPieces("int f() {\n  return 1;\n}\nf(\n)\n", "1 int f() {\n  return 1;\n}", "4 f(\n)");
    }

    @Test
    void line_mayHoldSeveral() {
        assertPieces("int a = 1; int b = 2;\n  a + b", "1 int a = 1;", "1  int b = 2;", "2   a + b");
    }

    @Test
    void blanksAndComments_areNoSnippets() {
        assertPieces("\n// one\n\n/* two\n three */\nint a;  // four\n\n// five", "6 int a;  // four");
    }

    @Test
    void command_isALineThatBeginsWithASlash() {
        assertPieces(
                "/exit 3\n/* no */ int a;\n//no\nint b =\n/two/ 2;",
                "C1 /exit 3",
                "2 /* no */ int a;",
                "4 int b =\n/two/ 2;");
    }

    @Test
    void nonsense_isOneToo() {
        assertPieces("int a = );\nint b;", "1 int a = );", "2 int b;");
        assertPieces("int f() {", "1 int f() {");
    }

    @Test
    void emptyText_hasNone() {
        assertPieces("");
        assertPieces("\n  \n");
    }

    /** Each expected piece as its line and its text, those for the tool with a C in front. */
    private static void assertPieces(String text, String... expected) {
        var snippets = new Snippets(SHELL.sourceCodeAnalysis(), text);
        var pieces = new ArrayList<String>();
        for (var piece = snippets.next(); piece != null; piece = snippets.next()) {
            pieces.add((piece.command() ? "C" : "") + piece.line() + " "
                    + piece.source().stripTrailing());
        }
        assertEquals(List.of(expected), pieces);
    }
}
