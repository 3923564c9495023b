package heddle.dsl.signal;

import heddle.api.EventLoop;
import heddle.api.Hold;
import heddle.api.ThrowingRunnable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one class that reaches {@code sun.misc.Signal}, in the module {@code jdk.unsupported}, by method handles. The handlers
 * are those of the whole process: there is one for each signal.
 */
public final class Signals {

    private static final Map<String, Installed> INSTALLED = new ConcurrentHashMap<>();

    /** What is reached; null where it isn't there. */
    private static final @Nullable Access ACCESS = Access.find();

    private Signals() {}

    /** Whether this JVM gives access to signals. */
    public static boolean available() {
        return ACCESS != null;
    }

    /** Has a callback run on a loop at each signal of that name, until it is removed. */
    public static void handle(String name, EventLoop loop, ThrowingRunnable callback) {
        Hold hold = loop.hold("the signal SIG" + name);
        try {
            Object before = install(name, again -> {
                if (!loop.isClosed()) {
                    loop.callSoonThreadsafe(callback);
                }
            });
            Installed replaced = INSTALLED.get(name);
            INSTALLED.put(name, new Installed(replaced == null ? before : replaced.before, hold));
            if (replaced != null) {
                replaced.hold.close();
            }
        } catch (Throwable e) {
            hold.close();
            throw e;
        }
    }

    /** Gives a signal back to whom it belonged to before; false if it wasn't handled. */
    public static boolean remove(String name) {
        Installed installed = INSTALLED.remove(name);
        if (installed == null) {
            return false;
        }
        restore(name, installed.before);
        installed.hold.close();
        return true;
    }

    private record Installed(Object before, Hold hold) {}

    /**
     * Has {@code handler} called on a thread of the JVM's at each signal of that name; it is given what to run to have the
     * earlier handler deal with the signal.
     *
     * @return the earlier handler, for {@link #restore}
     */
    public static Object install(String name, Consumer<Runnable> handler) {
        Access access = ACCESS;
        if (access == null) {
            throw new UnsupportedOperationException("this JVM gives no access to signals: sun.misc.Signal is missing;"
                    + " on the module path run it with --add-modules jdk.unsupported (docs/codes.md#signals)");
        }
        Object[] before = new Object[1];
        before[0] = access.handle(name, signal -> handler.accept(() -> access.pass(before[0], signal)));
        return before[0];
    }

    /** Gives a signal back to an earlier handler. */
    public static void restore(String name, Object before) {
        Access access = ACCESS;
        if (access != null) {
            access.restore(name, before);
        }
    }

    /** The methods of sun.misc.Signal and SignalHandler. */
    private record Access(Class<?> handlerType, MethodHandle newSignal, MethodHandle handle, MethodHandle pass) {

        static @Nullable Access find() {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                return new Access(
                        handler,
                        lookup.findConstructor(signal, MethodType.methodType(void.class, String.class))
                                .asType(MethodType.methodType(Object.class, String.class)),
                        lookup.findStatic(signal, "handle", MethodType.methodType(handler, signal, handler))
                                .asType(MethodType.methodType(Object.class, Object.class, Object.class)),
                        lookup.findVirtual(handler, "handle", MethodType.methodType(void.class, signal))
                                .asType(MethodType.methodType(void.class, Object.class, Object.class)));
            } catch (ReflectiveOperationException | LinkageError e) {
                return null;
            }
        }

        Object handle(String name, Consumer<Object> told) {
            Object proxy = Proxy.newProxyInstance(
                    handlerType.getClassLoader(), new Class<?>[] {handlerType}, (self, method, arguments) -> {
                        if (method.getDeclaringClass() != Object.class) {
                            told.accept(arguments[0]);
                            return null;
                        }
                        return switch (method.getName()) {
                            case "equals" -> self == arguments[0];
                            case "hashCode" -> System.identityHashCode(self);
                            default -> "Heddle's handler of SIG" + name;
                        };
                    });
            return call(() -> handle.invoke(newSignal.invoke(name), proxy));
        }

        void restore(String name, Object before) {
            call(() -> handle.invoke(newSignal.invoke(name), before));
        }

        void pass(Object to, Object signal) {
            call(() -> {
                pass.invoke(to, signal);
                return signal;
            });
        }

        private interface Call {
            Object now() throws Throwable;
        }

        private static Object call(Call call) {
            try {
                return call.now();
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
