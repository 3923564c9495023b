package heddle.house;

import heddle.api.Awaitable;
import heddle.api.Context;
import heddle.api.ContextVar;
import heddle.api.ErrorReport;
import heddle.api.EventLoop;
import heddle.api.LoopBinding;
import heddle.api.Pause;
import heddle.api.spi.Capability;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.EngineProvider;
import heddle.api.spi.Engines;
import heddle.api.spi.TimeSource;
import heddle.dsl.Chain;
import heddle.dsl.ChainFuture;
import heddle.dsl.Chainable;
import heddle.dsl.Heddle;
import heddle.dsl.Runner;
import heddle.dsl.Session;
import heddle.tck.Rule;
import heddle.tck.Specification;
import heddle.tck.Verdict;
import java.lang.reflect.Array;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;

/** An ordinary value of each type that the public API takes, or has methods. */
final class Samples {

    private final EventLoop loop;
    private final Map<Class<?>, Supplier<?>> known = new HashMap<>();

    Samples(EventLoop loop) {
        this.loop = loop;
        put(String.class, () -> "sample");
        put(CharSequence.class, () -> "sample");
        put(Object.class, () -> "sample");
        put(Class.class, () -> IllegalStateException.class);
        put(Duration.class, () -> Duration.ofSeconds(1));
        put(Throwable.class, () -> new IllegalStateException("sample"));
        put(List.class, () -> List.of(new IllegalStateException("sample")));
        put(Iterable.class, () -> List.of(loop.createFuture()));
        put(java.util.Collection.class, () -> List.of(loop.createFuture()));
        put(StackTraceElement.class, () -> new StackTraceElement("a", "b", "c", 1));
        put(java.util.concurrent.Executor.class, () -> ForkJoinPool.commonPool());
        put(java.util.concurrent.ExecutorService.class, () -> ForkJoinPool.commonPool());
        put(java.util.concurrent.CompletionStage.class, CompletableFuture::new);
        put(EventLoop.class, () -> loop);
        put(heddle.api.Future.class, loop::createFuture);
        put(heddle.api.Promise.class, loop::createFuture);
        put(heddle.api.Task.class, () -> loop.createTask(loop.createFuture()));
        put(heddle.api.Handle.class, () -> loop.callSoon(() -> {}));
        put(heddle.api.TimerHandle.class, () -> loop.callLater(1, () -> {}));
        put(heddle.api.Hold.class, () -> loop.hold("sample"));
        put(heddle.api.Suspension.class, () -> Pause.YIELD);
        put(Awaitable.class, loop::createFuture);
        put(Context.class, Context::empty);
        put(ContextVar.class, () -> ContextVar.of("sample"));
        put(ContextVar.Token.class, () -> ContextVar.of("other").set("sample"));
        put(LoopBinding.class, LoopBinding::here);
        put(ErrorReport.class, () -> new ErrorReport(ErrorReport.Kind.CALLBACK, "sample", null, null, null));
        put(ErrorReport.Kind.class, () -> ErrorReport.Kind.CALLBACK);
        put(heddle.api.CancelledError.Origin.class, () -> new heddle.api.CancelledError.Origin("sample", null));
        put(EngineOptions.class, () -> EngineOptions.DEFAULT);
        put(EngineProvider.class, Engines::provider);
        put(TimeSource.class, TimeSource::virtual);
        put(Chain.class, () -> Heddle.sleep(0));
        put(Chainable.class, () -> Heddle.sleep(0));
        put(ChainFuture.class, () -> Heddle.gather(loop.createFuture()));
        put(heddle.dsl.Generator.class, () -> Heddle.generator(g -> {}));
        put(heddle.dsl.AsyncGenerator.class, () -> Heddle.asyncGenerator(g -> {}));
        put(heddle.dsl.TaskGroup.class, Heddle::taskGroup);
        put(heddle.dsl.Timeout.class, () -> Heddle.timeoutAfter(1));
        put(Runner.class, () -> Runner.open(EngineOptions.DEFAULT.withVirtualTime()));
        put(Session.class, () -> Session.current() == null ? Session.start() : Session.current());
        put("io.netty.channel.EventLoop", () -> make("io.netty.channel.DefaultEventLoop"));
        put("heddle.engine.HostedEventLoop", () -> hosted(make("io.netty.channel.DefaultEventLoop")));
        put(Capability.class, () -> Capability.DRIVEN);
        put(Specification.class, Specification::read);
        put(Rule.class, () -> Specification.read().rules().get(0));
        put(Verdict.Status.class, () -> Verdict.Status.PASSED);
        put(Verdict.class, () -> new Verdict(Specification.read().rules().get(0), Verdict.Status.PASSED, ""));
        putNetwork();
        putStreams();
        putViews();
        putMore();
    }

    /** A type of a module that this one doesn't read. */
    private void put(String type, Supplier<?> sample) {
        known.put(type(type), sample);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object hosted(Object netty) {
        return make("heddle.engine.netty.HostedOnNetty", netty);
    }

    private static Object make(String type, Object... arguments) {
        try {
            for (var constructor : Class.forName(type).getConstructors()) {
                if (constructor.getParameterCount() == arguments.length) {
                    return constructor.newInstance(arguments);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException(type + " has no constructor for " + List.of(arguments));
    }

    private void putNetwork() {
        put(java.net.SocketAddress.class, () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        put(ByteBuffer.class, () -> ByteBuffer.allocate(1));
        put(java.net.SocketOption.class, () -> StandardSocketOptions.SO_RCVBUF);
        put(heddle.api.network.Network.class, loop::network);
        put("heddle.engine.nio.NioNetwork", loop::network);
        put(heddle.api.network.Connection.class, () -> connection(loop));
        put(
                heddle.api.network.Listener.class,
                () -> checked(() ->
                        loop.network().listen((java.net.SocketAddress) of(java.net.SocketAddress.class), 1, true)));
        put(
                heddle.api.network.DatagramEndpoint.class,
                () -> checked(
                        () -> loop.network().bindDatagram((java.net.SocketAddress) of(java.net.SocketAddress.class))));
    }

    private void putStreams() {
        put(Path.class, () -> Path.of("sample"));
        put(java.nio.file.OpenOption.class, () -> java.nio.file.StandardOpenOption.CREATE);
        put(ProcessBuilder.class, ProcessBuilder::new);
        put(
                java.security.KeyStore.class,
                () -> checked(() -> {
                    var store = java.security.KeyStore.getInstance("PKCS12");
                    store.load(null, null);
                    return store;
                }));
        put(javax.net.ssl.SSLContext.class, () -> checked(javax.net.ssl.SSLContext::getDefault));
        put(heddle.stream.ConnectOptions.class, () -> heddle.stream.ConnectOptions.DEFAULT);
        put(heddle.stream.ServerOptions.class, () -> heddle.stream.ServerOptions.DEFAULT);
        put(heddle.stream.Tls.class, heddle.stream.Tls::client);
        put(heddle.stream.Streams.class, () -> heddle.stream.Streams.over(connection(loop)));
        put(
                heddle.stream.StreamReader.class,
                () -> heddle.stream.Streams.over(connection(loop)).reader());
        put(
                heddle.stream.StreamWriter.class,
                () -> heddle.stream.Streams.over(connection(loop)).writer());
        put(
                heddle.stream.Server.class,
                () -> checked(() -> {
                    Path folder = Files.createTempDirectory("heddle");
                    var server = heddle.stream.Io.startUnixServer((r, w) -> Heddle.sleep(0), folder.resolve("s"))
                            .coroutine();
                    server.step();
                    Files.delete(folder.resolve("s"));
                    Files.delete(folder);
                    return server.result();
                }));
        put(
                heddle.stream.Datagram.class,
                () -> new heddle.stream.Datagram(
                        new byte[1], (java.net.SocketAddress) of(java.net.SocketAddress.class)));
        put(heddle.stream.DatagramStream.class, () -> elsewhere(heddle.stream.Io.openDatagram("localhost", 0)));
        put(
                heddle.stream.Subprocess.class,
                () -> elsewhere(heddle.stream.Os.createSubprocess(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")));
        put(
                heddle.stream.Subprocess.Output.class,
                () -> new heddle.stream.Subprocess.Output(0, new byte[0], new byte[0]));
    }

    private void putViews() {
        put(heddle.view.Event.Kind.class, () -> heddle.view.Event.Kind.RUNS);
        put(heddle.view.Recorder.class, () -> heddle.view.Recorder.watch(loop, 10));
        put(heddle.view.Stepper.class, () -> heddle.view.Stepper.of(loop));
        put(heddle.view.Terminal.class, heddle.view.Terminal::current);
        put(heddle.view.Timeline.class, () -> new heddle.view.Timeline(List.of(), Map.of()));
        put(Map.class, Map::of);
        put(heddle.view.Event.class, () -> new heddle.view.Event(1, 0.5, heddle.view.Event.Kind.RUNS, 0, 0, "sample"));
        put(heddle.view.Moment.class, () -> new heddle.view.Moment(0.5, List.of("sample"), List.of()));
    }

    private void putMore() {
        put(heddle.dsl.AsCompleted.class, () -> Heddle.asCompleted(loop.createFuture()));
        put(heddle.dsl.DoneAndPending.class, () -> new heddle.dsl.DoneAndPending<>(List.of(), List.of()));
        put(heddle.dsl.Each.class, () -> elsewhere(Heddle.async(() -> Heddle.each(Heddle.asyncGenerator(g -> {})))));
        put(heddle.api.spi.Outside.class, () -> new heddle.api.spi.Outside("receive", "a datagram"));
        put(heddle.dsl.Pair.class, () -> new heddle.dsl.Pair<>("a sample", 1));
        put(heddle.sync.Barrier.class, () -> new heddle.sync.Barrier(2));
        put("heddle.engine.netty.HostedOnNetty", () -> of(type("heddle.engine.HostedEventLoop")));
        put(
                "heddle.engine.netty.NettyEventLoop",
                () -> Engines.provider("netty").newEventLoop(EngineOptions.DEFAULT));
    }

    /** What a program makes on a loop of its own. */
    private static <T> T elsewhere(Chain<T> made) {
        return CompletableFuture.supplyAsync(() -> checked(() -> Heddle.run(made)))
                .join();
    }

    /** Connections of the Unix domain are there at once. */
    private static heddle.api.network.Connection connection(EventLoop loop) {
        return checked(() -> {
            Path folder = Files.createTempDirectory("heddle");
            var address = UnixDomainSocketAddress.of(folder.resolve("s"));
            var listener = loop.network().listen(address, 1, true);
            var connection = loop.network().connect(address).result();
            listener.close();
            Files.delete(address.getPath());
            Files.delete(folder);
            return connection;
        });
    }

    private interface Made<T> {
        T call() throws Throwable;
    }

    private static <T> T checked(Made<T> made) {
        try {
            return made.call();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> void put(Class<T> type, Supplier<?> sample) {
        known.put(type, sample);
    }

    Object of(Class<?> type) {
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        if (type.isArray()) {
            Object array = Array.newInstance(type.getComponentType(), 1);
            Array.set(array, 0, of(type.getComponentType()));
            return array;
        }
        Supplier<?> sample = known.get(type);
        if (sample != null) {
            return sample.get();
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isInstance(loop)) {
            return loop;
        }
        if (type.isInterface()) {
            return Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "toString" -> "sample " + type.getSimpleName();
                        case "hashCode" -> 1;
                        case "equals" -> proxy == arguments[0];
                        default -> method.getReturnType() == void.class ? null : of(method.getReturnType());
                    });
        }
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new Missing(type);
        }
    }

    /** There is no sample of a type: add one above. */
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1;

        Missing(Class<?> type) {
            super("no sample of " + type.getName() + ": add one to Samples");
        }
    }
}
