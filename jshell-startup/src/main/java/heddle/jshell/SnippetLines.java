package heddle.jshell;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells where in a snippet a frame of a stack is. JShell wraps a snippet into a class, below as many lines of imports as it
 * needs: so a snippet's first line is known by the line of that class, which is that of its constructor.
 */
final class SnippetLines {

    /** The first line of a snippet is so much below that of the class around it: of a declaration or statement, */
    private static final int BELOW = 2;
    /** of a variable's initialiser, */
    private static final int BELOW_OF_VARIABLE = 4;
    /** and of an expression, whose variable is named like $1. */
    private static final int BELOW_OF_EXPRESSION = 5;

    private static final String MADE = "REPL.$JShell$";
    private static final String TOP_LEVEL = "do_it";

    private final Map<String, Integer> firstLines = new ConcurrentHashMap<>();

    /** Learns of a class that JShell made. */
    void add(String name, byte[] bytes) {
        if (outermost(name).equals(name)) {
            firstLines.put(name, firstLine(bytes));
        }
    }

    /** The class that JShell made, around one in a snippet. */
    private static String outermost(String className) {
        int end = className.startsWith(MADE) ? className.indexOf('$', MADE.length()) : -1;
        return end < 0 ? className : className.substring(0, end);
    }

    /** Where a frame is: {@code fetch, line 2}, or just {@code line 1} for what isn't in a method. */
    String place(StackTraceElement frame) {
        if (!frame.getClassName().startsWith(MADE)) {
            return frame.toString();
        }
        String method = frame.getMethodName();
        Integer first = firstLines.get(outermost(frame.getClassName()));
        int line = frame.getLineNumber() - (first == null ? 0 : first - 1);
        if (method.contains(TOP_LEVEL)) {
            return "line " + line;
        }
        return (method.startsWith("lambda$") ? "a lambda" : method) + ", line " + line;
    }

    // ---- the class file

    private static int firstLine(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            in.skipNBytes(8);
            @Nullable String[] names = constants(in);
            in.skipNBytes(6);
            in.skipNBytes(2L * in.readUnsignedShort());
            int below = fields(in, names);
            for (int methods = in.readUnsignedShort(); methods > 0; methods--) {
                in.skipNBytes(2);
                boolean constructor = "<init>".equals(names[in.readUnsignedShort()]);
                in.skipNBytes(2);
                int line = constructor ? lineIn(in, names) : 0;
                if (line > 0) {
                    return line + below;
                }
                if (!constructor) {
                    skipAttributes(in);
                }
            }
        } catch (IOException e) {
            // not as expected: then lines are those of the class that JShell made
        }
        return 1;
    }

    private static @Nullable String[] constants(DataInputStream in) throws IOException {
        @Nullable String[] names = new @Nullable String[in.readUnsignedShort()];
        for (int i = 1; i < names.length; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> names[i] = in.readUTF();
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++; // these take two places
                }
                default -> in.skipNBytes(4);
            }
        }
        return names;
    }

    /** How far the first line is below the class, which its fields tell: a snippet's variable is one. */
    private static int fields(DataInputStream in, @Nullable String[] names) throws IOException {
        int below = BELOW;
        for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
            in.skipNBytes(2);
            String name = names[in.readUnsignedShort()];
            below = name != null && name.startsWith("$") ? BELOW_OF_EXPRESSION : BELOW_OF_VARIABLE;
            in.skipNBytes(2);
            skipAttributes(in);
        }
        return below;
    }

    private static void skipAttributes(DataInputStream in) throws IOException {
        for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
            in.skipNBytes(2);
            in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
        }
    }

    /** The first line in the attributes of a method; 0 if there is none. */
    private static int lineIn(DataInputStream in, @Nullable String[] names) throws IOException {
        for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
            String name = names[in.readUnsignedShort()];
            long length = Integer.toUnsignedLong(in.readInt());
            if ("Code".equals(name)) {
                in.skipNBytes(4);
                in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
                in.skipNBytes(8L * in.readUnsignedShort());
                return lineIn(in, names); // the code's own attributes
            }
            if ("LineNumberTable".equals(name)) {
                in.skipNBytes(4);
                return in.readUnsignedShort();
            }
            in.skipNBytes(length);
        }
        return 0;
    }
}
