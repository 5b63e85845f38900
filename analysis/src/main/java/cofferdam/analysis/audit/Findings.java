package cofferdam.analysis.audit;

import cofferdam.analysis.rules.Rule;
import cofferdam.monitor.disk.Region;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Makes findings of matches: each once, in order of file and offset. */
final class Findings {

    private static final Comparator<Hit> ORDER = Comparator.<Hit>comparingInt(hit -> hit.file)
            .thenComparingLong(hit -> hit.fileOffset)
            .thenComparingLong(hit -> hit.guestOffset)
            .thenComparingInt(hit -> hit.rule)
            .thenComparing(hit -> hit.match.length(), Comparator.reverseOrder());

    private final Workspace work;
    private final List<MappedFile> files;
    private final List<Layer> layers;

    Findings(Workspace work, List<MappedFile> files, List<Layer> layers) {
        this.work = work;
        this.files = files;
        this.layers = layers;
    }

    List<Finding> all() {
        int rules = work.rules().rules().size();
        Hit[] latest = new Hit[rules];
        List<Finding> findings = new ArrayList<>();
        work.hits().all().stream()
                .filter(hit -> !hit.isStoredCopy)
                .sorted(ORDER)
                .forEach(hit -> {
                    if (latest[hit.rule] == null || !isInside(hit, latest[hit.rule])) {
                        latest[hit.rule] = hit;
                        findings.add(finding(hit));
                    }
                });
        return findings;
    }

    /** Whether one match is the other, or a part of it. */
    private static boolean isInside(Hit hit, Hit other) {
        boolean isSameView = hit.layer == other.layer && hit.view == other.view;
        if (isSameView && hit.guestOffset != Finding.NOWHERE) {
            return isInside(hit, other, hit.guestOffset - other.guestOffset);
        }
        return hit.file == other.file
                && hit.stored == Finding.Stored.PLAIN
                && other.stored == Finding.Stored.PLAIN
                && isInside(hit, other, hit.fileOffset - other.fileOffset);
    }

    private static boolean isInside(Hit hit, Hit other, long later) {
        return later >= 0
                && later + hit.match.length() <= other.match.length()
                && agree(hit.match, other.match, later);
    }

    /**
     * Whether the bytes of one are those of the other, as far as they are kept: across a border the
     * file goes on with other bytes than the disk does, and what matches there is not the same.
     */
    private static boolean agree(Match match, Match other, long later) {
        if (match.length() == other.length()) {
            return match.equals(other);
        }
        long kept = Math.min(match.head().length(), other.head().length() - later);
        return kept <= 0
                || other.head().startsWith(match.head().substring(0, (int) kept), (int) later);
    }

    private Finding finding(Hit hit) {
        Rule rule = work.rules().rules().get(hit.rule);
        int file = Math.max(0, hit.file);
        Region region = hit.region == null ? Region.CONTAINER : Objects.requireNonNull(hit.region);
        return new Finding(
                rule.id(),
                rule.severity(),
                files.get(file).path().toString(),
                Math.max(0, hit.fileOffset),
                hit.guestOffset,
                layer(hit),
                hit.partition,
                hit.fileSystem,
                region,
                hit.path,
                hit.stored,
                Math.max(1, hit.copies),
                hit.match);
    }

    private String layer(Hit hit) {
        return switch (hit.claim) {
            case ACTIVE, SNAPSHOT, MACHINE_STATE, COMPRESSED ->
                layers.get(hit.layer).nameOf(hit.view);
            case ZERO_FLAGGED -> Finding.ZERO_FLAGGED;
            case METADATA -> hit.layer == 0 ? "active" : "backing:" + hit.layer;
            case NONE ->
                hit.fileOffset >= work.accountedEnd(hit.file) ? Finding.TAIL : Finding.LEAKED;
        };
    }
}
