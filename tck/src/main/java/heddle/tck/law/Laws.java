package heddle.tck.law;

import heddle.api.spi.EngineProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All laws, by the rule that each judges. */
public final class Laws {

    private static final List<Class<?>> CHAPTERS = List.of(
            LoopLaws.class,
            TimeLaws.class,
            TimerCrowdLaws.class,
            FutureLaws.class,
            TaskLaws.class,
            TaskStateLaws.class,
            CancelLaws.class,
            CancelEndLaws.class,
            ContextLaws.class,
            ThreadLaws.class,
            JobLaws.class,
            ErrorLaws.class,
            CloseLaws.class,
            ProgramLaws.class,
            NetworkLaws.class,
            BusyLaws.class);

    private static final Map<String, Method> BY_RULE = byRule();

    private Laws() {}

    private static Map<String, Method> byRule() {
        Map<String, Method> laws = new LinkedHashMap<>();
        for (Class<?> chapter : CHAPTERS) {
            for (Method method : chapter.getDeclaredMethods()) {
                Law law = method.getAnnotation(Law.class);
                if (law != null && laws.put(law.value(), method) != null) {
                    throw new IllegalStateException("two laws judge " + law.value());
                }
            }
        }
        return laws;
    }

    /**
     * The rules that have a law.
     *
     * @return their ids, an immutable set
     */
    public static Set<String> rules() {
        return Set.copyOf(BY_RULE.keySet());
    }

    /**
     * How many tries of a law to make: fewer where a try is slow or generates nothing, more where few are telling.
     *
     * @param rule a rule that has a law; never null
     * @param asked how many were asked for, at least 1
     * @return at least 1
     */
    public static int tries(String rule, int asked) {
        Law law = law(rule).getAnnotation(Law.class);
        return Math.min(asked, law.tries()) * law.factor();
    }

    /**
     * Begins one try of a rule's law.
     *
     * @param rule a rule that has a law; never null
     * @param engine the engine under test; never null
     * @param choices what the law draws its program from; never null
     * @return the try, to be run once
     */
    public static LawTry begin(String rule, EngineProvider engine, Choices choices) {
        Method law = law(rule);
        return new LawTry((trial, drawn) -> apply(law, trial, drawn), engine, choices);
    }

    static Method law(String rule) {
        Method law = BY_RULE.get(rule);
        if (law == null) {
            throw new IllegalArgumentException("no law judges " + rule + ": there are " + BY_RULE.keySet());
        }
        return law;
    }

    /** Runs a law. */
    private static void apply(Method law, Trial trial, Choices choices) throws Throwable {
        try {
            law.invoke(null, trial, choices);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
