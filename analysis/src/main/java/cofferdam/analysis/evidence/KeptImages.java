package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.EvidenceException;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private final Map<String, byte[]> verified = new HashMap<>();
    private @Nullable List<Entry> index;

    /** What the index tells of one image at one moment. */
    private record Entry(String moment, String name, String file, String sha256, Set<Long> space) {
        Entry {
            space = Set.copyOf(space);
        }
    }

    KeptImages(RunReader.Source files) {
        this.files = files;
    }

    /**
     * An image of that name and content, as evidence of what somebody read.
     *
     * @throws MissingEvidenceException if none was kept, or its bytes are not those that the index
     *     tells of
     */
    public KeptImage of(String name, String sha256) throws MissingEvidenceException {
        for (Entry entry : index()) {
            if (entry.name().equals(name) && entry.sha256().equals(sha256)) {
                return image(entry);
            }
        }
        throw new MissingEvidenceException(
                "the run did not keep %s as it was with SHA-256 %s".formatted(name, sha256));
    }

    /** The image of that name at that moment. */
    public KeptImage at(String moment, String name) throws MissingEvidenceException {
        for (Entry entry : index()) {
            if (entry.name().equals(name) && entry.moment().equals(moment)) {
                return image(entry);
            }
        }
        throw new MissingEvidenceException(
                "the run did not keep %s at the moment %s".formatted(name, moment));
    }

    /** Every block of the host's storage that an image of this name ever had. */
    public Set<Long> space(String name) throws MissingEvidenceException {
        Set<Long> space = new HashSet<>();
        for (Entry entry : index()) {
            if (entry.name().equals(name)) {
                space.addAll(entry.space());
            }
        }
        return space;
    }

    /** What a machine read from its own disk. */
    public byte[] deviceRead(String file) throws MissingEvidenceException {
        return bytes(file);
    }

    private KeptImage image(Entry entry) throws MissingEvidenceException {
        byte[] bytes = verified.get(entry.file());
        if (bytes == null) {
            bytes = bytes(entry.file());
            if (!sha256(bytes).equals(entry.sha256())) {
                throw new MissingEvidenceException(
                        "%s is not as it was kept".formatted(entry.file()));
            }
            verified.put(entry.file(), bytes);
        }
        return new KeptImage(entry.name(), entry.file(), entry.sha256(), bytes);
    }

    private List<Entry> index() throws MissingEvidenceException {
        if (index == null) {
            index = read();
        }
        return index;
    }

    private List<Entry> read() throws MissingEvidenceException {
        JsonNode images = parse(bytes(INDEX)).path("images");
        if (!images.isArray() || images.size() > MAXIMUM_IMAGES) {
            throw new MissingEvidenceException(
                    "%s has no list of at most %d images".formatted(INDEX, MAXIMUM_IMAGES));
        }
        List<Entry> read = new ArrayList<>();
        for (JsonNode node : images) {
            read.add(new Entry(
                    node.path("moment").asString(""),
                    node.path("image").asString(""),
                    node.path("file").asString(""),
                    node.path("sha256").asString(""),
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
