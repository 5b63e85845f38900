package cofferdam.scenarios.baseline;

import cofferdam.scenarios.result.Cell;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a baseline makes of results, as a member of the document of {@code run --format json}. */
public final class BaselineJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private BaselineJson() {}

    /** The counts, and what is no longer there. */
    public static ObjectNode of(Reckoning reckoning) {
        ObjectNode document = MAPPER.createObjectNode()
                .put("known", reckoning.known())
                .put("new", reckoning.fresh())
                .put("lapsed", reckoning.lapsed());
        ArrayNode gone = document.putArray("gone");
        for (Gone each : reckoning.gone()) {
            Cell cell = each.cell();
            ObjectNode node = gone.addObject()
                    .put("scenario", cell.scenario())
                    .put("policy", cell.policy())
                    .put("monitor", cell.monitor())
                    .put("property", cell.question().property())
                    .put("subject", String.join("<->", cell.question().subject()));
            if (!cell.question().observer().isEmpty()) {
                node.put("observer", cell.question().observer());
            }
            node.put("now", each.now());
        }
        return document;
    }
}
