package heddle.tck.law;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the method that judges a rule: static, over a {@link Trial} and {@link Choices}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Law {

    /** The rule. */
    String value();

    /** How many tries make sense at most: few, where a try is slow or generates nothing. */
    int tries() default Integer.MAX_VALUE;

    /** How many tries count as one: many, where a try is cheap and few of them are telling. */
    int factor() default 1;
}
