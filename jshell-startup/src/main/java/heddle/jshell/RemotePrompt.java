package heddle.jshell;

import com.sun.jdi.ClassNotLoadedException;
import com.sun.jdi.ClassType;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.InvalidTypeException;
import com.sun.jdi.LongValue;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.StackFrame;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jshell.execution.JdiExecutionControl;
import jdk.jshell.execution.JdiInitiator;
import jdk.jshell.execution.Util;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * The tool's end of the JVM that snippets run in. Ctrl-C goes there as the number of the request that it was pressed for,
 * written into a field of {@link Agent}: so it can't come too early or too late, and stops no thread. The second one for a
 * request is thrown into the step that doesn't end.
 */
final class RemotePrompt extends JdiExecutionControl {

    private static final int START_MILLIS = 60_000;
    private static final int END_MILLIS = 1_000;

    /** How often to look for a moment at which the step is in a user's code, and how long to wait between. */
    private static final int LOOKS = 200;
    /** After so many looks at the same step, it doesn't end. */
    private static final int STUCK_LOOKS = 20;

    private static final int LOOK_MILLIS = 5;

    private static final String CONTINUATIONS = "java.base/jdk.internal.vm=ALL-UNNAMED";
    private static final List<String> ENCODINGS = List.of("stdin.encoding", "stdout.encoding", "stderr.encoding");

    private final VirtualMachine vm;
    private final Process process;
    private boolean closed;

    /** How many requests there were; as {@link Agent} counts. */
    private long requests;

    private boolean running;
    private int pressed;
    private long lastEnd = System.nanoTime();
    /** Whether Ctrl-C was pressed while the snippet of the next request was being compiled. */
    private boolean pressedEarly;

    private RemotePrompt(ObjectOutput out, ObjectInput in, VirtualMachine vm, Process process) {
        super(out, in);
        this.vm = vm;
        this.process = process;
    }

    static ExecutionControl start(ExecutionEnv env) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(LOOK_MILLIS);
            JdiInitiator started = new JdiInitiator(
                    listener.getLocalPort(),
                    options(env),
                    Agent.class.getName(),
                    false,
                    InetAddress.getLoopbackAddress().getHostAddress(),
                    START_MILLIS,
                    Map.of());
            AtomicBoolean connected = new AtomicBoolean();
            Util.detectJdiExitEvent(started.vm(), message -> {
                if (connected.get()) {
                    env.closeDown();
                }
            });
            Socket socket = accept(listener, started.process());
            connected.set(true);
            return Util.remoteInputOutput(
                    socket.getInputStream(),
                    socket.getOutputStream(),
                    Map.of("out", env.userOut(), "err", env.userErr()),
                    Map.of("in", env.userIn()),
                    (in, out) -> new RemotePrompt(out, in, started.vm(), started.process()));
        }
    }

    /** The connection that the JVM makes, unless it ends before: as when {@link Agent} isn't on its class path. */
    private static Socket accept(ServerSocket listener, Process process) throws IOException {
        long begin = System.nanoTime();
        while (true) {
            try {
                return listener.accept();
            } catch (SocketTimeoutException e) {
                if (!process.isAlive()) {
                    throw new IOException("the JVM for snippets ended with status " + process.exitValue()
                            + ": /env -class-path takes Heddle off its class path; open the prompt with"
                            + " heddle --class-path PATH, which adds to it (docs/codes.md#no-agent)");
                }
                if (System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(START_MILLIS)) {
                    process.destroy();
                    throw e;
                }
            }
        }
    }

    /** The options of that JVM: Heddle's class path and properties, continuations, and what the user wants. */
    private static List<String> options(ExecutionEnv env) {
        List<String> options =
                new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), "--add-exports", CONTINUATIONS));
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith("heddle.") || ENCODINGS.contains(name)) {
                options.add("-D" + name + "=" + System.getProperty(name));
            }
        }
        options.addAll(env.extraRemoteVMOptions());
        return options;
    }

    // ---- requests

    @Override
    public String invoke(String className, String methodName)
            throws RunException, EngineTerminationException, InternalException {
        begin();
        try {
            return super.invoke(className, methodName);
        } finally {
            end();
        }
    }

    @Override
    public String varValue(String className, String varName)
            throws RunException, EngineTerminationException, InternalException {
        begin();
        try {
            return super.varValue(className, varName);
        } finally {
            end();
        }
    }

    private synchronized void begin() throws EngineTerminationException, InternalException {
        requests++;
        running = true;
        pressed = 0;
        if (pressedEarly) {
            pressedEarly = false;
            press();
        }
    }

    private synchronized void end() {
        running = false;
        lastEnd = System.nanoTime();
    }

    @Override
    public synchronized void stop() throws EngineTerminationException, InternalException {
        if (running) {
            press();
        } else {
            pressedEarly = Steps.isCompiling(lastEnd);
        }
    }

    private void press() throws EngineTerminationException, InternalException {
        try {
            ClassType agent = type(Agent.class);
            agent.setValue(agent.fieldByName("pressed"), vm().mirrorOf(OnLoop.presses(requests, ++pressed)));
            if (pressed > 1) {
                throwIntoStep();
            }
        } catch (InvalidTypeException | ClassNotLoadedException | IncompatibleThreadStateException e) {
            throw new InternalException("Ctrl-C failed: " + e);
        } catch (VMDisconnectedException e) {
            throw new EngineTerminationException("VM closed");
        }
    }

    private ClassType type(Class<?> loaded) throws EngineTerminationException {
        return (ClassType) vm().classesByName(loaded.getName()).get(0);
    }

    private long turns() throws EngineTerminationException {
        ClassType watch = type(Watch.class);
        return ((LongValue) watch.getValue(watch.fieldByName("turns"))).value();
    }

    // ---- a step that won't end

    /** Throws into the step that runs, if it is still the same one after some looks. */
    private void throwIntoStep()
            throws EngineTerminationException, IncompatibleThreadStateException, InvalidTypeException,
                    ClassNotLoadedException {
        long turn = turns();
        for (int look = 0; look < LOOKS; look++) {
            vm().suspend();
            try {
                ThreadReference thread = look < STUCK_LOOKS ? null : inUsersCode();
                if (turns() != turn) {
                    return; // the loop goes on, and the press was one more cancel
                }
                if (thread != null) {
                    ClassType agent = type(Agent.class);
                    thread.stop((ObjectReference) agent.getValue(agent.fieldByName("STOP")));
                    return;
                }
            } finally {
                vm().resume();
            }
            try {
                process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS); // a pause, unless it ends
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** As {@link Steps#running()}, seen from here. */
    private @Nullable ThreadReference inUsersCode()
            throws EngineTerminationException, IncompatibleThreadStateException {
        for (ThreadReference thread : vm().allThreads()) {
            List<StackFrame> stack = thread.frames();
            if (thread.name().equals(Steps.LOOP)
                    || thread.name().equals(Steps.SPEAKER)
                    || stack.stream().anyMatch(RemotePrompt::isBody)) {
                for (StackFrame frame : stack) {
                    String type = frame.location().declaringType().name();
                    if (!Steps.isJdks(type)) {
                        if (!Steps.isHeddles(type)) {
                            return thread;
                        }
                        break;
                    }
                }
            }
        }
        return null;
    }

    private static boolean isBody(StackFrame frame) {
        return frame.location().declaringType().name().equals(Steps.BODY)
                && frame.location().method().name().equals(Steps.BODY_METHOD);
    }

    // ---- the end

    @Override
    public void close() {
        super.close();
        try {
            process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            closed = true;
        }
        try {
            vm.dispose();
        } catch (VMDisconnectedException e) {
            // it has gone, as it should
        }
        process.destroy();
    }

    @Override
    protected synchronized VirtualMachine vm() throws EngineTerminationException {
        if (closed) {
            throw new EngineTerminationException("VM closed");
        }
        return vm;
    }
}
