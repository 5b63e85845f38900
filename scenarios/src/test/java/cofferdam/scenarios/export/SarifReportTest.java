package cofferdam.scenarios.export;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Verdict;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.PropertyResult.Treatment;
import cofferdam.scenarios.result.RunResult;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.LocalDate;
import java.util.List;

class SarifReportTest {

    private static final SchemaCheck SARIF = SchemaCheck.sarif();

    @Test
    void everyKindOfResultIsValidSarif() {
        RunResult run = Results.run(Results.ofEveryKind().toArray(PropertyResult[]::new));
        for (boolean hasBaseline : List.of(true, false)) {
            assertThat(SARIF.problems(SarifReport.of("1.0", List.of(run), "out", hasBaseline)))
                    .isEmpty();
        }
        assertThat(SARIF.problems(SarifReport.of("1.0", List.of(), "out", false)))
                .isEmpty();
    }

    @Test
    void theSchemaWouldNoticeADamagedDocument() {
        String document = SarifReport.of(
                "1.0", List.of(Results.run(Results.result(Verdict.VIOLATED))), "out", false);
        assertThat(SARIF.problems(document.replace("\"ruleId\"", "\"rule\""))).isNotEmpty();
        assertThat(SARIF.problems(document.replace("\"level\" : \"error\"", "\"level\" : \"bad\"")))
                .isNotEmpty();
    }

    @Test
    void violationsAloneAreResultsAndTheirRulesTellWhatUpheldNeeds() {
        JsonNode run = parsed(false, Results.result(Verdict.UPHELD), violated());
        assertThat(run.at("/results").size()).isEqualTo(1);
        JsonNode result = run.at("/results/0");
        assertThat(result.at("/level").asString()).isEqualTo("error");
        assertThat(result.at("/suppressions").isEmpty()).isTrue();
        assertThat(result.at("/message/text").asString())
                .endsWith("monitor emulated is no security boundary: It holds nobody."
                        + " (security.html)");
        assertThat(result.at("/properties/securitySupport/claim").asString())
                .isEqualTo("no-boundary");
        JsonNode rule = run.at("/tool/driver/rules").get(result.at("/ruleIndex").asInt());
        assertThat(rule.at("/id").asString()).isEqualTo(result.at("/ruleId").asString());
        assertThat(rule.at("/shortDescription/text").asString()).endsWith("?");
        assertThat(rule.at("/help/text").asString()).contains("in the same run");
    }

    @Test
    void placesAreTheEvidenceAndTheScenario() {
        JsonNode result = parsed(false, violated()).at("/results/0");
        String folder = "out/arp-poisoning/esx-1.5.2/emulated/seed-1/";
        String uri = "/physicalLocation/artifactLocation/uri";
        assertThat(result.at("/locations/0" + uri).asString())
                .isEqualTo(folder + "captures/vm2.pcapng");
        assertThat(result.at("/locations/0/message/text").asString()).isEqualTo("frames 12, 14");
        JsonNode related = result.at("/relatedLocations");
        assertThat(related.valueStream().map(place -> place.at(uri).asString()))
                .containsExactly(
                        folder + "events.jsonl",
                        folder + "images/0/vm1.img",
                        folder + "scenario.yaml",
                        folder + "policy.yaml");
        assertThat(related.at("/0/physicalLocation/region/startLine").asInt()).isEqualTo(3);
        assertThat(related.at("/1/physicalLocation/region/byteOffset").asInt()).isEqualTo(4096);
    }

    @Test
    void anAcceptedViolationIsSuppressedWithItsReason() {
        PropertyResult accepted = new PropertyResult(
                violated().judgement(), null, "a lab", LocalDate.of(2027, 1, 31));
        JsonNode result = parsed(false, accepted).at("/results/0");
        assertThat(result.at("/suppressions/0/justification").asString())
                .isEqualTo("violated, accepted until 2027-01-31: a lab");
        JsonNode over = parsed(false, accepted.as(Treatment.LAPSED)).at("/results/0");
        assertThat(over.at("/suppressions").isEmpty()).isTrue();
    }

    @Test
    void withABaselineAResultSaysWhetherItIsNew() {
        JsonNode results =
                parsed(true, violated(), violated().as(Treatment.KNOWN)).at("/results");
        assertThat(results.at("/0/baselineState").asString()).isEqualTo("new");
        assertThat(results.at("/1/baselineState").asString()).isEqualTo("unchanged");
        assertThat(results.at("/1/suppressions").isEmpty()).isTrue();
        assertThat(parsed(false, violated()).at("/results/0/baselineState").isMissingNode())
                .isTrue();
    }

    @Test
    void whatIsUndecidedIsNoSuccess() {
        JsonNode invocation =
                parsed(false, Results.result(Verdict.INCONCLUSIVE)).at("/invocations/0");
        assertThat(invocation.at("/executionSuccessful").asBoolean()).isFalse();
        assertThat(invocation.at("/toolExecutionNotifications/0/message/text").asString())
                .contains("inconclusive. because");
        assertThat(parsed(false, violated())
                        .at("/invocations/0/executionSuccessful")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theFingerprintIsOfTheQuestionAndNotOfSeedReasonOrVerdict() {
        RunResult run = Results.run(violated());
        RunResult other = new RunResult(
                run.scenario(),
                run.policy(),
                run.monitor(),
                77,
                List.of(new PropertyResult(
                        Results.judgement("connectivity", Verdict.VIOLATED, "otherwise"),
                        null,
                        "a lab")),
                run.securitySupport(),
                run.duration());
        RunResult elsewhere = new RunResult(
                run.scenario(),
                "hardened",
                run.monitor(),
                1,
                run.properties(),
                run.securitySupport(),
                run.duration());
        RunResult onAnother = new RunResult(
                run.scenario(),
                run.policy(),
                "qemu",
                1,
                run.properties(),
                run.securitySupport(),
                run.duration());
        assertThat(fingerprint(other)).isEqualTo(fingerprint(run));
        assertThat(fingerprint(onAnother)).isNotEqualTo(fingerprint(run));
        assertThat(fingerprint(elsewhere)).isNotEqualTo(fingerprint(run));
    }

    @Test
    void hostileTextIsOneHarmlessLine() {
        String document = SarifReport.of(
                "1.0",
                List.of(Results.run(new PropertyResult(
                        Results.judgement("connectivity", Verdict.VIOLATED, Results.HOSTILE),
                        null,
                        Results.HOSTILE))),
                "out",
                false);
        assertThat(SARIF.problems(document)).isEmpty();
        assertThat(document).doesNotContain("\u001b", "\u202e");
        assertThat(new JsonMapper()
                        .readTree(document)
                        .at("/runs/0/results/0/message/text")
                        .asString())
                .contains("[text] (https://example.org/x)");
    }

    private static PropertyResult violated() {
        return Results.result("connectivity", Verdict.VIOLATED, null, null);
    }

    private static String fingerprint(RunResult run) {
        return document(false, run)
                .at("/results/0/partialFingerprints")
                .iterator()
                .next()
                .asString();
    }

    private static JsonNode parsed(boolean hasBaseline, PropertyResult... results) {
        return document(hasBaseline, Results.run(results));
    }

    private static JsonNode document(boolean hasBaseline, RunResult run) {
        return new JsonMapper()
                .readTree(SarifReport.of("1.0", List.of(run), "out", hasBaseline))
                .at("/runs/0");
    }
}
