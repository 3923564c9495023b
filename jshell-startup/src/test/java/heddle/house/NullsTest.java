package heddle.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.api.EventLoop;
import heddle.api.spi.EngineOptions;
import heddle.api.spi.Engines;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * Null for a parameter that isn't nullable: every public method and constructor of every module throws {@link
 * NullPointerException} with the parameter's name, and nothing has changed. Null for one that is: taken.
 */
@DisabledIfSystemProperty(
        named = "heddle.test.path",
        matches = "module",
        disabledReason = "the JSpecify annotations are at run time on the class path only")
class NullsTest {
    /** How many parameters must at least be tried: raise it as Heddle grows. */
    private static final int TRIED = 100;

    /** Interfaces that users implement: what their own code does with null is theirs. */
    static final Set<String> USERS = Set.of(
            "heddle.api.Awaitable",
            "heddle.api.Coroutine",
            "heddle.api.ExceptionHandler",
            "heddle.api.LoopObserver",
            "heddle.api.Promise$Cancellation",
            "heddle.api.ThrowingConsumer",
            "heddle.api.ThrowingFunction",
            "heddle.api.ThrowingRunnable",
            "heddle.api.spi.ContextSharing",
            "heddle.engine.nio.SelectorHost",
            "heddle.stream.ConnectionHandler");

    private final List<String> wrong = new ArrayList<>();
    private int tried;

    @Test
    void everyPublicParameter_null_isNamedOrTaken() throws Exception {
        for (var module : Modules.names(Modules.ROOT)) {
            for (var name : Modules.exported(Modules.descriptor(module))) {
                for (var type : Modules.publicTypes(module, name)) {
                    if (!USERS.contains(type.getName())) {
                        tryAll(type);
                    }
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
        assertTrue(tried >= TRIED, () -> "only " + tried + " parameters tried, expected at least " + TRIED);
    }

    private void tryAll(Class<?> type) throws Exception {
        var all = Stream.concat(Stream.of(type.getDeclaredMethods()), Stream.of(type.getDeclaredConstructors()));
        for (Executable each : all.toList()) {
            boolean visible = Modifier.isPublic(each.getModifiers());
            if (!visible
                    || each.isSynthetic()
                    || each.getName().equals("equals")
                    || each.getName().equals("valueOf")) {
                continue;
            }
            if (each instanceof Constructor<?> && Modifier.isAbstract(type.getModifiers())) {
                continue;
            }
            for (int i = 0; i < each.getParameterCount(); i++) {
                if (!isParametric(each, i) && !each.getParameterTypes()[i].isPrimitive()) {
                    tried++;
                    tryOne(each, i);
                }
            }
        }
    }

    /** A type variable's nullness is up to who chooses the type. */
    private static boolean isParametric(Executable each, int parameter) {
        return each.getGenericParameterTypes().length > parameter
                && each.getGenericParameterTypes()[parameter] instanceof TypeVariable<?>;
    }

    private void tryOne(Executable each, int parameter) throws Exception {
        EventLoop loop = Engines.newEventLoop(EngineOptions.DEFAULT.withVirtualTime());
        var samples = new Samples(loop);
        // on the loop, since some are for running code only; nothing may escape into the loop
        loop.callSoon(() -> {
            loop.stop();
            String problem = outcome(each, parameter, samples, loop);
            if (problem != null) {
                wrong.add(each + ", parameter " + each.getParameters()[parameter].getName() + ": " + problem);
            }
        });
        loop.setExceptionHandler((l, report) -> {
            if (report.exception() instanceof Samples.Missing missing) {
                wrong.add(each + ": " + missing.getMessage());
            }
        });
        loop.runForever();
        loop.close();
    }

    private static @Nullable String outcome(Executable each, int parameter, Samples samples, EventLoop loop) {
        Object receiver = each instanceof Method && !Modifier.isStatic(each.getModifiers())
                ? samples.of(each.getDeclaringClass())
                : null;
        Object[] arguments = new Object[each.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = i == parameter ? null : samples.of(each.getParameterTypes()[i]);
        }
        boolean nullable = isNullable(each.getAnnotatedParameterTypes()[parameter]);
        String before = state(receiver, loop);
        Throwable thrown = call(each, receiver, arguments);
        if (nullable) {
            return thrown instanceof NullPointerException ? "refuses null though it is nullable: " + thrown : null;
        }
        String name = each.getParameters()[parameter].getName();
        if (!(thrown instanceof NullPointerException)) {
            return thrown == null ? "takes null" : "throws " + thrown;
        }
        String message = String.valueOf(thrown.getMessage());
        if (!message.equals(name) && !message.contains("\"" + name + "\"")) {
            return "doesn't name it: " + thrown;
        }
        String after = state(receiver, loop);
        return before.equals(after) ? null : "changes " + before + " to " + after;
    }

    private static String state(@Nullable Object receiver, EventLoop loop) {
        return receiver + "; " + loop + "; tasks " + loop.allTasks() + "; handler " + loop.exceptionHandler();
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Throwable call(Executable each, @Nullable Object receiver, Object[] arguments) {
        try {
            each.setAccessible(true);
            if (each instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            } else {
                ((Method) each).invoke(receiver, arguments);
            }
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (ReflectiveOperationException e) {
            return e;
        }
    }
}
