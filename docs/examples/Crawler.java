import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.fromCompletionStage;
import static heddle.dsl.Heddle.run;
import static heddle.dsl.Heddle.taskGroup;
import static heddle.stream.Io.startServer;

import heddle.dsl.Chain;
import heddle.dsl.TaskGroup;
import heddle.stream.Server;
import heddle.stream.StreamReader;
import heddle.stream.StreamWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Visits all pages of a site that link to each other, each once, all at the same time. */
public class Crawler {

    private static final Pattern LINK = Pattern.compile("href='([^']+)'");
    private static final Map<String, List<String>> SITE = Map.of(
            "/", List.of("/a", "/b"), "/a", List.of("/b", "/c"), "/b", List.of("/"), "/c", List.of("/missing"));

    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> seen = new TreeSet<>();
    private final Set<String> missing = new TreeSet<>();

    Chain<Void> visit(TaskGroup group, URI page) {
        return async(() -> {
            var request = HttpRequest.newBuilder(page).build();
            var answer = await(fromCompletionStage(client.sendAsync(request, BodyHandlers.ofString())));
            if (answer.statusCode() != 200) {
                missing.add(page.getPath());
            }
            LINK.matcher(answer.body()).results().forEach(link -> {
                if (seen.add(link.group(1))) {
                    group.createTask(visit(group, page.resolve(link.group(1))));
                }
            });
        });
    }

    /** Just enough of a web site to be crawled; a real one stands on a server library. */
    static Chain<Void> serve(StreamReader reader, StreamWriter writer) {
        return async(() -> {
            try (writer) {
                String path = await(reader.readLine()).split(" ")[1];
                while (!await(reader.readLine()).isEmpty()) {
                    // the headers say nothing that matters here
                }
                List<String> links = SITE.get(path);
                StringBuilder body = new StringBuilder();
                for (String link : links == null ? List.<String>of() : links) {
                    body.append("<a href='").append(link).append("'>x</a>");
                }
                writer.write("HTTP/1.1 " + (links == null ? "404 Not Found" : "200 OK") + "\r\nContent-Length: "
                        + body.length() + "\r\nConnection: close\r\n\r\n" + body);
            }
        });
    }

    public static void main(String[] arguments) throws Exception {
        Crawler crawler = new Crawler();
        run(() -> {
            try (Server server = await(startServer(Crawler::serve, "localhost", 0))) {
                crawler.seen.add("/");
                TaskGroup group = taskGroup();
                group.run(() -> {
                    group.createTask(crawler.visit(group, URI.create("http://localhost:" + server.port() + "/")));
                });
            }
            System.out.println("seen " + crawler.seen);
            System.out.println("missing " + crawler.missing);
        });
    }
}
// prints
// seen [/, /a, /b, /c, /missing]
// missing [/missing]
