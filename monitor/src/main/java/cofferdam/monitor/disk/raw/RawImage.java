package cofferdam.monitor.disk.raw;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.ContainerEncryption;
import cofferdam.monitor.disk.DiskImage;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.ExtentRuns;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Reference;
import cofferdam.monitor.disk.View;
import cofferdam.monitor.disk.signature.ImageSignature;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** An image that is declared raw: one view, which is the file. */
public final class RawImage implements DiskImage {

    private final ByteSource file;
    private final List<Problem> problems;

    private RawImage(ByteSource file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Takes the file for raw, whatever it holds, and tells each container's header that it carries.
     *
     * @throws IOException if the file cannot be read
     */
    public static RawImage open(ByteSource file) throws IOException {
        return new RawImage(file, headers(file));
    }

    /**
     * The containers' headers that a file of raw bytes carries, as {@link
     * RawProblem#IMAGE_HEADER_IN_RAW}.
     *
     * @throws IOException if the file cannot be read
     */
    public static List<Problem> headers(ByteSource file) throws IOException {
        return ImageSignature.allOf(file).stream()
                .filter(ImageSignature::isContainer)
                .map(signature -> new Problem(
                        RawProblem.IMAGE_HEADER_IN_RAW,
                        "the raw bytes would pass for %s".formatted(signature.format())))
                .toList();
    }

    @Override
    public String format() {
        return "raw";
    }

    @Override
    public long virtualSize() {
        return file.size();
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
        return List.of(new View(View.ACTIVE, file));
    }

    @Override
    public List<Reference> references() {
        return List.of();
    }

    @Override
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public List<Problem> walk(Consumer<Extent> visitor) {
        ExtentRuns runs = new ExtentRuns(visitor);
        runs.data(0, 0, file.size(), 0, 0);
        runs.finish();
        return List.of();
    }

    @Override
    public byte[] decode(Extent extent) {
        throw new IllegalArgumentException("a raw image has no compressed extents");
    }
}
