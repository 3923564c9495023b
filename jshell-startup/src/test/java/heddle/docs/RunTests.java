package heddle.docs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the test classes that it is given, as a build does, and says how they ended. */
final class RunTests {
    private RunTests() {}

    public static void main(String[] classes) {
        var request = LauncherDiscoveryRequestBuilder.request();
        for (var name : classes) {
            request.selectors(selectClass(name));
        }
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request.build(), listener);
        var summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true), 3);
        System.out.println(summary.getTestsSucceededCount() + " succeeded, " + summary.getTestsFailedCount()
                + " failed, " + summary.getTestsSkippedCount() + " skipped");
        System.exit(0);
    }
}
