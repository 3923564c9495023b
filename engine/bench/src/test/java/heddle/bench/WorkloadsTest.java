package heddle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.bench.Figures.Figure;
import heddle.bench.Workload.Contestant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contestant does what it is measured for; how fast isn't asked here. */
class WorkloadsTest {
    /** How many there must at least be: raise them as workloads are added. */
    private static final int WORKLOADS = 28;

    private static final int CONTESTANTS = 82;

    @Test
    void workloads_areManyAndHaveDifferentNames() {
        List<Workload> all = Workloads.all();
        assertTrue(all.size() >= WORKLOADS, () -> "only " + all.size() + " workloads");
        assertEquals(all.size(), all.stream().map(each -> each.name).distinct().count());
        long contestants =
                all.stream().mapToLong(each -> each.contestants().size()).sum();
        assertTrue(contestants >= CONTESTANTS, () -> "only " + contestants + " contestants");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void contestant_tinySize_givesTheExpectedResult(Workload workload) throws Exception {
        for (Contestant contestant : workload.contestants()) {
            if (contestant.works().getAsBoolean()) {
                workload.run(contestant, workload.tiny);
            }
        }
    }

    static List<Workload> workloads() {
        return Workloads.all();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void target_namesContestants(Workload workload) {
        for (var target : workload.targets()) {
            assertTrue(workload.contestant(target.heddle()).isHeddle());
            assertTrue(!workload.contestant(target.peer()).isHeddle());
        }
    }

    @Test
    void changes_moreThanTheMachines_areNamed() {
        Workload yield = Workloads.named("yield-2");
        Figures before = new Figures();
        before.add(new Figure("yield-2", "heddle", 10, 10, 10, 0));
        before.add(new Figure("yield-2", "netty", 40, 40, 40, 0));
        Figures now = new Figures();
        now.add(new Figure("yield-2", "netty", 80, 80, 80, 0));

        now.add(new Figure("yield-2", "heddle", 20, 20, 20, 0));
        assertEquals(List.of(), Table.changes(List.of(yield), before, now));

        now.add(new Figure("yield-2", "heddle", 24, 24, 24, 0));
        assertEquals(1, Table.changes(List.of(yield), before, now).size());
        assertTrue(Table.changes(List.of(yield), before, now).get(0).startsWith("yield-2, heddle: +20 %"));
    }
}
