package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.PaddedSource;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.ProblemTally;
import cofferdam.monitor.disk.Reference;
import cofferdam.monitor.disk.raw.RawImage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens the extents that a descriptor names, each file once, and makes parts of them. */
final class Assembly {

    private final Opener opener;
    private final ProblemTally problems;
    private final List<ByteSource> files = new ArrayList<>();
    private final Map<String, Integer> opened = new HashMap<>();
    private final Set<Reference> references = new LinkedHashSet<>();

    /** @param image the file that has the descriptor, which is the first of the files */
    Assembly(ByteSource image, Opener opener, ProblemTally problems) {
        this.opener = opener;
        this.problems = problems;
        files.add(image);
    }

    /**
     * The part of the disk that the line accounts for.
     *
     * @throws IOException if a file cannot be read, not if what it says cannot be followed
     */
    Part part(ExtentLine line) throws IOException {
        return switch (line.type()) {
            case ZERO -> new ZeroPart(line.length());
            case DEVICE -> {
                references.add(line.reference());
                yield missing(line, VmdkProblem.DEVICE_EXTENT, line.name());
            }
            case UNREAD -> {
                tell(line);
                yield missing(line, CommonProblem.NOT_READ, "the extent " + line.name());
            }
            case FLAT, SPARSE -> inFile(line);
        };
    }

    private Part inFile(ExtentLine line) throws IOException {
        tell(line);
        if (!line.readable()) {
            return new ZeroPart(line.length());
        }
        Optional<Integer> file = open(line.reference());
        if (file.isEmpty()) {
            return missing(line, VmdkProblem.EXTENT_NOT_OPENED, line.name());
        }
        return line.type() == ExtentLine.Type.FLAT
                ? flat(line, file.get())
                : sparse(line, file.get());
    }

    private void tell(ExtentLine line) {
        if (references.add(line.reference())) {
            Descriptor.tellName(line.reference(), problems);
        }
    }

    private Optional<Integer> open(Reference reference) throws IOException {
        Integer known = opened.get(reference.name());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<ByteSource> source = opener.open(reference);
        source.ifPresent(found -> {
            opened.put(reference.name(), files.size());
            files.add(found);
        });
        return source.map(found -> files.size() - 1);
    }

    private Part flat(ExtentLine line, int file) throws IOException {
        FlatPart part = new FlatPart(file, files.get(file), line.start(), line.length());
        if (part.available() < part.length()) {
            problems.add(
                    VmdkProblem.EXTENT_SIZE,
                    "%s has %d of %d bytes"
                            .formatted(line.name(), part.available(), part.length()));
        }
        if (line.start() == 0) {
            RawImage.headers(part.source()).forEach(problems::add);
        }
        return part;
    }

    private Part sparse(ExtentLine line, int file) throws IOException {
        try {
            SparsePart part = SparsePart.open(file, files.get(file), problems);
            if (part.length() != line.length()) {
                problems.add(
                        VmdkProblem.EXTENT_SIZE,
                        "%s is for %d bytes, the descriptor says %d"
                                .formatted(line.name(), part.length(), line.length()));
            }
            return part.over(PaddedSource.zeros(line.length()));
        } catch (MalformedImageException e) {
            Problem why = e.problem();
            return missing(line, why.kind(), "%s: %s".formatted(line.name(), why.detail()));
        }
    }

    private MissingPart missing(ExtentLine line, ProblemKind kind, String detail) {
        problems.add(kind, detail);
        return new MissingPart(line.length(), new Problem(kind, detail));
    }

    /** The image and the files that were opened. */
    List<ByteSource> files() {
        return List.copyOf(files);
    }

    /** The files that the lines named, each once. */
    Set<Reference> references() {
        return references;
    }
}
