package cofferdam.scenarios.comparison.document;

import cofferdam.analysis.Figure;
import cofferdam.analysis.Question;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.scenarios.comparison.Cause;
import cofferdam.scenarios.comparison.Cell;
import cofferdam.scenarios.comparison.Comparison;
import cofferdam.scenarios.comparison.Cost;
import cofferdam.scenarios.comparison.Difference;
import cofferdam.scenarios.comparison.Matrix;
import cofferdam.scenarios.comparison.Pairing;
import cofferdam.scenarios.comparison.Standing;
import cofferdam.scenarios.comparison.Suggestion;
import cofferdam.scenarios.result.ResultJson;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/** A comparison as JSON. */
public final class ComparisonJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ComparisonJson() {}

    /**
     * The document.
     *
     * @param version the program's
     */
    public static String of(Comparison comparison, String version) {
        ObjectNode document = MAPPER.createObjectNode();
        document.putObject("tool").put("name", "cofferdam").put("version", version);
        document.put("monitor", comparison.monitor()).put("seed", comparison.seed());
        names(document.putArray("policies"), comparison.matrix().policies());
        names(document.putArray("scenarios"), comparison.scenarios());
        names(document.putArray("conclusion"), comparison.conclusion());
        ArrayNode matrix = document.putArray("matrix");
        comparison.matrix().rows().forEach(row -> row(matrix.addObject(), comparison, row));
        ArrayNode properties = document.putArray("properties");
        comparison
                .matrix()
                .condensed()
                .forEach(row -> property(properties.addObject(), comparison, row));
        ArrayNode pairings = document.putArray("differences");
        comparison.pairings().forEach(pairing -> pairing(pairings.addObject(), pairing));
        ArrayNode costs = document.putArray("costs");
        comparison.costs().forEach(cost -> cost(costs.addObject(), cost));
        ArrayNode standings = document.putArray("standings");
        comparison.standings().forEach(standing -> standing(standings.addObject(), standing));
        ArrayNode suggestions = document.putArray("suggestions");
        comparison
                .suggestions()
                .forEach(suggestion -> suggestion(suggestions.addObject(), suggestion));
        document.put("runs", comparison.runs());
        return MAPPER.writeValueAsString(document);
    }

    private static void row(ObjectNode node, Comparison comparison, Matrix.Row row) {
        place(node, row.scenario(), row.question());
        ObjectNode verdicts = node.putObject("verdicts");
        for (int p = 0; p < row.cells().size(); p++) {
            Cell cell = row.cells().get(p);
            ObjectNode verdict = verdicts.putObject(
                            comparison.matrix().policies().get(p))
                    .put("verdict", ResultJson.nameOf(cell.verdict()))
                    .put("reason", cell.judgement().reason());
            if (cell.accepted() != null) {
                verdict.put("accepted", cell.accepted());
            }
            if (!cell.judgement().figures().isEmpty()) {
                ArrayNode figures = verdict.putArray("figures");
                for (Figure figure : cell.judgement().figures()) {
                    figures.addObject()
                            .put("name", figure.name())
                            .put("value", figure.value())
                            .put("unit", figure.unit());
                }
            }
        }
    }

    private static void property(ObjectNode node, Comparison comparison, Matrix.PropertyRow row) {
        node.put("property", row.property());
        ObjectNode worst = node.putObject("worst");
        for (int p = 0; p < row.worst().size(); p++) {
            ObjectNode verdict = worst.putObject(comparison.matrix().policies().get(p))
                    .put("verdict", ResultJson.nameOf(row.worst().get(p).verdict()));
            names(verdict.putArray("scenarios"), row.worst().get(p).scenarios());
        }
    }

    private static void pairing(ObjectNode node, Pairing pairing) {
        node.put("first", pairing.first())
                .put("second", pairing.second())
                .put("differingKeys", pairing.keys());
        ArrayNode cells = node.putArray("cells");
        for (Difference difference : pairing.differences()) {
            ObjectNode cell = cells.addObject();
            place(cell, difference.scenario(), difference.question());
            cell.put("first", ResultJson.nameOf(difference.first()))
                    .put("second", ResultJson.nameOf(difference.second()));
            ArrayNode causes = cell.putArray("explanations");
            for (Cause.Explanation explanation : difference.cause().explanations()) {
                ObjectNode cause = causes.addObject().put("in", explanation.policy());
                changes(cause.putArray("changes"), explanation.changes());
            }
            cell.put("triedUpTo", difference.cause().bound());
        }
    }

    private static void cost(ObjectNode node, Cost cost) {
        node.put("policy", cost.policy())
                .put("exchanges", cost.traffic().begun())
                .put("completed", cost.traffic().completed())
                .put("lost", cost.traffic().lost())
                .put("messagesSent", cost.traffic().sent())
                .put("messagesAnswered", cost.traffic().answered());
        names(node.putArray("connectivityViolated"), cost.connectivityLost());
        ArrayNode losses = node.putArray("losses");
        cost.losses()
                .forEach(loss -> losses.addObject()
                        .put("scenario", loss.scenario())
                        .put("lost", loss.lost())
                        .put("exchanges", loss.begun()));
        ObjectNode dropped = node.putObject("framesDropped");
        cost.traffic().dropped().forEach((filter, frames) -> dropped.put(filter, frames));
    }

    private static void standing(ObjectNode node, Standing standing) {
        node.put("policy", standing.policy())
                .put("upheld", standing.upheld())
                .put("violated", standing.violated())
                .put("accepted", standing.accepted())
                .put("undecided", standing.undecided())
                .put("notApplicable", standing.notApplicable());
        names(node.putArray("dominates"), standing.dominates());
        names(node.putArray("like"), standing.like());
        names(node.putArray("only"), standing.only());
    }

    private static void suggestion(ObjectNode node, Suggestion suggestion) {
        node.put("policy", suggestion.policy());
        names(node.putArray("wanted"), suggestion.wanted());
        node.put("found", suggestion.isFound());
        changes(node.putArray("changes"), suggestion.changes());
        node.put("yaml", suggestion.snippet())
                .put("exchangesLostBefore", suggestion.before())
                .put("exchangesLostAfter", suggestion.after());
        places(node.putArray("withoutBoundary"), suggestion.withoutBoundary());
        places(node.putArray("unmet"), suggestion.unmet());
        node.put("triedUpTo", suggestion.bound());
    }

    private static void places(ArrayNode array, List<Suggestion.Place> places) {
        for (Suggestion.Place place : places) {
            ObjectNode node = array.addObject();
            place(node, place.scenario(), place.question());
            node.put("verdict", ResultJson.nameOf(place.verdict()));
        }
    }

    private static void place(ObjectNode node, String scenario, Question question) {
        node.put("scenario", scenario)
                .put("property", question.property())
                .put("subject", String.join("<->", question.subject()));
        if (!question.observer().isEmpty()) {
            node.put("observer", question.observer());
        }
    }

    private static void changes(ArrayNode array, List<PolicyChange> changes) {
        changes.forEach(
                change -> array.addObject().put("key", change.key()).put("value", change.value()));
    }

    private static void names(ArrayNode array, List<String> names) {
        names.forEach(array::add);
    }
}
