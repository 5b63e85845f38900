package cofferdam.scenarios.inspect;

import cofferdam.analysis.inspect.CaptureInspection;
import cofferdam.analysis.inspect.Claim;
import cofferdam.analysis.inspect.Conversation;
import cofferdam.analysis.inspect.Party;
import cofferdam.analysis.inspect.Proof;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;

/** The JSON document of {@code inspect --format json}. Times are nanoseconds since 1970 (UTC). */
public final class InspectJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private InspectJson() {}

    /**
     * The document.
     *
     * @param version of this program
     * @param bundle the bundle's folder, as the user named it; empty where there is none
     */
    public static byte[] of(
            String version,
            String bundle,
            List<ViolationView> violations,
            List<CaptureView> captures) {
        ObjectNode document = MAPPER.createObjectNode();
        document.putObject("tool").put("name", "cofferdam").put("version", version);
        ArrayNode violated = document.putArray("violations");
        violations.forEach(violation -> violation(violated.addObject(), violation, bundle));
        ArrayNode seen = document.putArray("captures");
        captures.forEach(capture -> capture(seen.addObject(), capture));
        return MAPPER.writeValueAsBytes(document);
    }

    private static void violation(ObjectNode node, ViolationView violation, String bundle) {
        String folder = bundle + "/" + violation.run().folder();
        node.put("scenario", violation.run().scenario());
        node.put("policy", violation.run().policy());
        node.put("run", violation.run().folder());
        node.put("property", violation.judgement().question().property());
        node.put("reason", violation.judgement().reason());
        ArrayNode captures = node.putArray("captures");
        for (ViolationView.InCapture capture : violation.captures()) {
            ObjectNode one = captures.addObject().put("file", capture.file());
            if (!capture.problem().isEmpty()) {
                one.put("problem", capture.problem());
                continue;
            }
            one.put("filter", capture.filter());
            one.put(
                    "command",
                    WiresharkCommand.open(folder + "/" + capture.file(), capture.filter()));
            proofs(one.putArray("frames"), capture.proofs());
        }
    }

    private static void capture(ObjectNode node, CaptureView view) {
        CaptureInspection inspection = view.inspection();
        Map<String, String> names = inspection.names();
        node.put("file", view.path());
        node.put("frames", inspection.frames());
        node.put("otherFrames", inspection.otherFrames());
        ArrayNode conversations = node.putArray("conversations");
        for (Conversation conversation : inspection.conversations()) {
            ObjectNode one = conversations.addObject().put("protocol", conversation.protocol());
            party(one.putObject("one"), conversation.one(), names);
            party(one.putObject("other"), conversation.other(), names);
            one.put("frames", conversation.frames())
                    .put("bytes", conversation.bytes())
                    .put("framesBack", conversation.framesBack())
                    .put("bytesBack", conversation.bytesBack())
                    .put("first", conversation.first())
                    .put("last", conversation.last());
        }
        ArrayNode claims = node.putArray("claims");
        inspection.claims().forEach(claim -> claim(claims.addObject(), claim));
        proofs(node.putArray("comments"), inspection.commented());
    }

    private static void party(ObjectNode node, Party party, Map<String, String> names) {
        node.put("hardware", party.hardware());
        if (!party.address().isEmpty()) {
            node.put("address", party.address());
        }
        if (party.port() != Party.NO_PORT) {
            node.put("port", party.port());
        }
        if (names.containsKey(party.address())) {
            node.put("name", names.get(party.address()));
        }
    }

    private static void claim(ObjectNode node, Claim claim) {
        node.put("address", claim.address())
                .put("hardware", claim.hardware())
                .put("by", claim.by())
                .put("message", claim.message())
                .put("frame", claim.frame())
                .put("time", claim.time())
                .put("times", claim.times())
                .put("changed", claim.isChange());
        if (claim.isChange()) {
            node.put("before", claim.before());
        }
    }

    private static void proofs(ArrayNode array, List<Proof> proofs) {
        for (Proof proof : proofs) {
            ObjectNode node = array.addObject()
                    .put("frame", proof.frame())
                    .put("time", proof.time())
                    .put("summary", proof.summary());
            if (!proof.comment().isEmpty()) {
                node.put("comment", proof.comment());
            }
        }
    }
}
