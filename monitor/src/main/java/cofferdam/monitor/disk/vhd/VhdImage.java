package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Claims;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ContainerEncryption;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.DiskImage;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.ExtentRuns;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.PaddedSource;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemTally;
import cofferdam.monitor.disk.Reference;
import cofferdam.monitor.disk.View;
import cofferdam.monitor.disk.signature.ImageSignature;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * A VHD image: fixed, dynamic or differencing. A wrong checksum and a missing last footer are told
 * and read over, as whoever examines an image needs it.
 */
public final class VhdImage implements DiskImage {

    /** The largest disk, in bytes: 8 EiB less what sums may add. The format stops at 2 TiB. */
    private static final long LARGEST_DISK = 1L << 62;

    private final ByteSource file;
    private final FooterSearch found;
    private final Body body;
    private final ByteSource below;
    private final List<Reference> references;
    private final List<Problem> problems;

    private VhdImage(
            ByteSource file,
            FooterSearch found,
            Body body,
            ByteSource below,
            List<Reference> references,
            List<Problem> problems) {
        this.file = file;
        this.found = found;
        this.body = body;
        this.below = below;
        this.references = references;
        this.problems = problems;
    }

    /**
     * Whether the file has a VHD footer or the copy of one.
     *
     * @throws IOException if the file cannot be read
     */
    public static boolean recognises(ByteSource file) throws IOException {
        return ImageSignature.allOf(file).contains(ImageSignature.VHD);
    }

    /**
     * Opens an image. A differencing image names its parent in {@link #references}, several times in
     * general, the path relative to the image first; {@link #withBacking} gives it the parent's bytes.
     *
     * @throws MalformedImageException if there is no footer, or what it says cannot be followed
     * @throws IOException if the file cannot be read
     */
    public static VhdImage open(ByteSource file) throws IOException {
        ProblemTally problems = new ProblemTally();
        FooterSearch found = FooterSearch.in(file, problems);
        Footer footer = found.footer();
        if (footer.size() < 0 || footer.size() > LARGEST_DISK) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT, "a disk of %d bytes".formatted(footer.size()));
        }
        tellFooter(footer, problems);
        tellOtherFormats(file, problems);
        Body body = body(file, found, problems);
        List<Reference> references = ParentNames.of(file, body, problems);
        return new VhdImage(
                file,
                found,
                body,
                PaddedSource.zeros(footer.size()),
                references,
                problems.problems());
    }

    private static Body body(ByteSource file, FooterSearch found, ProblemTally problems)
            throws IOException {
        Footer footer = found.footer();
        return switch (footer.type()) {
            case Footer.FIXED -> {
                if (footer.size() > found.end()) {
                    problems.add(
                            CommonProblem.TRUNCATED,
                            "a fixed disk of %d bytes has %d"
                                    .formatted(footer.size(), found.end()));
                }
                yield new FixedBody(file, footer.size(), found.end());
            }
            case Footer.DYNAMIC, Footer.DIFFERENCING -> DynamicBody.open(file, footer, problems);
            default ->
                throw new MalformedImageException(
                        VhdProblem.HEADER, "a disk of type %d".formatted(footer.type()));
        };
    }

    private static void tellFooter(Footer footer, ProblemTally problems) {
        if (!footer.sizesAgree()) {
            problems.add(
                    VhdProblem.GEOMETRY,
                    "%d bytes by geometry, %d by the field"
                            .formatted(footer.geometry().size(), footer.currentSize()));
        }
        if (footer.saved()) {
            problems.add(VhdProblem.SAVED_STATE, "the footer's saved-state flag is set");
        }
    }

    private static void tellOtherFormats(ByteSource file, ProblemTally problems)
            throws IOException {
        for (ImageSignature other : ImageSignature.allOf(file)) {
            if (other.isContainer() && other != ImageSignature.VHD) {
                problems.add(
                        ContainerProblem.SEVERAL_FORMATS, "vpc and %s".formatted(other.format()));
            }
        }
    }

    /**
     * The same image over its parent: what it does not have itself is read from there, and as zeros
     * where the parent is shorter.
     *
     * @param parent the parent's disk as a guest sees it
     */
    public VhdImage withBacking(ByteSource parent) {
        PaddedSource fitted = new PaddedSource(parent, virtualSize());
        return new VhdImage(file, found, body, fitted, references, problems);
    }

    @Override
    public String format() {
        return ImageSignature.VHD.format();
    }

    @Override
    public long virtualSize() {
        return found.footer().size();
    }

    @Override
    public ContainerEncryption encryption() {
        return ContainerEncryption.NONE;
    }

    @Override
    public List<ByteSource> files() {
        return List.of(file);
    }

    @Override
    public List<View> views() {
        return List.of(new View(View.ACTIVE, body.content(below)));
    }

    @Override
    public List<Reference> references() {
        return references;
    }

    @Override
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public List<Problem> walk(Consumer<Extent> visitor) throws IOException {
        ExtentRuns runs = new ExtentRuns(visitor);
        Claims claims = new Claims(file.size());
        ProblemTally seen = new ProblemTally();
        claims.claim(found.end(), found.lastBytes());
        boolean hasCopy = found.footer().type() != Footer.FIXED && found.end() > 0;
        if (hasCopy) {
            claims.claim(0, Footer.BYTES);
            runs.metadata(0, 0, Footer.BYTES, "footer copy");
        }
        body.walk(runs, claims, seen);
        runs.metadata(0, found.end(), found.lastBytes(), "footer");
        runs.finish();
        return seen.problems();
    }

    @Override
    public byte[] decode(Extent extent) {
        throw new IllegalArgumentException("a VHD image has no compressed extents");
    }
}
