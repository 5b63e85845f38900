package cofferdam.monitor.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

final class ProblemsTest {

    private final Problems problems = new Problems("f");

    private InvalidFileException thrown() {
        return catchThrowableOfType(InvalidFileException.class, problems::throwIfAny);
    }

    @Test
    void nothingIsThrownForNothing() {
        assertThat(thrown()).isNull();
    }

    @Test
    void problemsComeInTheOrderOfTheFile() {
        problems.add(new Position(10, 1), "fourth");
        problems.add(new Position(2, 11), "third");
        problems.add(new Position(2, 2), "second");
        problems.add(Position.NONE, "first");
        assertThat(thrown()).hasMessage("f: first\nf:2:2: second\nf:2:11: third\nf:10:1: fourth");
    }

    @Test
    void problemsOfOnePlaceKeepTheirOrder() {
        problems.add(new Position(1, 1), "b");
        problems.add(new Position(1, 1), "a");
        assertThat(thrown().problems()).extracting(Problem::message).containsExactly("b", "a");
    }

    @Test
    void theFirstOfManyAreShownAndTheRestCounted() {
        for (int line = 150; line > 0; line--) {
            problems.add(new Position(line, 1), "wrong");
        }
        assertThat(thrown().problems())
                .hasSize(Problems.MAXIMUM_SHOWN + 1)
                .contains(new Problem("f", 100, 1, "wrong"))
                .doesNotContain(new Problem("f", 101, 1, "wrong"))
                .endsWith(new Problem("f", 0, 0, "50 more problems"));
    }

    @Test
    void aPlaceIsCountedInCodePoints() {
        assertThat(Position.behind("")).isEqualTo(new Position(1, 1));
        assertThat(Position.behind("ab\nc\ud83d\ude00")).isEqualTo(new Position(2, 3));
    }
}
