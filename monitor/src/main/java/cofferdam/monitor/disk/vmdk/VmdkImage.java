package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ContainerEncryption;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.DiskImage;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemTally;
import cofferdam.monitor.disk.Reference;
import cofferdam.monitor.disk.View;
import cofferdam.monitor.disk.signature.ImageSignature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A VMDK image: monolithicSparse, streamOptimized, monolithicFlat, twoGbMaxExtentSparse,
 * twoGbMaxExtentFlat and vmfs. COWD and seSparse extents are recognised, not read.
 */
public final class VmdkImage implements DiskImage {

    private final List<ByteSource> files;
    private final Parts parts;
    private final List<Reference> references;
    private final List<Problem> problems;

    private VmdkImage(
            List<ByteSource> files,
            Parts parts,
            List<Reference> references,
            List<Problem> problems) {
        this.files = files;
        this.parts = parts;
        this.references = references;
        this.problems = problems;
    }

    /**
     * Whether the file is a VMDK of any kind, COWD and seSparse included.
     *
     * @throws IOException if the file cannot be read
     */
    public static boolean recognises(ByteSource file) throws IOException {
        return signature(file).isPresent();
    }

    private static Optional<ImageSignature> signature(ByteSource file) throws IOException {
        return ImageSignature.allOf(file).stream()
                .filter(signature -> signature.format().equals("vmdk"))
                .findFirst();
    }

    /**
     * Opens an image and, as far as the opener agrees, the extents that it names; the parent is only
     * named, and {@link #withBacking} gives the image its bytes. A run whose extent is not opened is
     * a problem, and reading it fails.
     *
     * @throws MalformedImageException if it is none that is read, or what it says cannot be followed
     * @throws IOException if a file cannot be read
     */
    public static VmdkImage open(ByteSource file, Opener opener) throws IOException {
        ImageSignature signature = signature(file)
                .orElseThrow(() -> new MalformedImageException(
                        VmdkProblem.HEADER, "neither a sparse extent nor a descriptor"));
        if (!signature.isRead()) {
            throw new MalformedImageException(
                    CommonProblem.NOT_READ,
                    signature == ImageSignature.VMDK_COWD ? "a COWD extent" : "a seSparse extent");
        }
        ProblemTally problems = new ProblemTally();
        tellOtherFormats(file, signature, problems);
        if (signature == ImageSignature.VMDK_DESCRIPTOR) {
            return assembled(file, Descriptor.in(file, 0, file.size(), problems), opener, problems);
        }
        return sparse(file, opener, problems);
    }

    private static VmdkImage sparse(ByteSource file, Opener opener, ProblemTally problems)
            throws IOException {
        SparsePart part = SparsePart.open(0, file, problems);
        SparseHeader header = part.header();
        if (header.descriptorOffset() <= 0 || header.descriptorSize() <= 0) {
            return new VmdkImage(
                    List.of(file), new Parts(List.of(part)), List.of(), problems.problems());
        }
        if (header.capacity() == 0) {
            return assembled(file, embedded(file, header, problems), opener, problems);
        }
        List<Reference> references = List.of();
        try {
            Descriptor descriptor = embedded(file, header, problems);
            tellOtherExtents(header, descriptor, problems);
            references = parent(descriptor, problems);
        } catch (MalformedImageException e) {
            // The tables are enough to read the disk; only the parent's name is lost.
            problems.add(e.problem());
        }
        return new VmdkImage(
                List.of(file), new Parts(List.of(part)), references, problems.problems());
    }

    private static Descriptor embedded(ByteSource file, SparseHeader header, ProblemTally problems)
            throws IOException {
        long most = file.size() / BlockDevice.SECTOR + 1;
        return Descriptor.in(
                file,
                Math.min(header.descriptorOffset(), most) * BlockDevice.SECTOR,
                Math.min(header.descriptorSize(), most) * BlockDevice.SECTOR,
                problems);
    }

    private static VmdkImage assembled(
            ByteSource file, Descriptor descriptor, Opener opener, ProblemTally problems)
            throws IOException {
        Assembly assembly = new Assembly(file, opener, problems);
        List<Part> parts = new ArrayList<>();
        for (ExtentLine line : descriptor.extents()) {
            parts.add(assembly.part(line));
        }
        if (parts.isEmpty()) {
            problems.add(VmdkProblem.DESCRIPTOR, "no extents");
        }
        List<Reference> references = new ArrayList<>(parent(descriptor, problems));
        references.addAll(assembly.references());
        return new VmdkImage(
                assembly.files(), new Parts(parts), List.copyOf(references), problems.problems());
    }

    private static List<Reference> parent(Descriptor descriptor, ProblemTally problems) {
        if (descriptor.parent().isEmpty()) {
            return List.of();
        }
        Reference parent = new Reference(Reference.Role.BACKING, descriptor.parent(), "vmdk");
        Descriptor.tellName(parent, problems);
        return List.of(parent);
    }

    /** A sparse file with its own descriptor is one extent, of which the descriptor has one line. */
    private static void tellOtherExtents(
            SparseHeader header, Descriptor descriptor, ProblemTally problems) {
        for (ExtentLine line : descriptor.extents()) {
            boolean itself = line.type() == ExtentLine.Type.SPARSE
                    && line.length() == header.capacityBytes()
                    && descriptor.extents().size() == 1;
            if (!itself) {
                problems.add(
                        VmdkProblem.CONTRADICTING_DESCRIPTOR,
                        "%s of %d bytes in %s".formatted(line.type(), line.length(), line.name()));
            }
            if (line.type() != ExtentLine.Type.ZERO) {
                Descriptor.tellName(line.reference(), problems);
            }
        }
    }

    private static void tellOtherFormats(ByteSource file, ImageSignature own, ProblemTally problems)
            throws IOException {
        for (ImageSignature other : ImageSignature.allOf(file)) {
            if (other.isContainer() && other != own) {
                problems.add(
                        ContainerProblem.SEVERAL_FORMATS, "vmdk and %s".formatted(other.format()));
            }
        }
    }

    /**
     * The same image over its parent: what it does not have itself is read from there, and as zeros
     * where the parent is shorter.
     *
     * @param parent the parent's disk as a guest sees it
     * @throws IOException never in practice: the parts lie inside the disk
     */
    public VmdkImage withBacking(ByteSource parent) throws IOException {
        return new VmdkImage(files, parts.over(parent), references, problems);
    }

    @Override
    public String format() {
        return "vmdk";
    }

    @Override
    public long virtualSize() {
        return parts.size();
    }

    @Override
    public ContainerEncryption encryption() {
        return ContainerEncryption.NONE;
    }

    @Override
    public List<ByteSource> files() {
        return files;
    }

    @Override
    public List<View> views() {
        return List.of(new View(View.ACTIVE, parts));
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
        return new VmdkWalk(files, parts, visitor).walk();
    }

    @Override
    public byte[] decode(Extent extent) throws IOException {
        for (Part part : parts.all()) {
            if (part instanceof SparsePart sparse && sparse.file() == extent.file()) {
                return sparse.decompressed(
                        extent.fileOffset(), Math.toIntExact(extent.guestLength()));
            }
        }
        throw new IllegalArgumentException(
                "file %d has no compressed extents".formatted(extent.file()));
    }
}
