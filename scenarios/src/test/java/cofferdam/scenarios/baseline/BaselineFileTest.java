package cofferdam.scenarios.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cofferdam.analysis.Question;
import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Problem;
import cofferdam.scenarios.result.Cell;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

class BaselineFileTest {

    private static final String GOOD = """
            baseline: 1
            violations:
              - scenario: arp-poisoning
                policy: esx-1.5.2
                monitor: emulated
                property: traffic-confidentiality
                subject: [vm1, source]
                observer: vm2
                verdict: violated
                accepted: {reason: a lab, until: 2027-01-31}
            """;

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        SortedMap<Cell, Optional<AcceptedRisk>> known = new TreeMap<>();
        known.put(cell("b", "vm2"), Optional.empty());
        known.put(
                cell("a", "vm2"),
                Optional.of(new AcceptedRisk(
                        "true: \"yes\" # | no", Optional.of(LocalDate.of(2027, 1, 31)))));
        known.put(cell("a", ""), Optional.of(new AcceptedRisk("2027-01-31", Optional.empty())));
        Baseline baseline = new Baseline(known);
        byte[] bytes = BaselineFile.write(baseline);
        assertThat(BaselineFile.parse("it", bytes)).isEqualTo(baseline);
        assertThat(BaselineFile.write(BaselineFile.parse("it", bytes))).isEqualTo(bytes);
    }

    @Test
    void violationsAreInOneOrderHoweverTheyCame() throws Exception {
        Baseline baseline = parse(
                GOOD + GOOD.substring(GOOD.indexOf("  - ")).replace("arp-poisoning", "a-scenario"));
        assertThat(baseline.known().keySet().stream().map(Cell::scenario))
                .containsExactly("a-scenario", "arp-poisoning");
    }

    @Test
    void everyKeyIsRead() throws Exception {
        assertThat(parse(GOOD).known())
                .containsExactlyEntriesOf(new TreeMap<>(java.util.Map.of(
                        new Cell(
                                "arp-poisoning",
                                "esx-1.5.2",
                                "emulated",
                                new Question(
                                        "traffic-confidentiality",
                                        List.of("vm1", "source"),
                                        "vm2")),
                        Optional.of(new AcceptedRisk(
                                "a lab", Optional.of(LocalDate.of(2027, 1, 31)))))));
    }

    @Test
    void nothingButAViolationCanBeKnown() {
        for (String verdict : List.of("inconclusive", "error", "upheld")) {
            assertThat(problems(GOOD.replace("verdict: violated", "verdict: " + verdict)))
                    .singleElement()
                    .asString()
                    .contains("verdict", verdict, "violated");
        }
    }

    @Test
    void aDateThatIsNoneIsRefusedAndNotForgotten() {
        for (String date : List.of("2027-02-29", "31.1.2027", "2027-1-31", "soon", "+2027-01-31")) {
            assertThat(problems(GOOD.replace("2027-01-31", date)))
                    .as(date)
                    .singleElement()
                    .asString()
                    .contains("until", "is not a date");
        }
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThat(problems(GOOD.replace("baseline: 1", "baseline: 2")
                        .replace("reason: a lab", "why: a lab")
                        .replace("    property: traffic-confidentiality\n", "")))
                .hasSize(4)
                .anyMatch(problem -> problem.contains("baseline"))
                .anyMatch(problem -> problem.contains("property"))
                .anyMatch(problem -> problem.contains("'why'"))
                .anyMatch(problem -> problem.contains("reason"));
    }

    @Test
    void theSameViolationTwiceIsRefused() {
        assertThat(problems(GOOD + GOOD.substring(GOOD.indexOf("  - "))))
                .singleElement()
                .asString()
                .contains("twice", "arp-poisoning under esx-1.5.2");
    }

    @Test
    void moreThanCanBeReadIsNotWritten() {
        SortedMap<Cell, Optional<AcceptedRisk>> known = new TreeMap<>();
        for (int i = 0; i <= BaselineFile.MAXIMUM_VIOLATIONS; i++) {
            known.put(cell("s" + i, ""), Optional.empty());
        }
        InvalidFileException refused = catchThrowableOfType(
                InvalidFileException.class, () -> BaselineFile.write(new Baseline(known)));
        assertThat(refused).hasMessageContaining("2001 values");
    }

    @Test
    void asManyAsAreAllowedCanBeReadAgain() throws Exception {
        SortedMap<Cell, Optional<AcceptedRisk>> known = new TreeMap<>();
        for (int i = 0; i < BaselineFile.MAXIMUM_VIOLATIONS; i++) {
            known.put(
                    cell("scenario-with-a-name-" + i, "vm2"),
                    Optional.of(new AcceptedRisk(
                            "for a reason that has several words",
                            Optional.of(LocalDate.of(2027, 1, 31)))));
        }
        assertThat(BaselineFile.parse("it", BaselineFile.write(new Baseline(known)))
                        .size())
                .isEqualTo(BaselineFile.MAXIMUM_VIOLATIONS);
    }

    private static Cell cell(String scenario, String observer) {
        return new Cell(
                scenario,
                "hardened",
                "emulated",
                new Question("connectivity", List.of("vm1", "source"), observer));
    }

    private static Baseline parse(String text) throws InvalidFileException {
        return BaselineFile.parse("it", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String text) {
        return catchThrowableOfType(InvalidFileException.class, () -> parse(text))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }
}
