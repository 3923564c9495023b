package heddle.jshell;

import heddle.api.CancelledError;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.function.Consumer;
import jdk.jshell.execution.Util;

/** The main class of the JVM that snippets run in; {@link RemotePrompt} is the other end. */
public final class Agent extends OnLoop {

    /** Written by {@link RemotePrompt}, through the debugger's interface, when Ctrl-C is pressed. */
    private static volatile long pressed;

    /** What {@link RemotePrompt} throws into a step that doesn't end. */
    @SuppressWarnings({"unused", "StaticAssignmentOfThrowable"}) // the debugger's interface can take, not make one
    private static final CancelledError STOP = new CancelledError("Ctrl-C");

    private Agent() {
        super(false);
    }

    /**
     * Connects to the tool, and executes what it asks for until it leaves.
     *
     * @param args the port at which the tool listens
     * @throws Exception if the connection breaks
     */
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        Map<String, Consumer<OutputStream>> outputs = Map.of(
                "out", stream -> System.setOut(printer(stream, "stdout.encoding")),
                "err", stream -> System.setErr(printer(stream, "stderr.encoding")));
        Map<String, Consumer<InputStream>> inputs = Map.of("in", System::setIn);
        Util.forwardExecutionControlAndIO(new Agent(), in, out, outputs, inputs);
        System.exit(0);
    }

    private static PrintStream printer(OutputStream stream, String encoding) {
        String name = System.getProperty(encoding); // from JDK 19 on
        return new PrintStream(stream, true, name == null ? Charset.defaultCharset() : Charset.forName(name));
    }

    @Override
    long pressed() {
        return pressed;
    }
}
