// A tour of what an event loop does. Run it with
//   jshell-startup/heddle docs/tour.jsh

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
}

// Awaits something and says how long it took.
<T> T timed(String what, Awaitable<T> work) throws Exception {
    long start = System.nanoTime();
    var value = await(work);
    say("%s: %.2f s", what, (System.nanoTime() - start) / 1e9);
    return value;
}

say("# One after another, or at the same time");

// A web server that takes 150 ms for each page: it has threads enough, but they all take their time.
void answer(HttpExchange exchange) throws Exception {
    TimeUnit.MILLISECONDS.sleep(150);
    var page = ("this is " + exchange.getRequestURI().getPath()).getBytes();
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
}

var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
server.createContext("/", exchange -> {
    try {
        answer(exchange);
    } catch (Exception e) {
        e.printStackTrace();
    }
});
server.setExecutor(Executors.newCachedThreadPool());
server.start();

var http = HttpClient.newHttpClient();
var pages = List.of("/loom", "/warp", "/weft", "/heddle", "/shuttle", "/reed", "/beam", "/cloth");

// A coroutine function: calling it makes a coroutine object, and runs nothing yet.
Chain<String> fetch(String page) {
    return async(() -> {
        var uri = URI.create("http://localhost:" + server.getAddress().getPort() + page);
        var answer = http.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        return await(fromCompletionStage(answer)).body();
    }).named("fetch " + page);
}

Chain<List<String>> fetchInTurn() {
    return async(() -> {
        var texts = new ArrayList<String>();
        for (var page : pages) {
            texts.add(await(fetch(page)));
        }
        return texts;
    });
}

Chain<List<String>> fetchTogether() {
    return async(() -> await(gather(pages.stream().map(page -> fetch(page)).toList())));
}

await(fetch("/")); // loads the client's classes, so that the times below are fair
var inTurn = timed("8 pages, one after another", fetchInTurn());
var together = timed("8 pages, with gather", fetchTogether());
say("both fetched the same: %s", together.equals(inTurn));
together.forEach(text -> say("  %s", text));
server.stop(0);

say("");
say("# Between two awaits nobody interferes");

var items = new ArrayList<String>();

// Adds three batches of five items, item by item. It awaits only between the batches.
Chain<Void> fetcher(String name) {
    return async(() -> {
        for (int batch = 1; batch <= 3; batch++) {
            for (int item = 1; item <= 5; item++) {
                items.add(name + batch + item);
            }
            await(sleep(0));
        }
    });
}

Chain<List<Integer>> monitor() {
    return async(() -> {
        var lengths = new ArrayList<Integer>();
        do {
            lengths.add(items.size());
            await(sleep(0));
        } while (items.size() < 30);
        return lengths;
    });
}

var seen = await(gather(fetcher("a"), monitor(), fetcher("b"))).get(1);
say("the monitor saw %s items: always a multiple of 5", seen);

say("");
say("# An awaitable of our own");

// Lets the others run a number of times, then gives a value: each step says how it ended.
class Turns implements Awaitable<String> {
    final int turns;
    Turns(int turns) { this.turns = turns; }
    public Coroutine<String> coroutine() {
        return new Coroutine<>() {
            int left = turns;
            public Suspension step() { return left-- > 0 ? Pause.YIELD : Pause.FINISHED; }
            public Suspension raise(Throwable error) throws Throwable { throw error; }
            public String result() { return turns + " turns later"; }
            public void close() {}
        };
    }
}

say("await(new Turns(3)) gives: %s", await(new Turns(3)));

say("");
say("# How a task can end");

await(async(() -> {
    var fine = createTask(sleep(0.01, "tick"), "fine");
    say("%s", fine);
    say("awaited: %s", await(fine));
    say("%s", fine);
}));

await(async(() -> {
    var failing = createTask(async(() -> {
        await(sleep(0.01));
        throw new IllegalStateException("the warp broke");
    }), "failing");
    try {
        await(failing);
    } catch (IllegalStateException e) {
        say("caught: %s", e.getMessage());
    }
    say("%s", failing);
}));

await(async(() -> {
    var sleeper = createTask(async(() -> {
        try {
            await(sleep(60));
        } finally {
            say("the sleeper cleans up");
        }
    }), "sleeper");
    await(sleep(0)); // let it begin
    say("%s", sleeper);
    sleeper.cancel("no time left");
    try {
        await(sleeper);
    } catch (CancelledError e) {
        say("caught: %s", e.getMessage());
    }
    say("%s", sleeper);
}));

await(async(() -> {
    var slow = createTask(sleep(60), "slow");
    try {
        await(waitFor(slow, 0.05));
    } catch (TimeoutException e) {
        say("no answer within 50 ms");
    }
    say("%s", slow);
}));

say("");
say("# Blocking and awaiting");

int ticks = 0;

Chain<Void> clock() {
    return async(() -> {
        while (true) {
            await(sleep(0.02));
            ticks++;
        }
    });
}

await(async(() -> {
    var clock = createTask(clock(), "clock");
    await(sleep(0)); // let it begin
    TimeUnit.MILLISECONDS.sleep(200); // wrong: it blocks the thread of the loop
    say("after blocking for 200 ms the clock has ticked %d times", ticks);
    await(sleep(0.2)); // right: the loop runs the others meanwhile
    say("after awaiting for 200 ms the clock has ticked %d times", ticks);
    clock.cancel();
}));

say("");
say("# What they look like");

await(async(() -> {
    var loop = EventLoop.running();
    say("coroutine object  %s", fetch("/loom"));
    say("chain             %s", sleep(1).then(() -> "tick").then(tick -> tick + "!"));
    say("future            %s", loop.createFuture());
    var task = createTask(sleep(1), "nap");
    say("new task          %s", task);
    await(sleep(0));
    say("waiting task      %s", task);
    var both = gather(task, sleep(2));
    say("gather            %s", both);
    both.cancel();
    try {
        await(both);
    } catch (CancelledError e) {
        say("after cancelling  %s, %s", both, task);
    }
    say("event loop        %s", loop);
    say("session           %s", Session.current());
}));
