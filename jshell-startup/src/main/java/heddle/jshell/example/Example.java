package heddle.jshell.example;

import heddle.api.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** A piece of code that can be shown and run: a method of this package, with its source. */
@NullMarked
public final class Example {

    private final Method method;

    private Example(Method method) {
        this.method = method;
    }

    /**
     * An example of a rule.
     *
     * @param rule the rule's id, as {@code TASK-7}
     * @return the example
     * @throws IllegalArgumentException if there is none
     */
    public static Example ofRule(String rule) {
        int dash = rule.indexOf('-');
        String chapter = rule.substring(0, dash);
        String name = chapter.charAt(0) + chapter.substring(1).toLowerCase(java.util.Locale.ROOT);
        return find(name + "Examples", name.toLowerCase(java.util.Locale.ROOT) + rule.substring(dash + 1));
    }

    /**
     * A step of the tour.
     *
     * @param number its number, from 1 on
     * @return the step
     * @throws IllegalArgumentException if there is none
     */
    public static Example ofTour(int number) {
        return find("TourSteps", "step" + number);
    }

    private static Example find(String holder, String name) {
        try {
            Class<?> type = Class.forName(Example.class.getPackageName() + '.' + holder);
            return Stream.of(type.getDeclaredMethods())
                    .filter(each -> each.getName().equals(name))
                    .findFirst()
                    .map(Example::new)
                    .orElseThrow(() -> new IllegalArgumentException("no example " + name + " in " + holder));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("no examples " + holder, e);
        }
    }

    /**
     * Whether it needs a loop of its own.
     *
     * @return true if it runs on a thread without a loop, false if in a task
     */
    public boolean needsLoop() {
        return method.getParameterCount() > 0;
    }

    /**
     * Its code, as one would type it.
     *
     * @return the lines, each ended
     */
    public String code() {
        return source().group("body")
                .lines()
                .map(line -> line.replaceFirst("^ {8}", "") + '\n')
                .collect(Collectors.joining());
    }

    /**
     * What is said about it.
     *
     * @return its comment on one line; empty if it has none
     */
    public String comment() {
        String comment = source().group("comment");
        return comment == null ? "" : comment.replaceAll("\\s+(\\* )?", " ").strip();
    }

    private Matcher source() {
        String file = method.getDeclaringClass().getSimpleName() + ".java";
        try (InputStream in = Objects.requireNonNull(Example.class.getResourceAsStream(file), file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
            Matcher matcher = Pattern.compile(
                            "( {4}/\\*\\*(?<comment>[^/]*)\\*/\n)? {4}static void " + method.getName()
                                    + "\\(.*?\\{\n(?<body>.*?)\n {4}\\}\n",
                            Pattern.DOTALL)
                    .matcher(text);
            if (!matcher.find()) {
                throw new IllegalStateException("no source of " + method);
            }
            return matcher;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs it, in the current task.
     *
     * @throws Exception what it throws
     */
    public void run() throws Exception {
        invoke();
    }

    /**
     * Runs it on this thread, which has no loop.
     *
     * @param loop its own
     * @throws Exception what it throws
     */
    public void run(EventLoop loop) throws Exception {
        invoke(loop);
    }

    private void invoke(Object... arguments) throws Exception {
        try {
            method.setAccessible(true);
            method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            Callable<?> thrown = () -> {
                throw sneaky(e.getTargetException());
            };
            thrown.call();
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> RuntimeException sneaky(Throwable e) throws X {
        throw (X) e;
    }

    @Override
    public String toString() {
        return method.getName();
    }
}
