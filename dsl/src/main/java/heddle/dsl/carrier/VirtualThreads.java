package heddle.dsl.carrier;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/**
 * Makes virtual threads, through method handles bound once: this code is compiled for JDK 17, which doesn't have them.
 * Loading this class fails where they are missing. They inherit the context class loader and the inheritable thread locals
 * of the thread that makes them.
 */
public final class VirtualThreads {

    private static final MethodHandle IS_VIRTUAL;
    /** (name, code) to an unstarted thread. */
    private static final MethodHandle UNSTARTED;

    static {
        try {
            Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
            MethodHandle name = lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class));
            MethodHandle unstarted =
                    lookup.findVirtual(builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
            MethodHandle named = MethodHandles.foldArguments(name, ofVirtual);
            UNSTARTED = MethodHandles.collectArguments(unstarted, 0, named);
            IS_VIRTUAL = lookup.findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private VirtualThreads() {}

    /**
     * A virtual thread that isn't started.
     *
     * @param name its name
     * @param code what it runs
     * @return a new thread
     */
    public static Thread unstarted(String name, Runnable code) {
        try {
            return (Thread) UNSTARTED.invokeExact(name, code);
        } catch (Throwable e) {
            throw new IllegalStateException("no virtual thread could be made", e);
        }
    }

    /**
     * Whether a thread is virtual.
     *
     * @param thread the thread
     * @return true if it is
     */
    public static boolean isVirtual(Thread thread) {
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable e) {
            throw new IllegalStateException("the kind of " + thread.getName() + " is unknown", e);
        }
    }
}
