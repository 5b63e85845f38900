package cofferdam.scenarios.result;

import cofferdam.analysis.EventReference;
import cofferdam.analysis.EvidenceReference;
import cofferdam.analysis.Figure;
import cofferdam.analysis.FrameReference;
import cofferdam.analysis.ImageReference;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.SecuritySupport;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the documents that {@link ResultJson} writes, from anywhere: names are such as scenarios,
 * policies and evidence have them, everything has a limit, and no two runs are of one folder.
 */
public final class ResultReader {

    /** A longer document, in bytes, is not read. */
    public static final int MAXIMUM_BYTES = 64 << 20;

    /** The most runs of a document. */
    public static final int MAXIMUM_RUNS = 100_000;

    private static final int MAXIMUM_PROPERTIES = 100;
    private static final int MAXIMUM_REFERENCES = 1000;
    private static final int MAXIMUM_FIGURES = 1000;
    private static final int MAXIMUM_NAME = 100;
    private static final int MAXIMUM_TEXT = 100_000;
    private static final int MAXIMUM_STATEMENT = 1000;
    private static final int MAXIMUM_PATH = 400;
    private static final int MAXIMUM_DEPTH = 16;

    private static final String PAIR = "<->";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
    private static final Pattern FILE =
            Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}(/[a-z0-9][a-z0-9.-]{0,99}){0,3}");

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAXIMUM_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ResultReader() {}

    /**
     * Reads what {@link ResultJson#forBundle} wrote.
     *
     * @throws InvalidResultException if it is something else, or beyond a limit
     */
    public static RecordedSummary summary(byte[] document) throws InvalidResultException {
        JsonMembers root = JsonMembers.of("", tree(document));
        String version = root.object("tool").text("version", MAXIMUM_NAME);
        List<RunResult> runs = root.objects("runs", MAXIMUM_RUNS, ResultReader::run);
        Set<String> folders = new HashSet<>();
        for (RunResult run : runs) {
            if (!folders.add(run.folder())) {
                throw new InvalidResultException(
                        "there are two runs of the folder '%s'".formatted(run.folder()));
            }
        }
        return new RecordedSummary(version, runs, counts(root.object("summary")));
    }

    /**
     * Reads what {@link ResultJson#verdicts} wrote.
     *
     * @throws InvalidResultException if it is something else, or beyond a limit
     */
    public static List<Judgement> verdicts(byte[] document) throws InvalidResultException {
        return JsonMembers.of("", tree(document))
                .objects("properties", MAXIMUM_PROPERTIES, ResultReader::judgement);
    }

    private static JsonNode tree(byte[] document) throws InvalidResultException {
        if (document.length > MAXIMUM_BYTES) {
            throw new InvalidResultException("the document has %d bytes, more than %d"
                    .formatted(document.length, MAXIMUM_BYTES));
        }
        try {
            return MAPPER.readTree(document);
        } catch (JacksonException e) {
            throw new InvalidResultException("no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static RunResult run(JsonMembers run) throws InvalidResultException {
        RunResult read = new RunResult(
                name(run, "scenario"),
                name(run, "policy"),
                name(run, "monitor"),
                run.number("seed", 0, Long.MAX_VALUE),
                run.objects("properties", MAXIMUM_PROPERTIES, ResultReader::property),
                securitySupport(run),
                Duration.ZERO);
        if (!run.text("bundle", MAXIMUM_PATH).equals(read.folder())) {
            throw run.problem("bundle", "is not '%s'".formatted(read.folder()));
        }
        return read;
    }

    private static @Nullable SecuritySupport securitySupport(JsonMembers run)
            throws InvalidResultException {
        if (!run.node().has("securitySupport")) {
            return null;
        }
        JsonMembers support = run.object("securitySupport");
        String name = support.text("claim", MAXIMUM_NAME);
        return new SecuritySupport(
                Arrays.stream(SecuritySupport.Claim.values())
                        .filter(claim -> ResultJson.nameOf(claim).equals(name))
                        .findFirst()
                        .orElseThrow(() -> support.problem("claim", "is no claim")),
                support.text("statement", MAXIMUM_STATEMENT),
                support.text("source", MAXIMUM_STATEMENT));
    }

    private static PropertyResult property(JsonMembers property) throws InvalidResultException {
        Verdict expected = property.node().has("expected") ? verdict(property, "expected") : null;
        return new PropertyResult(
                judgement(property),
                expected,
                property.optionalText("accepted", MAXIMUM_TEXT).orElse(null),
                until(property));
    }

    private static @Nullable LocalDate until(JsonMembers property) throws InvalidResultException {
        Optional<String> text = property.optionalText("acceptedUntil", MAXIMUM_NAME);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return LocalDate.parse(text.get());
        } catch (DateTimeParseException e) {
            throw property.problem("acceptedUntil", "is no date");
        }
    }

    private static Judgement judgement(JsonMembers judgement) throws InvalidResultException {
        return new Judgement(
                question(judgement),
                verdict(judgement, "verdict"),
                judgement.text("reason", MAXIMUM_TEXT),
                judgement.objects("evidence", MAXIMUM_REFERENCES, ResultReader::reference),
                judgement.optionalObjects("figures", MAXIMUM_FIGURES, ResultReader::figure));
    }

    private static Question question(JsonMembers judgement) throws InvalidResultException {
        String subject = judgement.text("subject", MAXIMUM_PATH);
        List<String> machines = List.of(subject.split(PAIR, -1));
        Optional<String> observer = judgement.optionalText("observer", MAXIMUM_NAME);
        boolean proper = machines.stream().allMatch(ResultReader::isName)
                && observer.stream().allMatch(ResultReader::isName);
        if (!proper) {
            throw judgement.problem("subject", "or observer is no name of a machine");
        }
        return new Question(name(judgement, "property"), machines, observer.orElse(""));
    }

    private static EvidenceReference reference(JsonMembers reference)
            throws InvalidResultException {
        String file = reference.text("file", MAXIMUM_PATH);
        if (!FILE.matcher(file).matches()) {
            throw reference.problem("file", "is not the name of a run's file");
        }
        if (reference.node().has("offsets")) {
            return new ImageReference(
                    file,
                    reference.numbers(
                            "offsets", 0, Long.MAX_VALUE, ImageReference.MAXIMUM_OFFSETS));
        }
        if (reference.node().has("lines")) {
            return events(reference, file);
        }
        return frames(reference, file);
    }

    private static EvidenceReference events(JsonMembers reference, String file)
            throws InvalidResultException {
        EventReference events = new EventReference(
                reference
                        .numbers("lines", 1, Integer.MAX_VALUE, EventReference.MAXIMUM_LINES)
                        .stream()
                        .map(Math::toIntExact)
                        .toList());
        if (!events.file().equals(file)) {
            throw reference.problem("file", "is not '%s'".formatted(events.file()));
        }
        return events;
    }

    private static EvidenceReference frames(JsonMembers reference, String file)
            throws InvalidResultException {
        SortedMap<Integer, String> comments = new TreeMap<>();
        for (long frame :
                reference.numbers("frames", 1, Integer.MAX_VALUE, Judgement.MAXIMUM_FRAMES)) {
            comments.put(Math.toIntExact(frame), "");
        }
        return new FrameReference(file, comments);
    }

    private static Figure figure(JsonMembers figure) throws InvalidResultException {
        return new Figure(
                name(figure, "name"),
                figure.text("value", MAXIMUM_NAME),
                figure.text("unit", MAXIMUM_NAME));
    }

    private static Summary counts(JsonMembers counts) throws InvalidResultException {
        return new Summary(
                count(counts, "upheld"),
                count(counts, "violated"),
                count(counts, "inconclusive"),
                count(counts, "notApplicable"),
                count(counts, "error"),
                count(counts, "accepted"),
                count(counts, "unexpected"));
    }

    private static int count(JsonMembers counts, String name) throws InvalidResultException {
        return Math.toIntExact(counts.number(name, 0, MAXIMUM_RUNS * (long) MAXIMUM_PROPERTIES));
    }

    private static Verdict verdict(JsonMembers members, String name) throws InvalidResultException {
        String text = members.text(name, MAXIMUM_NAME);
        return Arrays.stream(Verdict.values())
                .filter(verdict -> ResultJson.nameOf(verdict).equals(text))
                .findFirst()
                .orElseThrow(() -> members.problem(name, "is no verdict"));
    }

    private static String name(JsonMembers members, String name) throws InvalidResultException {
        String text = members.text(name, MAXIMUM_NAME);
        if (!isName(text)) {
            throw members.problem(
                    name, "is not a name of at most 64 lower-case letters, digits, '.' and '-'");
        }
        return text;
    }

    private static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
