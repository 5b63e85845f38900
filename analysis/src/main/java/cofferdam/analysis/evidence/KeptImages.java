package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.EvidenceException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The disks' part of a run's evidence, read when first asked for. */
public final class KeptImages {

    private static final String INDEX = "images.json";
    private static final int MAXIMUM_DEPTH = 8;
    private static final int MAXIMUM_IMAGES = 256;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAXIMUM_DEPTH)
                            .build())
                    .build())
            .build();

    private final RunReader.Source files;
    private @Nullable List<KeptImage> images;

    KeptImages(RunReader.Source files) {
        this.files = files;
    }

    /**
     * Every image at every moment, in the order of the run.
     *
     * @throws MissingEvidenceException if there are none, or the bytes are not those that the index
     *     tells of
     */
    public List<KeptImage> all() throws MissingEvidenceException {
        if (images == null) {
            images = read();
        }
        return images;
    }

    /** The image of that name and content, as evidence of what somebody touched. */
    public KeptImage of(String name, String sha256) throws MissingEvidenceException {
        return all().stream()
                .filter(image -> image.name().equals(name) && image.sha256().equals(sha256))
                .findFirst()
                .orElseThrow(() -> new MissingEvidenceException(
                        "the run did not keep %s as it was with SHA-256 %s"
                                .formatted(name, sha256)));
    }

    /** What a machine read from its own disk. */
    public byte[] deviceRead(String file) throws MissingEvidenceException {
        return bytes(file);
    }

    private List<KeptImage> read() throws MissingEvidenceException {
        JsonNode index = parse(bytes(INDEX)).path("images");
        if (!index.isArray() || index.size() > MAXIMUM_IMAGES) {
            throw new MissingEvidenceException(
                    "%s has no list of at most %d images".formatted(INDEX, MAXIMUM_IMAGES));
        }
        List<KeptImage> read = new ArrayList<>();
        for (JsonNode node : index) {
            String file = node.path("file").asString("");
            byte[] bytes = bytes(file);
            String sha256 = sha256(bytes);
            if (!sha256.equals(node.path("sha256").asString(""))) {
                throw new MissingEvidenceException("%s is not as it was kept".formatted(file));
            }
            read.add(new KeptImage(
                    node.path("moment").asString(""),
                    node.path("image").asString(""),
                    file,
                    sha256,
                    bytes,
                    space(node.path("space"))));
        }
        return List.copyOf(read);
    }

    private static Set<Long> space(JsonNode ranges) {
        Set<Long> blocks = new HashSet<>();
        for (JsonNode block : ranges) {
            blocks.add(block.asLong(-1));
        }
        return blocks;
    }

    private static JsonNode parse(byte[] json) throws MissingEvidenceException {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new MissingEvidenceException(INDEX + ": " + e.getOriginalMessage());
        }
    }

    private byte[] bytes(String file) throws MissingEvidenceException {
        try {
            return files.read(file)
                    .orElseThrow(() -> new MissingEvidenceException("there is no " + file));
        } catch (EvidenceException e) {
            throw new MissingEvidenceException(file + ": " + e.getMessage());
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
