package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.monitor.evidence.Sha256;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The disks' part of a run's evidence, read when first asked for. */
public final class KeptImages {

    private static final String INDEX = "images.json";
    private static final int MAXIMUM_DEPTH = 8;
    private static final int MAXIMUM_IMAGES = 256;

    /** What machines read from their own disks is nowhere else. */
    private static final String MEMORY_READS = "memory-reads/";

    private static final String DEVICE_READS = "device-reads/";

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAXIMUM_DEPTH)
                            .build())
                    .build())
            .build();

    private final RunReader.Source files;
    private final Map<String, Hashed> hashed = new HashMap<>();
    private @Nullable List<Entry> index;

    /** What the index tells of one image at one moment. */
    private record Entry(String moment, String name, String file, String sha256, List<Long> space) {
        Entry {
            space = List.copyOf(space);
        }
    }

    /** A file's bytes, and their SHA-256 as it was computed here. */
    private static final class Hashed {

        private final byte[] bytes;
        private final String sha256;

        Hashed(byte[] bytes, String sha256) {
            this.bytes = bytes;
            this.sha256 = sha256;
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

    /** Every block of the host's storage that an image of this name had at one of these moments. */
    public Set<Long> space(String name, Collection<String> moments)
            throws MissingEvidenceException {
        Set<Long> space = new HashSet<>();
        for (Entry entry : index()) {
            if (entry.name().equals(name) && moments.contains(entry.moment())) {
                space.addAll(entry.space());
            }
        }
        return space;
    }

    /**
     * The block of the host's storage that has a byte of an image.
     *
     * @param offset of the byte in the image file
     */
    public long block(String moment, String name, long offset) throws MissingEvidenceException {
        for (Entry entry : index()) {
            long block = offset / Evidence.SPACE_BLOCK;
            if (entry.name().equals(name)
                    && entry.moment().equals(moment)
                    && block < entry.space().size()) {
                return entry.space().get((int) block);
            }
        }
        throw new MissingEvidenceException(
                "the run does not tell where %s lay at the moment %s".formatted(name, moment));
    }

    /** What a machine read from its own disk. */
    public byte[] deviceRead(String file) throws MissingEvidenceException {
        if (!file.startsWith(DEVICE_READS)) {
            throw new MissingEvidenceException("%s is not what a machine read".formatted(file));
        }
        return bytes(file);
    }

    /** Memory that somebody read. */
    public byte[] memoryRead(String file) throws MissingEvidenceException {
        if (!file.startsWith(MEMORY_READS)) {
            throw new MissingEvidenceException("%s is not memory that was read".formatted(file));
        }
        return bytes(file);
    }

    private KeptImage image(Entry entry) throws MissingEvidenceException {
        Hashed content = hashed.get(entry.file());
        if (content == null) {
            byte[] bytes = bytes(entry.file());
            content = new Hashed(bytes, Sha256.of(bytes));
            hashed.put(entry.file(), content);
        }
        // Several entries may name one file, and each must be right about it.
        if (!content.sha256.equals(entry.sha256())) {
            throw new MissingEvidenceException("%s is not as it was kept".formatted(entry.file()));
        }
        return new KeptImage(entry.name(), entry.file(), entry.sha256(), content.bytes);
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
        Set<List<String>> seen = new HashSet<>();
        for (JsonNode node : images) {
            Entry entry = new Entry(
                    node.path("moment").asString(""),
                    node.path("image").asString(""),
                    node.path("file").asString(""),
                    node.path("sha256").asString(""),
                    space(node.path("space")));
            if (!seen.add(List.of(entry.moment(), entry.name()))) {
                throw new MissingEvidenceException("%s has %s twice at the moment %s"
                        .formatted(INDEX, entry.name(), entry.moment()));
            }
            read.add(entry);
        }
        return List.copyOf(read);
    }

    private static List<Long> space(JsonNode numbers) throws MissingEvidenceException {
        List<Long> blocks = new ArrayList<>();
        for (JsonNode number : numbers) {
            if (!number.isIntegralNumber() || !number.canConvertToLong()) {
                throw new MissingEvidenceException(
                        "%s has space that is no number of a block".formatted(INDEX));
            }
            blocks.add(number.longValue());
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
}
