package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Reference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Opens an image and, where that is allowed, what it names. */
final class ImageChain {

    /** The most images in a chain, the first included. */
    static final int DEEPEST = 16;

    private final HostFiles host;
    private final Formats formats;
    private final Unlocker unlocker;
    private final Problems problems;
    private final Map<Integer, Layer> layers = new TreeMap<>();
    private final List<ImageReport.ChainLink> links = new ArrayList<>();
    private final Set<Object> ancestors = new HashSet<>();
    private int opened;
    private boolean complete = true;

    ImageChain(HostFiles host, Formats formats, Unlocker unlocker, Problems problems) {
        this.host = host;
        this.formats = formats;
        this.unlocker = unlocker;
        this.problems = problems;
    }

    /** The layers, the image itself first. */
    List<Layer> layers() {
        return List.copyOf(layers.values());
    }

    /** What the images of the chain name. */
    List<ImageReport.ChainLink> links() {
        return List.copyOf(links);
    }

    /** Whether every image that was opened could be read, with all files that hold its data. */
    boolean isComplete() {
        return complete;
    }

    /**
     * Opens an image and its chain.
     *
     * @param declared its format, or empty for the one that its signature tells
     */
    Layer open(MappedFile file, String declared) throws IOException {
        int number = opened++;
        ancestors.add(file.key());
        Set<Reference> followed = new HashSet<>();
        Formats.Opened image = openAs(formatOf(file, declared), file, reference -> {
            Optional<ByteSource> extent = extent(file, reference);
            extent.ifPresent(found -> followed.add(reference));
            return extent;
        });
        problems.addAll(image.image().problems());
        problems.addAll(image.problems());
        tellOtherFormats(file, image.image().problems());
        List<Reference> references = image.image().references();
        for (Reference reference : references) {
            if (followed.contains(reference)) {
                link(reference, "", true);
            } else if (reference.role() != Reference.Role.BACKING) {
                complete = false;
                refuse(reference);
            }
        }
        Optional<ByteSource> backing = backing(file, references);
        Layer layer = new Layer(
                number,
                backing.isPresent() ? image.withBacking().on(backing.get()) : image.image(),
                image.image().files().stream().map(this::indexOf).toList(),
                image.unlocked(),
                backing.isPresent());
        layers.put(number, layer);
        ancestors.remove(file.key());
        return layer;
    }

    private String formatOf(MappedFile file, String declared) throws IOException {
        List<String> signatures = formats.signatures(file);
        if (declared.isEmpty()) {
            return signatures.isEmpty() ? Formats.RAW : signatures.getFirst();
        }
        boolean isOther = !signatures.isEmpty() && !signatures.contains(declared);
        if (isOther && !declared.equals(Formats.RAW)) {
            problems.add(
                    AuditProblem.FORMAT_CONFUSION,
                    "it is declared as %s and has the signature of %s"
                            .formatted(declared, signatures.getFirst()));
        }
        return declared;
    }

    private void tellOtherFormats(MappedFile file, List<Problem> told) throws IOException {
        List<String> signatures = formats.signatures(file);
        boolean isTold = told.stream()
                .anyMatch(problem -> problem.kind() == ContainerProblem.SEVERAL_FORMATS);
        if (signatures.size() > 1 && !isTold) {
            problems.add(ContainerProblem.SEVERAL_FORMATS, String.join(" and ", signatures));
        }
    }

    private Formats.Opened openAs(String format, MappedFile file, Opener opener)
            throws IOException {
        try {
            return formats.open(format, file, opener, unlocker);
        } catch (MalformedImageException e) {
            complete = false;
            problems.add("", e);
            problems.add(
                    AuditProblem.IMAGE_NOT_READ,
                    "as %s: only its bytes as they are were searched".formatted(format));
            return Formats.Opened.alone(new OpaqueImage(format, file));
        }
    }

    private int indexOf(ByteSource source) {
        for (int i = 0; i < host.all().size(); i++) {
            if (host.all().get(i) == source) {
                return i;
            }
        }
        return -1;
    }

    private Optional<ByteSource> extent(MappedFile from, Reference reference) {
        return reference.role() == Reference.Role.EXTENT
                ? host.open(from, reference.name()).map(file -> file)
                : Optional.empty();
    }

    /** Opens the image behind this one, by the first of its names that leads to a file. */
    private Optional<ByteSource> backing(MappedFile from, List<Reference> references)
            throws IOException {
        List<Reference> names = references.stream()
                .filter(reference -> reference.role() == Reference.Role.BACKING)
                .toList();
        if (!names.isEmpty() && ancestors.size() >= DEEPEST) {
            problems.add(
                    AuditProblem.CHAIN_TOO_DEEP,
                    "'%s' would be image %d".formatted(names.getFirst().name(), DEEPEST + 1));
            link(names.getFirst(), "", false);
            return Optional.empty();
        }
        for (Reference name : names) {
            Optional<MappedFile> file = host.open(from, name.name());
            if (file.isPresent()) {
                return backing(name, file.get());
            }
        }
        if (!names.isEmpty()) {
            refuse(names.getFirst());
        }
        return Optional.empty();
    }

    private Optional<ByteSource> backing(Reference name, MappedFile file) throws IOException {
        if (ancestors.contains(file.key())) {
            problems.add(AuditProblem.BACKING_LOOP, "by the name '%s'".formatted(name.name()));
            link(name, "", false);
            return Optional.empty();
        }
        link(name, "backing:" + opened, true);
        Layer layer = open(file, name.format());
        return layer.image().views().isEmpty() ? Optional.empty() : Optional.of(layer.content(0));
    }

    private void refuse(Reference reference) {
        problems.add(
                AuditProblem.REFERENCE_REFUSED,
                "%s '%s' is not opened".formatted(nameOf(reference), reference.name()));
        link(reference, "", false);
    }

    private void link(Reference reference, String layer, boolean wasOpened) {
        links.add(new ImageReport.ChainLink(
                nameOf(reference), reference.name(), reference.format(), layer, wasOpened));
    }

    private static String nameOf(Reference reference) {
        return reference.role().name().toLowerCase(Locale.ROOT);
    }
}
