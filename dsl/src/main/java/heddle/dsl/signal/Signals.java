package heddle.dsl.signal;

import heddle.api.EventLoop;
import heddle.api.Hold;
import heddle.api.ThrowingRunnable;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
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

    /**
     * The methods of sun.misc.Signal and SignalHandler, as functions that are made as the JVM makes lambdas: a {@link
     * java.lang.reflect.Proxy} would take six times as long, at the start of every program.
     *
     * @param newSignal from a name to a signal
     * @param handle from a signal and its new handler to the earlier one
     * @param newHandler from a {@link Consumer} of signals to a handler
     * @param pass gives a handler a signal
     */
    private record Access(
            Function<Object, Object> newSignal,
            BinaryOperator<Object> handle,
            MethodHandle newHandler,
            MethodHandle pass) {

        @SuppressWarnings("unchecked") // what is made takes any object, and casts it
        static @Nullable Access find() {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                Signals.class.getModule().addReads(signal.getModule());
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                MethodType taking = MethodType.methodType(void.class, signal);
                MethodHandle create = lookup.findConstructor(signal, MethodType.methodType(void.class, String.class));
                MethodHandle handle =
                        lookup.findStatic(signal, "handle", MethodType.methodType(handler, signal, handler));
                MethodHandle accept =
                        lookup.findVirtual(Consumer.class, "accept", MethodType.methodType(void.class, Object.class));
                return new Access(
                        (Function<Object, Object>) function(lookup, Function.class, create),
                        (BinaryOperator<Object>) function(lookup, BinaryOperator.class, handle),
                        LambdaMetafactory.metafactory(
                                        lookup,
                                        "handle",
                                        MethodType.methodType(handler, Consumer.class),
                                        taking,
                                        accept,
                                        taking)
                                .getTarget(),
                        lookup.findVirtual(handler, "handle", taking));
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                return null;
            }
        }

        private static Object function(MethodHandles.Lookup lookup, Class<?> type, MethodHandle method)
                throws Throwable {
            return LambdaMetafactory.metafactory(
                            lookup,
                            "apply",
                            MethodType.methodType(type),
                            method.type().erase(),
                            method,
                            method.type())
                    .getTarget()
                    .invoke();
        }

        Object handle(String name, Consumer<Object> told) {
            Object handler;
            try {
                handler = newHandler.invoke(told);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
            return handle.apply(newSignal.apply(name), handler);
        }

        void restore(String name, Object before) {
            Object unused = handle.apply(newSignal.apply(name), before);
        }

        void pass(Object to, Object signal) {
            try {
                pass.invoke(to, signal);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
