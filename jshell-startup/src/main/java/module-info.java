/** Heddle at the JShell prompt. */
module heddle.jshell {
    requires static org.jspecify;
    requires jdk.jdi;
    requires jdk.jshell;
    requires transitive heddle.api;
    requires transitive heddle.dsl;

    provides jdk.jshell.spi.ExecutionControlProvider with
            heddle.jshell.LoopExecution;
}
