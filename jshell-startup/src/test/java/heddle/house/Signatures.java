package heddle.house;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A public type as lines of text, the same on every JDK: itself, then its public and protected members, sorted. */
final class Signatures {
    private Signatures() {}

    static boolean isVisible(Class<?> type) {
        return !type.isSynthetic()
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && isVisible(type.getModifiers())
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    static List<String> of(Class<?> type) {
        // By name, then signature.
        var members = new TreeMap<String, String>();
        // What a type inherits from one that is not visible is its own to its users.
        for (var t = type; t != null && (t == type || !isVisible(t)); t = t.getSuperclass()) {
            for (var field : t.getDeclaredFields()) {
                if (isVisible(field)) {
                    members.put(field.getName(), field(field));
                }
            }
            for (var method : t.getDeclaredMethods()) {
                if (isVisible(method) && !isObjects(method)) {
                    members.putIfAbsent(method.getName() + parameters(method), method(method));
                }
            }
        }
        for (var constructor : type.getDeclaredConstructors()) {
            if (isVisible(constructor)) {
                members.put(parameters(constructor), constructor(constructor));
            }
        }
        var own = Pattern.compile("\\b" + Pattern.quote(type.getPackageName()) + "\\.(?=(@\\w+ )?[A-Z])");
        var lines = new ArrayList<String>();
        lines.add(header(type));
        for (var member : members.values()) {
            lines.add("    " + own.matcher(member).replaceAll(""));
        }
        return lines;
    }

    /** Whether it overrides what every object has. */
    private static boolean isObjects(Method method) {
        return Stream.of(Object.class.getMethods())
                .anyMatch(m -> m.getName().equals(method.getName())
                        && Arrays.equals(m.getParameterTypes(), method.getParameterTypes()));
    }

    private static boolean isVisible(Member member) {
        return !member.isSynthetic() && isVisible(member.getModifiers());
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String header(Class<?> type) {
        var kind = type.isAnnotation()
                ? "@interface"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        var superclass = type.getAnnotatedSuperclass();
        var parents = new ArrayList<String>();
        if (superclass != null && kind.equals("class") && superclass.getType() != Object.class) {
            parents.add(text(superclass));
        }
        Stream.of(type.getAnnotatedInterfaces()).map(Signatures::text).forEach(parents::add);
        return modifiers(type.getModifiers(), Modifier.classModifiers() & ~(type.isInterface() ? Modifier.ABSTRACT : 0))
                + (type.isSealed() ? "sealed " : "")
                + kind + " " + type.getTypeName() + variables(type.getTypeParameters())
                + (parents.isEmpty() ? "" : " : " + String.join(", ", parents));
    }

    private static String field(Field field) {
        return modifiers(field.getModifiers(), Modifier.fieldModifiers()) + text(field.getAnnotatedType()) + " "
                + field.getName();
    }

    private static String constructor(Constructor<?> constructor) {
        return modifiers(constructor.getModifiers(), Modifier.constructorModifiers())
                + spaced(variables(constructor.getTypeParameters())) + "new" + parameters(constructor);
    }

    private static String method(Method method) {
        // Whether a method is synchronized or native is no part of its contract; in an interface all are public.
        var contract = Modifier.methodModifiers() & ~(Modifier.SYNCHRONIZED | Modifier.NATIVE);
        if (method.getDeclaringClass().isInterface()) {
            contract &= ~(Modifier.PUBLIC | Modifier.ABSTRACT);
        }
        return modifiers(method.getModifiers(), contract)
                + (method.isDefault() ? "default " : "")
                + spaced(variables(method.getTypeParameters()))
                + text(method.getAnnotatedReturnType())
                + " "
                + method.getName()
                + parameters(method);
    }

    private static String parameters(Executable executable) {
        var types = Stream.of(executable.getAnnotatedParameterTypes())
                .map(Signatures::text)
                .toList();
        var parameters = String.join(", ", types);
        if (executable.isVarArgs()) {
            parameters = parameters.replaceFirst("\\[]$", "...");
        }
        var thrown = Stream.of(executable.getAnnotatedExceptionTypes())
                .map(Signatures::text)
                .collect(joining(", "));
        return "(" + parameters + ")" + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static String modifiers(int modifiers, int mask) {
        return spaced(Modifier.toString(modifiers & mask));
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Stream.of(variables).map(Signatures::variable).collect(joining(", ", "<", ">"));
    }

    private static String variable(TypeVariable<?> variable) {
        var bounds = Stream.of(variable.getAnnotatedBounds())
                .map(Signatures::text)
                .filter(bound -> !bound.equals("Object"))
                .collect(joining(" & "));
        return annotations(variable) + variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    private static String annotations(AnnotatedElement element) {
        return Stream.of(element.getAnnotations())
                .map(annotation -> "@" + annotation.annotationType().getSimpleName() + " ")
                .collect(joining());
    }

    /** JDKs write an annotation without members as {@code @A} or {@code @A()}. */
    private static String text(AnnotatedType type) {
        return type.toString()
                .replaceAll("@org\\.jspecify\\.annotations\\.(\\w+)(\\(\\))?", "@$1")
                .replaceAll("\\bjava\\.lang\\.(?=(@\\w+ )?[A-Z])", "");
    }

    private static String spaced(String word) {
        return word.isEmpty() ? "" : word + " ";
    }
}
