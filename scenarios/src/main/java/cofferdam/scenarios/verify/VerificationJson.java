package cofferdam.scenarios.verify;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;

/** The JSON document that tells what came of verifying a bundle. */
public final class VerificationJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private VerificationJson() {}

    /**
     * The document of {@code verify --format json}.
     *
     * @param version of this program
     */
    public static byte[] of(String version, Verification verification) {
        ObjectNode document = MAPPER.createObjectNode();
        document.putObject("tool").put("name", "cofferdam").put("version", version);
        document.put("bundle", verification.bundle());
        document.put("genuine", verification.isGenuine());
        verification.contents().ifPresent(contents -> contents(document, contents));
        verification.signature().ifPresent(signature -> signature(document, signature));
        ArrayNode problems = document.putArray("problems");
        for (Problem problem : verification.problems()) {
            problems.addObject()
                    .put("kind", word(problem.kind()))
                    .put("file", problem.file())
                    .put("detail", problem.detail());
        }
        ArrayNode remarks = document.putArray("remarks");
        verification.remarks().forEach(remarks::add);
        return MAPPER.writeValueAsBytes(document);
    }

    private static void contents(ObjectNode document, Verification.Contents contents) {
        document.put("formatVersion", contents.formatVersion());
        contents.madeBy().ifPresent(version -> document.put("madeBy", version));
        document.put("files", contents.files());
        document.put("runs", contents.runs());
        document.put("verdicts", contents.verdicts());
    }

    private static void signature(ObjectNode document, Signature signature) {
        ObjectNode node = document.putObject("signature").put("state", word(signature.state()));
        signature.fingerprint().ifPresent(fingerprint -> node.put("key", fingerprint));
    }

    /** How a kind or state is written. */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
