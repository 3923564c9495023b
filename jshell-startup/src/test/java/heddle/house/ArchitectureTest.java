package heddle.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the modules and the rules for all of them, read from the compiled classes. */
class ArchitectureTest {
    /** How many classes a rule must at least see, so that none passes on an empty folder: raise them as Heddle grows. */
    private static final int MAIN_CLASSES = 150;

    private static final int ALL_CLASSES = 250;

    /** What each module's classes may depend on. */
    private static final Map<String, List<String>> ARROWS = Map.of(
            "api", List.of("heddle.api.."),
            "engine", List.of("heddle.engine..", "heddle.api..", "org.slf4j.."),
            "engine/netty", List.of("heddle.engine..", "heddle.api..", "io.netty.."),
            "engine/bench",
                    List.of(
                            "heddle.bench..",
                            "heddle.dsl..",
                            "heddle.sync..",
                            "heddle.stream..",
                            "heddle.api..",
                            "org.openjdk.jmh..",
                            "javax.management..",
                            "io.netty..",
                            "io.vertx.core..",
                            "reactor.core..",
                            "org.reactivestreams.."),
            "dsl",
                    List.of(
                            "heddle.dsl..",
                            "heddle.sync..",
                            "heddle.stream..",
                            "heddle.view..",
                            "heddle.api..",
                            "javax.management..",
                            "javax.net.ssl.."),
            "tck",
                    List.of(
                            "heddle.tck..",
                            "heddle.dsl..",
                            "heddle.sync..",
                            "heddle.stream..",
                            "heddle.api..",
                            "com.grack.nanojson..",
                            "net.jqwik.api..",
                            "org.junit.jupiter.api..",
                            "org.opentest4j.."),
            "jshell-startup",
                    List.of(
                            "heddle.jshell..",
                            "heddle.dsl..",
                            "heddle.sync..",
                            "heddle.stream..",
                            "heddle.view..",
                            "heddle.api..",
                            "com.sun.jdi..",
                            "jdk.jshell.."));

    private static final List<String> EVERYWHERE = List.of("java..", "org.jspecify..");

    /** The JDK's interface for debuggers, which is public whatever its name looks like. */
    private static final String DEBUGGERS = "com.sun.jdi..";

    /** The only classes of {@code api} that are neither interface, record, enum nor error. */
    private static final Set<String> API_CLASSES =
            Set.of("Context", "ContextVar", "Display", "Engines", "LoopBinding", "Traces", "VirtualTime", "Waits");

    private static final DescribedPredicate<JavaClass> API_CLASS =
            DescribedPredicate.describe("listed in API_CLASSES", c -> API_CLASSES.contains(outermost(c)));

    /** JMH writes classes of its own. */
    private static final ImportOption NOT_GENERATED = location -> !location.contains("/jmh_generated/");

    private static final JavaClasses MAIN =
            classesIn(Modules.names(Modules.ROOT).stream().map(Modules::classes));
    private static final JavaClasses ALL = classesIn(Modules.names(Modules.ROOT).stream()
            .flatMap(module -> Stream.of(Modules.classes(module), Modules.testClasses(module))));

    @Test
    void importer_seesHeddlesClasses() {
        assertAtLeast(MAIN_CLASSES, MAIN);
        assertAtLeast(ALL_CLASSES, ALL);
        assertEquals(new TreeSet<>(Modules.names(Modules.ROOT)), new TreeSet<>(ARROWS.keySet()));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void module_dependsOnWhatItsArrowsSayOnly(String module) {
        var own = classesIn(Stream.of(Modules.classes(module)));
        assertAtLeast(1, own);
        var allowed =
                Stream.concat(ARROWS.get(module).stream(), EVERYWHERE.stream()).toArray(String[]::new);
        classes().should().onlyDependOnClassesThat().resideInAnyPackage(allowed).check(own);
    }

    static Set<String> modules() {
        return ARROWS.keySet();
    }

    @Test
    void noClass_dependsOnKotlinOrOnInternalsOfTheJdk() {
        assertAtLeast(ALL_CLASSES, ALL);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kotlin..", "kotlinx..", "sun..", "jdk.internal..")
                .orShould()
                .dependOnClassesThat(resideInAPackage("com.sun..").and(not(resideInAPackage(DEBUGGERS))))
                .check(ALL);
    }

    @Test
    void noClass_sleepsOnAThread() {
        assertAtLeast(ALL_CLASSES, ALL);
        noClasses()
                .should()
                .accessTargetWhere(
                        target(name("sleep")).and(target(owner(belongToAnyOf(Thread.class, TimeUnit.class)))))
                .because("a test waits for an event, never for a time, and a loop is paused by its clock")
                .check(ALL);
    }

    @Test
    void api_hasInterfacesRecordsEnumsErrorsAndFewFinalClasses() {
        var api = MAIN.that(resideInAnyPackage("heddle.api.."));
        assertAtLeast(1, api);
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotRecords()
                .and()
                .areNotEnums()
                .and()
                .areNotAnonymousClasses()
                .and()
                .areNotAssignableTo(Throwable.class)
                .should(be(API_CLASS))
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                .allowEmptyShould(true)
                .check(api);
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElseGet(type::getSimpleName);
    }

    private static JavaClasses classesIn(Stream<Path> folders) {
        return new ClassFileImporter(List.of(NOT_GENERATED)).importPaths(folders.toList());
    }

    private static void assertAtLeast(int floor, JavaClasses seen) {
        assertTrue(seen.size() >= floor, () -> "only " + seen.size() + " classes seen, expected at least " + floor);
    }
}
