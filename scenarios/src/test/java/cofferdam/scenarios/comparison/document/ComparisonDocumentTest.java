package cofferdam.scenarios.comparison.document;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.comparison.Cause;
import cofferdam.scenarios.comparison.Cell;
import cofferdam.scenarios.comparison.Comparison;
import cofferdam.scenarios.comparison.Cost;
import cofferdam.scenarios.comparison.Difference;
import cofferdam.scenarios.comparison.Matrix;
import cofferdam.scenarios.comparison.Pairing;
import cofferdam.scenarios.comparison.Standing;
import cofferdam.scenarios.comparison.Synthetic;
import cofferdam.scenarios.comparison.Traffic;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

final class ComparisonDocumentTest {

    private static final String HOSTILE =
            "<img src=x onerror=alert(1)>|`\u001b[31m\u202e\"'&=cmd|x";

    private static final Policy OPEN = Synthetic.policy("open", "network.promiscuous: accept");
    private static final Policy SHUT = Synthetic.policy("shut", "network.promiscuous: reject");

    private static Comparison comparison() {
        return Synthetic.compare(
                Synthetic.of(keys -> keys.get("network.promiscuous").equals("reject")
                        ? Verdict.UPHELD
                        : Verdict.VIOLATED),
                List.of(OPEN, SHUT),
                "traffic-confidentiality");
    }

    @Test
    void markdownIsAsItIsToBe() {
        assertThat(MarkdownDocument.of(ComparisonDocument.of(comparison(), 9))).isEqualTo("""
                        # Comparison of open, shut

                        ## Conclusion

                        - shut holds everything that open holds, and more: 2 upheld, 0 violated, 0 undecided, 0 without such a boundary
                        - open loses none of 10 legitimate exchanges
                        - shut loses none of 10 legitimate exchanges

                        | policy | upheld | violated | undecided | no boundary | all of it, and more, held by |
                        | --- | --- | --- | --- | --- | --- |
                        | open | 1 | **1** | 0 | 0 | shut |
                        | shut | 2 | 0 | 0 | 0 | - |

                        where there is no such boundary a property was not upheld, but nothing was lost either, and it counts as held

                        ## Properties, the worst over all scenarios

                        | property | open | shut |
                        | --- | --- | --- |
                        | traffic-confidentiality | **VIOLATED \\(some\\)** | upheld |
                        | connectivity | upheld | upheld |

                        ## Scenarios

                        | scenario and property | open | shut |
                        | --- | --- | --- |
                        | some · traffic-confidentiality | **VIOLATED** | upheld |
                        | some · connectivity | upheld | upheld |

                        ## open and shut

                        configured differently in 1 key; 1 property comes out differently

                        | scenario and property | open | shut | explained by |
                        | --- | --- | --- | --- |
                        | some · traffic-confidentiality | **VIOLATED** | upheld | network.promiscuous: reject in open |

                        ## What it costs

                        | policy | legitimate exchanges completed | lost | lost in | frames dropped by filters, the attacks' among them |
                        | --- | --- | --- | --- | --- |
                        | open | 10 of 10 | 0 | - | - |
                        | shut | 10 of 10 | 0 | - | - |

                        ## What to change in open

                        wanted: traffic-confidentiality

                        1 change, tried under every scenario, does it, and nothing that held is lost

                            network:
                              promiscuous: reject

                        legitimate exchanges lost: 0 before, 0 with it

                        ## What to change in shut

                        wanted: traffic-confidentiality

                        all of it holds already
                        """);
    }

    @Test
    void commaSeparatedValuesAreAsTheyAreToBe() {
        assertThat(ComparisonCsv.of(comparison()))
                .isEqualTo(String.join(
                        "\r\n",
                        "scenario,property,subject,observer,policy,verdict,accepted,reason",
                        "some,traffic-confidentiality,vm1<->source,vm2,open,violated,,as the law says",
                        "some,traffic-confidentiality,vm1<->source,vm2,shut,upheld,,as the law says",
                        "some,connectivity,vm1<->source,,open,upheld,,as the law says",
                        "some,connectivity,vm1<->source,,shut,upheld,,as the law says",
                        ""));
    }

    @Test
    void jsonHasEverything() {
        JsonNode document = new JsonMapper().readTree(ComparisonJson.of(comparison(), "1.2.3"));
        assertThat(document.at("/tool/version").asString()).isEqualTo("1.2.3");
        assertThat(document.at("/policies/1").asString()).isEqualTo("shut");
        assertThat(document.at("/matrix/0/verdicts/open/verdict").asString()).isEqualTo("violated");
        assertThat(document.at("/properties/0/worst/open/scenarios/0").asString())
                .isEqualTo("some");
        assertThat(document.at("/differences/0/cells/0/explanations/0/in").asString())
                .isEqualTo("open");
        assertThat(document.at("/differences/0/cells/0/explanations/0/changes/0/key")
                        .asString())
                .isEqualTo("network.promiscuous");
        assertThat(document.at("/costs/0/lost").asInt()).isZero();
        assertThat(document.at("/standings/1/dominates/0").asString()).isEqualTo("open");
        assertThat(document.at("/suggestions/0/yaml").asString())
                .isEqualTo("network:\n  promiscuous: reject\n");
        assertThat(document.at("/suggestions/0/found").asBoolean()).isTrue();
    }

    @Test
    void theSamePageIsSelfContainedAndAllowsItsOwnStyleAlone() throws Exception {
        String page = HtmlDocument.of(ComparisonDocument.of(comparison(), 9));
        Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(page);
        assertThat(style.find()).isTrue();
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(style.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(page)
                .contains("default-src 'none'; style-src 'sha256-%s'"
                        .formatted(Base64.getEncoder().encodeToString(digest)))
                .contains("<td class=\"bad\">VIOLATED</td>")
                .contains("<th scope=\"row\">some · traffic-confidentiality</th>")
                .doesNotContain("<script", "http://", "https://", " style=", "src=");
    }

    @Test
    void whatOthersChoseIsEscapedInEveryForm() {
        Document document = ComparisonDocument.of(hostile(), 9);
        assertThat(HtmlDocument.of(document))
                .doesNotContain("<img", "\u001b", "\u202e")
                .contains("&lt;img src=x onerror=alert(1)&gt;");
        assertThat(MarkdownDocument.of(document))
                .doesNotContain("\u001b", "\u202e")
                .doesNotContainPattern("(?<!\\\\)[<>`]")
                .contains("\\<img src=x onerror=alert\\(1\\)\\>\\|\\`\\\\u001b\\[31m");
        assertThat(ComparisonCsv.of(hostile()))
                .doesNotContain("\u001b", "\u202e")
                .contains("'=1+1");
        assertThat(ComparisonJson.of(hostile(), "1")).doesNotContain("\u001b");
    }

    @Test
    void manyPoliciesGetNarrowColumnsWithALegend() {
        String text = MarkdownDocument.of(ComparisonDocument.of(comparison(), 1));
        assertThat(text)
                .contains("- 1 open\n- 2 shut\n")
                .contains("| some · traffic-confidentiality | **V** | U |");
    }

    @Test
    void thatNothingExplainsADifferenceIsSaid() {
        assertThat(MarkdownDocument.of(ComparisonDocument.of(hostile(), 9)))
                .contains("no set of up to 6 keys explains it");
    }

    private static Comparison hostile() {
        Question question = new Question("connectivity", List.of("vm1", "source"), "");
        Cell violated = new Cell(
                new Judgement(question, Verdict.VIOLATED, "=1+1", List.of()), "\"so\", they say");
        Cell upheld = new Cell(new Judgement(question, Verdict.UPHELD, HOSTILE, List.of()), null);
        Difference difference = new Difference(
                HOSTILE, question, Verdict.VIOLATED, Verdict.UPHELD, new Cause(List.of(), 6));
        Standing standing =
                new Standing(HOSTILE, 1, 1, 1, 0, 0, List.of(), List.of(), List.of(HOSTILE));
        return new Comparison(
                "emulated",
                1,
                List.of(HOSTILE),
                new Matrix(
                        List.of(HOSTILE, "plain"),
                        List.of(new Matrix.Row(HOSTILE, 0, question, List.of(violated, upheld)))),
                List.of(new Pairing(HOSTILE, "plain", 1, List.of(difference))),
                List.of(new Cost(HOSTILE, Traffic.NONE, List.of(), List.of())),
                List.of(standing),
                List.of(),
                List.of(HOSTILE),
                1);
    }
}
