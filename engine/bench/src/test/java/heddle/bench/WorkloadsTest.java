package heddle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heddle.bench.Figures.Figure;
import heddle.bench.Workload.Contestant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contestant does what it is measured for; how fast isn't asked here. */
class WorkloadsTest {
    /** How many there must at least be: raise them as workloads are added. */
    private static final int WORKLOADS = 31;

    private static final int CONTESTANTS = 105;

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
        before.add(new Figure("yield-2", "heddle", 10, 10, 10, 0, 1, 1));
        before.add(new Figure("yield-2", "netty", 40, 40, 40, 0, 1, 1));
        Figures now = new Figures();
        now.add(new Figure("yield-2", "netty", 80, 80, 80, 0, 1, 1));

        now.add(new Figure("yield-2", "heddle", 20, 20, 20, 0, 1, 1));
        assertEquals(List.of(), Table.changes(List.of(yield), before, now));

        now.add(new Figure("yield-2", "heddle", 24, 24, 24, 0, 1, 1));
        assertEquals(1, Table.changes(List.of(yield), before, now).size());
        assertTrue(Table.changes(List.of(yield), before, now).get(0).startsWith("yield-2, heddle: +20 %"));
    }

    @Test
    void figure_asJsonAndBack_isTheSame() throws Exception {
        Figures figures = new Figures();
        Figure figure = new Figure("yield-2", "heddle", 10, 9, 12.5, 24, 3, 7.5);
        figures.add(figure);
        Path file = Files.createTempFile("figures", ".jsonl");
        try {
            Files.writeString(file, figures.json(Workloads.named("yield-2"), figure));
            assertEquals(figure, Figures.read(file).of("yield-2", "heddle"));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void table_roundsThatDiffer_saysHowManyThereWere() {
        Figures figures = new Figures();
        figures.add(new Figure("yield-2", "heddle", 10, 9.5, 10.5, 0, 5, 1));
        figures.add(new Figure("yield-2", "netty", 40, 30, 60, 0, 5, 1));
        figures.add(new Figure("yield-2", "floor-ring", 5, 5, 5, 0, 1, 1));
        String table = Table.of(Workloads.all(), figures);
        assertTrue(table.contains("| heddle | 10.0 ns | 9.50 to 10.5 |"), table);
        assertTrue(table.contains("| netty | 40.0 ns | 30.0 to 60.0, 5 rounds |"), table);
        assertTrue(table.contains("| floor-ring | 5.00 ns | one round |"), table);
    }

    @Test
    void growth_besideTheFloors_isMetUpToTwice() {
        assertTrue(growth(19.9).contains("| 19.9 | 10.0 ns | 100 ns | 10.0 | 1.99 | must 2.0 met |"), growth(19.9));
        assertTrue(growth(20.1).contains("| 2.01 | must 2.0 **missed** |"), growth(20.1));
    }

    /** The table of a yield that costs so many times as much among a million, where the floor costs ten times as much. */
    private static String growth(double factor) {
        Figures figures = new Figures();
        figures.add(new Figure("grow-yield-1000", "heddle", 20, 20, 20, 0, 1, 1));
        figures.add(new Figure("grow-yield-1000000", "heddle", 20 * factor, 20, 20, 0, 1, 1));
        figures.add(new Figure("grow-yield-1000", "floor-walk", 10, 10, 10, 0, 1, 1));
        figures.add(new Figure("grow-yield-1000000", "floor-walk", 100, 100, 100, 0, 1, 1));
        return GrowthTable.of(figures);
    }

    @Test
    void growth_namesWorkloadsThatExist() {
        for (String operation : Growth.operations()) {
            for (int tasks : new int[] {Growth.FEW, Growth.MANY}) {
                Workload workload = Workloads.named(operation + tasks);
                assertTrue(workload.contestant(Growth.HEDDLE).isHeddle());
                assertTrue(!workload.contestant(Growth.FLOOR).isHeddle());
            }
        }
    }
}
