package cofferdam.monitor.disk;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.disk.Extent.Kind;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

final class ExtentRunsTest {

    private final List<Extent> told = new ArrayList<>();
    private final ExtentRuns runs = new ExtentRuns(told::add);

    @Test
    void neighboursAreJoinedThoughATableIsToldBetweenThem() {
        runs.data(0, 0, 10, 0, 100);
        runs.metadata(0, 50, 5, "table");
        runs.data(0, 10, 10, 0, 110);
        runs.metadata(0, 55, 5, "table");
        runs.finish();

        assertThat(told)
                .containsExactlyInAnyOrder(
                        new Extent(Kind.DATA, 0, 0, 20, 0, 100, 20, ""),
                        new Extent(Kind.METADATA, 0, 50, 10, -1, 0, 0, "table"));
    }

    @Test
    void whatOnlySeemsNextIsNotJoined() {
        runs.data(0, 0, 10, 0, 0);
        runs.data(0, 10, 10, 0, 20);
        runs.data(0, 30, 10, 0, 30);
        runs.data(1, 40, 10, 0, 40);
        runs.data(1, 50, 10, 1, 50);
        runs.metadata(0, 0, 10, "header");
        runs.metadata(0, 10, 10, "table");
        runs.finish();

        assertThat(told).hasSize(7);
    }

    @Test
    void compressedRunsStayApartAndEmptyOnesAreNotTold() {
        runs.guest(new Extent(Kind.COMPRESSED, 0, 0, 10, 0, 0, 100, ""));
        runs.guest(new Extent(Kind.COMPRESSED, 0, 10, 10, 0, 100, 100, ""));
        runs.data(0, 20, 0, 0, 200);
        runs.finish();
        runs.finish();

        assertThat(told).hasSize(2);
    }
}
