import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.fromCompletionStage;
import static heddle.dsl.Heddle.run;
import static heddle.stream.Io.startServer;

import heddle.api.CancelledError;
import heddle.api.EventLoop;
import heddle.api.Promise;
import heddle.api.Task;
import heddle.dsl.Chain;
import heddle.stream.Server;
import heddle.stream.StreamReader;
import heddle.stream.StreamWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Fetches over HTTP with the JDK's own client. Whoever gives up ends the exchange, and the server hears of it. */
public class Fetch {

    private final HttpClient client = HttpClient.newHttpClient();

    Chain<String> fetch(URI page) {
        return async(() -> {
            var request = HttpRequest.newBuilder(page).build();
            var response = await(fromCompletionStage(client.sendAsync(request, BodyHandlers.ofString())));
            return response.statusCode() + " " + response.body();
        });
    }

    // ---- a server that answers one page, and is slow with all others

    private final Promise<String> asked = EventLoop.running().createFuture();
    private final Promise<String> ended = EventLoop.running().createFuture();

    private Chain<Void> serve(StreamReader reader, StreamWriter writer) {
        return async(() -> {
            try (writer) {
                String path = await(reader.readLine()).split(" ")[1];
                while (!await(reader.readLine()).isEmpty()) {
                    // the headers
                }
                if (path.equals("/quick")) {
                    writer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
                } else {
                    asked.setResult("somebody asks for " + path);
                    byte[] more = await(reader.read()); // until the client closes its end
                    ended.setResult("the client left, and said " + more.length + " bytes more");
                }
            }
        });
    }

    public static void main(String[] arguments) throws Exception {
        run(() -> {
            Fetch fetch = new Fetch();
            try (Server server = await(startServer(fetch::serve, "localhost", 0))) {
                URI site = URI.create("http://localhost:" + server.port());
                System.out.println(await(fetch.fetch(site.resolve("/quick"))));
                Task<String> slow = createTask(fetch.fetch(site.resolve("/slow")));
                System.out.println(await(fetch.asked));
                slow.cancel(); // as a timeout would, or a group that fails
                try {
                    await(slow);
                } catch (CancelledError e) {
                    System.out.println("cancelled");
                }
                System.out.println(await(fetch.ended));
            }
        });
    }
}
// prints
// 200 hello
// somebody asks for /slow
// cancelled
// the client left, and said 0 bytes more
