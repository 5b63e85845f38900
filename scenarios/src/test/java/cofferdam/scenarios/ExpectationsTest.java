package cofferdam.scenarios;

import static cofferdam.scenarios.ExpectedVerdict.NOT_APPLICABLE;
import static cofferdam.scenarios.ExpectedVerdict.UPHELD;
import static cofferdam.scenarios.ExpectedVerdict.VIOLATED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

final class ExpectationsTest {

    private static final List<String> POLICIES =
            List.of("physical", "esx-1.5.2", "virtual-server-1.0");

    @TempDir
    private Path folder;

    private static Expectations thesis() throws InvalidFileException {
        return Expectations.load("thesis-2003");
    }

    @ParameterizedTest
    @CsvSource({
        "image-string-search, image-confidentiality, NOT_APPLICABLE, VIOLATED, VIOLATED",
        "image-corruption, image-integrity, NOT_APPLICABLE, UPHELD, UPHELD",
        "promiscuous-capture, traffic-confidentiality, UPHELD, UPHELD, VIOLATED",
        "host-capture, host-traffic-confidentiality, NOT_APPLICABLE, UPHELD, VIOLATED",
        "arp-poisoning, traffic-confidentiality, VIOLATED, VIOLATED, VIOLATED",
        "arp-poisoning, arp-integrity, VIOLATED, VIOLATED, VIOLATED",
        "memory-exhaustion, memory-confinement, UPHELD, VIOLATED, UPHELD",
        "guest-crash, crash-containment, UPHELD, UPHELD, UPHELD",
        "host-memory-read, host-memory-confidentiality, NOT_APPLICABLE, UPHELD, VIOLATED",
        "host-process-tampering, host-confinement, NOT_APPLICABLE, UPHELD, VIOLATED",
        "host-process-tampering, crash-containment, NOT_APPLICABLE, NOT_APPLICABLE, UPHELD",
        "management-takeover, management-confinement, NOT_APPLICABLE, VIOLATED, VIOLATED",
        "device-visibility, device-confinement, UPHELD, UPHELD, UPHELD"
    })
    void theThesisTableIsRepeated(
            String scenario,
            String property,
            ExpectedVerdict physical,
            ExpectedVerdict esx,
            ExpectedVerdict server)
            throws InvalidFileException {
        Expectations thesis = thesis();
        assertThat(POLICIES.stream()
                        .map(policy ->
                                thesis.verdict(scenario, property, policy).get()))
                .containsExactly(physical, esx, server);
        assertThat(thesis.rows())
                .filteredOn(row -> row.origin() == Expectation.Origin.TESTED)
                .hasSize(13)
                .anyMatch(
                        row -> row.scenario().equals(scenario) && row.property().equals(property));
    }

    @Test
    void everyPropertyOfTheSuitesCoreAndNetworkHasARowForEveryThesisPolicy()
            throws InvalidFileException {
        Expectations thesis = thesis();
        Scenarios scenarios = new Scenarios(FakeAttack.VOCABULARY);
        List<String> asked = Stream.of(Scenarios.CORE, Scenarios.NETWORK)
                .flatMap(suite -> scenarios.suite(suite).stream())
                .distinct()
                .flatMap(scenario -> scenario.properties().stream()
                        .map(check -> scenario.name() + " " + check.property()))
                .toList();
        assertThat(thesis.rows())
                .extracting(row -> row.scenario() + " " + row.property())
                .containsExactlyInAnyOrderElementsOf(asked);
        assertThat(thesis.rows())
                .allSatisfy(row -> assertThat(row.verdicts()).containsOnlyKeys(POLICIES));
        assertThat(POLICIES).allMatch(policy -> Policies.builtIn(policy).isPresent());
    }

    @Test
    void nothingIsExpectedOfWhatIsNotThere() throws InvalidFileException {
        assertThat(thesis().verdict("promiscuous-capture", "connectivity", "hardened"))
                .isEmpty();
        assertThat(thesis().verdict("promiscuous-capture", "arp-integrity", "physical"))
                .isEmpty();
    }

    @Test
    void usersWriteTheirOwn() throws Exception {
        Path path = folder.resolve("own.yaml");
        Files.writeString(path, """
                expectations: own
                summary: mine
                rows:
                  - scenario: s
                    property: p
                    verdicts: {a: upheld, b: violated, c: not-applicable}
                    origin: implied
                    basis: because
                """);
        Expectations own = Expectations.load(path.toString());
        assertThat(own.name()).isEqualTo("own");
        assertThat(Stream.of("a", "b", "c")
                        .map(policy -> own.verdict("s", "p", policy).get()))
                .containsExactly(UPHELD, VIOLATED, NOT_APPLICABLE);
        assertThat(own.rows().getFirst().basis()).isEqualTo("because");
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        String text = """
                expectations: own
                rows:
                  - {scenario: s, property: p, verdicts: {a: uphold, B: violated}, origin: tested, basis: b}
                  - {scenario: s, property: p, verdicts: {}, origin: guessed, basis: ''}
                  - {scenario: s, property: p, verdicts: {}, origin: tested, basis: b, more: 1}
                """;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ExpectationFile.parse("e", bytes))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage("""
                        e:1:1: missing key 'summary'
                        e:3:46: rows.verdicts.a 'uphold' is not one of upheld, violated, not-applicable; did you mean 'upheld'?
                        e:3:54: key 'B' in rows.verdicts is not a name
                        e:4:54: rows.origin 'guessed' is not one of tested, implied
                        e:4:70: rows.basis has 0 characters, not from 1 to 500
                        e:5:5: rows have p of s twice
                        e:5:72: unknown key 'more' in rows, known are scenario, property, verdicts, origin, basis""");
    }
}
