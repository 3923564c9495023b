/** Certifies any engine, from that engine's own build. */
module heddle.tck {
    requires static org.jspecify;
    requires transitive heddle.api;
    requires com.grack.nanojson;
    requires heddle.dsl;
    requires net.jqwik.api;
    requires org.junit.jupiter.api;

    exports heddle.tck;

    opens heddle.tck;
}
