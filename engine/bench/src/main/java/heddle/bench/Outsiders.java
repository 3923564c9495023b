package heddle.bench;

import heddle.bench.Bench.Command;
import heddle.bench.Workload.Kind;
import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Peers that aren't Java: they take part where they are installed, and in what their script knows. */
final class Outsiders {

    private static final Path SCRIPTS = Path.of("src/main/peers");

    private Outsiders() {}

    /** By name: what measures them. */
    static Map<String, Command> commands(Workload workload) {
        Map<String, Command> all = new LinkedHashMap<>();
        if (workload.kind == Kind.START) {
            return all;
        }
        String size = String.valueOf(workload.size);
        String python = SCRIPTS.resolve("peers.py").toString();
        if (works("python3", python, "asyncio", "nothing", "0")) {
            all.put("asyncio", command("python3", python, "asyncio", workload.name, size));
        }
        if (works("python3", python, "uvloop", "nothing", "0")) {
            all.put("uvloop", command("python3", python, "uvloop", workload.name, size));
        }
        String node = SCRIPTS.resolve("peers.mjs").toString();
        if (works("node", node, "nothing", "0")) {
            all.put("node", command("node", node, workload.name, size));
        }
        return all;
    }

    private static Command command(String... words) {
        return new Command(List.of(words), false);
    }

    private static boolean works(String... words) {
        try {
            return new ProcessBuilder(words)
                            .redirectOutput(Redirect.to(new File("/dev/null")))
                            .redirectError(Redirect.to(new File("/dev/null")))
                            .start()
                            .waitFor()
                    == 0;
        } catch (Exception e) {
            return false;
        }
    }
}
