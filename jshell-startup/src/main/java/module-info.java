/** Heddle at the JShell prompt. */
module heddle.jshell {
    requires static org.jspecify;
    requires jdk.jshell;
    requires transitive heddle.api;
    requires transitive heddle.dsl;
}
