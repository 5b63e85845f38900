package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.PlainRange;
import cofferdam.monitor.disk.Problem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the two headers of LUKS2 (LUKS2 On-Disk Format 1.1.3, section 2) and takes the first whose
 * checksum is right, as cryptsetup does.
 */
final class Luks2Reader {

    private final ByteSource source;
    private final List<Problem> problems = new ArrayList<>();
    private final List<PlainRange> structures = new ArrayList<>();

    private Luks2Reader(ByteSource source) {
        this.source = source;
    }

    static LuksHeader read(ByteSource source) throws IOException {
        return new Luks2Reader(source).read();
    }

    private LuksHeader read() throws IOException {
        Luks2Copy first = copy(0, "first");
        Luks2Copy second = first == null ? secondAnywhere() : copy(first.size(), "second");
        Luks2Copy chosen = first != null ? first : second;
        if (chosen == null) {
            throw new MalformedImageException(
                    LuksProblem.CHECKSUM, "neither header is what its checksum is of");
        }
        if (first != null && second != null && !first.saysTheSame(second)) {
            problems.add(new Problem(
                    LuksProblem.HEADERS_DIFFER,
                    "sequence number %d at 0 and %d at %d"
                            .formatted(first.sequence(), second.sequence(), second.offset())));
        }
        structures.add(new PlainRange("first LUKS2 header", 0, chosen.size()));
        structures.add(new PlainRange("second LUKS2 header", chosen.size(), chosen.size()));
        return new Luks2Metadata(source, chosen, problems, structures).read();
    }

    /** The header there; null where there is none with a right checksum, which is a problem. */
    private @Nullable Luks2Copy copy(long offset, String which) throws IOException {
        Luks2Copy copy = Luks2Copy.at(source, offset);
        if (copy == null) {
            problems.add(new Problem(
                    LuksProblem.CHECKSUM,
                    "the %s header at %d is missing or not what its checksum is of"
                            .formatted(which, offset)));
        }
        return copy;
    }

    private @Nullable Luks2Copy secondAnywhere() throws IOException {
        for (long offset = Luks2Header.SIZE; offset <= LuksLimits.HEADER; offset *= 2) {
            Luks2Copy copy = Luks2Copy.at(source, offset);
            if (copy != null) {
                return copy;
            }
        }
        return null;
    }
}
