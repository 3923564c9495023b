package heddle.bench;

import heddle.bench.Bench.Command;
import heddle.bench.Workload.Kind;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
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
        String python = SCRIPTS.resolve("peers.py").toString();
        String node = SCRIPTS.resolve("peers.mjs").toString();
        add(all, "asyncio", workload, "python3", python, "asyncio");
        add(all, "uvloop", workload, "python3", python, "uvloop");
        add(all, "node", workload, "node", node);
        return all;
    }

    private static void add(Map<String, Command> all, String name, Workload workload, String... script) {
        if (knows(script, workload.name)) {
            List<String> words = new ArrayList<>(List.of(script));
            words.add(workload.name);
            words.add(String.valueOf(workload.size));
            words.addAll(workload.client);
            all.put(name, new Command(words, workload.kind == Kind.START));
        }
    }

    /** Whether it is installed, and its script has the workload: it then says so when it is asked for nothing of it. */
    private static boolean knows(String[] script, String workload) {
        try {
            List<String> words = new ArrayList<>(List.of(script));
            words.addAll(List.of(workload, "0"));
            return new ProcessBuilder(words)
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (Exception e) {
            return false;
        }
    }
}
