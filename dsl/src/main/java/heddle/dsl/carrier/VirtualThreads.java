package heddle.dsl.carrier;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes virtual threads. This code is compiled for JDK 17, which doesn't have them: what it reaches is made into functions once,
 * as the JVM makes lambdas, since that is what starts fastest. Loading this class fails where they are missing. They inherit
 * the context class loader and the inheritable thread locals of the thread that makes them.
 */
public final class VirtualThreads {

    private static final ThreadFactory FACTORY;
    /** The class of all of them, which is the JDK's. */
    private static final Class<?> KIND;

    static {
        try {
            Lookup lookup = MethodHandles.lookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
            MethodHandle factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
            Object builders = ((Supplier<?>) function(lookup, Supplier.class, "get", ofVirtual)).get();
            FACTORY = make(function(lookup, Function.class, "apply", factory), builders);
            KIND = FACTORY.newThread(Thread.currentThread()).getClass(); // it runs nothing, and is never started
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private VirtualThreads() {}

    /** Loads this class, if virtual threads are there. */
    static void load() {}

    private static Object function(Lookup lookup, Class<?> type, String name, MethodHandle method) throws Throwable {
        MethodType erased = method.type().erase().changeReturnType(Object.class);
        return LambdaMetafactory.metafactory(lookup, name, MethodType.methodType(type), erased, method, method.type())
                .getTarget()
                .invoke();
    }

    @SuppressWarnings("unchecked") // made from a method of such a type
    private static ThreadFactory make(Object function, Object builder) {
        return (ThreadFactory) ((Function<Object, Object>) function).apply(builder);
    }

    /**
     * A virtual thread that isn't started.
     *
     * @param name its name
     * @param code what it runs
     * @return a new thread
     */
    public static Thread unstarted(String name, Runnable code) {
        Thread thread = FACTORY.newThread(code);
        thread.setName(name);
        return thread;
    }

    /**
     * Whether a thread is virtual.
     *
     * @param thread the thread
     * @return true if it is
     */
    public static boolean isVirtual(Thread thread) {
        return thread.getClass() == KIND;
    }
}
