package cofferdam.scenarios.agreement;

import cofferdam.analysis.Judgement;
import cofferdam.monitor.SecuritySupport;
import cofferdam.scenarios.agreement.Agreement.Disagreement;
import cofferdam.scenarios.agreement.Agreement.Row;
import cofferdam.scenarios.agreement.Explanation.Kind;
import cofferdam.scenarios.result.ResultJson;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;

/** An agreement as JSON. */
public final class AgreementJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private AgreementJson() {}

    /**
     * The document.
     *
     * @param version the program's
     * @param monitors what the makers of each say of its isolation, the reference first
     */
    public static String of(
            Agreement agreement, String version, long seed, Map<String, SecuritySupport> monitors) {
        ObjectNode document = MAPPER.createObjectNode();
        document.putObject("tool").put("name", "cofferdam").put("version", version);
        document.put("seed", seed);
        ArrayNode names = document.putArray("monitors");
        monitors.forEach((name, support) -> {
            ObjectNode monitor = names.addObject().put("name", name);
            ResultJson.securitySupport(monitor.putObject("securitySupport"), support);
        });
        ArrayNode rows = document.putArray("rows");
        agreement.rows().forEach(row -> row(rows.addObject(), row, agreement));
        document.putObject("summary")
                .put("rows", agreement.rows().size())
                .put("agreeing", agreement.agreeing())
                .put("disagreements", agreement.disagreements().size())
                .put("unexplained", agreement.unexplained())
                .put("undecided", agreement.undecided());
        return MAPPER.writeValueAsString(document);
    }

    private static void row(ObjectNode node, Row row, Agreement agreement) {
        node.put("scenario", row.scenario()).put("policy", row.policy());
        node.put("property", row.question().property());
        node.put("subject", String.join("<->", row.question().subject()));
        if (!row.question().observer().isEmpty()) {
            node.put("observer", row.question().observer());
        }
        ArrayNode verdicts = node.putArray("verdicts");
        for (int at = 0; at < row.cells().size(); at++) {
            Judgement judgement = row.cells().get(at);
            verdicts.addObject()
                    .put("monitor", agreement.monitors().get(at))
                    .put("verdict", ResultJson.nameOf(judgement.verdict()))
                    .put("reason", judgement.reason());
        }
        ArrayNode disagreements = node.putArray("disagreements");
        for (Disagreement disagreement : row.disagreements()) {
            Explanation explanation = disagreement.explanation();
            ObjectNode cause = disagreements
                    .addObject()
                    .put("monitor", disagreement.monitor())
                    .put("reference", disagreement.reference())
                    .put("cause", nameOf(explanation.kind()))
                    .put("explanation", explanation.words());
            ArrayNode changes = cause.putArray("changes");
            explanation
                    .changes()
                    .forEach(change -> changes.addObject()
                            .put("key", change.key())
                            .put("value", change.value()));
        }
    }

    private static String nameOf(Kind kind) {
        return switch (kind) {
            case SETTING -> "setting";
            case CAPABILITY -> "capability";
            case REFUSAL -> "refusal";
            case NO_BOUNDARY -> "no-boundary";
            case UNDECIDED -> "undecided";
            case SUSPICION -> "suspicion";
            case NONE -> "none";
        };
    }
}
