package heddle.engine;

import heddle.api.ErrorReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Where failures go that no handler takes: to slf4j where a provider is bound, else to {@code System.err}. slf4j isn't
 * touched before there is something to say, since it talks about itself when it finds no provider.
 */
final class Reports {

    private Reports() {}

    /** Never throws, but for what ends the loop: whoever has a failure to report has none to deal with. */
    static void log(ErrorReport report) {
        try {
            print(report);
        } catch (Throwable e) {
            Throwables.rethrowFatal(e);
            Throwable exception = report.exception();
            System.err.println(report.message()
                    + (exception == null ? "" : ": " + exception.getClass().getName())
                    + ", and it can't be printed: " + e.getClass().getName());
            System.err.flush();
        }
    }

    private static void print(ErrorReport report) {
        Throwable exception = report.exception();
        String line = line(report);
        if (Slf4j.BOUND) {
            if (report.kind() == ErrorReport.Kind.SLOW || report.kind() == ErrorReport.Kind.INTERRUPT) {
                LoggerFactory.getLogger("heddle").warn(line, exception);
            } else {
                LoggerFactory.getLogger("heddle").error(line, exception);
            }
            return;
        }
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            out.println(line);
            if (exception != null) {
                exception.printStackTrace(out);
            }
        }
        System.err.print(text);
        System.err.flush();
    }

    private static String line(ErrorReport report) {
        StringBuilder line = new StringBuilder(report.message());
        if (report.future() != null && report.kind() != ErrorReport.Kind.LOST) { // whose message names it
            line.append(" [").append(report.future()).append(']');
        }
        return line.toString();
    }

    /** The class and message of an exception, whatever its own methods do. */
    static String oneLine(Throwable exception) {
        String name = exception.getClass().getSimpleName();
        try {
            @Nullable String message = exception.getMessage();
            return message == null ? name : name + ": " + message;
        } catch (Exception | StackOverflowError | LinkageError | AssertionError e) {
            return name;
        }
    }

    private static final class Slf4j {
        static final boolean BOUND = bound();

        private static boolean bound() {
            try {
                return System.getProperty("slf4j.provider") != null
                        || ServiceLoader.load(SLF4JServiceProvider.class, LoggerFactory.class.getClassLoader())
                                .iterator()
                                .hasNext();
            } catch (NoClassDefFoundError e) {
                return false; // somebody put the engine's jar alone on the class path
            }
        }
    }
}
