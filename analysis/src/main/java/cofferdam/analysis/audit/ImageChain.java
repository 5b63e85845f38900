package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.Reference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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
    private final Keys keys;
    private final Problems problems;
    private final Map<Integer, Layer> layers = new TreeMap<>();
    private final List<ImageReport.ChainLink> links = new ArrayList<>();
    private final Set<Object> ancestors = new LinkedHashSet<>();
    private int opened;
    private boolean complete = true;

    ImageChain(HostFiles host, Formats formats, Keys keys, Problems problems) {
        this.host = host;
        this.formats = formats;
        this.keys = keys;
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
        String format = formatOf(file, declared);
        boolean[] hasBacking = {false};
        Opener opener = reference -> {
            Optional<ByteSource> source = follow(file, reference);
            hasBacking[0] |= source.isPresent() && reference.role() == Reference.Role.BACKING;
            return source;
        };
        Formats.Opened image = openAs(format, file, opener);
        List<Integer> indices = image.image().files().stream().map(this::indexOf).toList();
        Layer layer = new Layer(number, image.image(), indices, image.unlocked(), hasBacking[0]);
        layers.put(number, layer);
        problems.addAll(image.image().problems());
        ancestors.remove(file.key());
        return layer;
    }

    private String formatOf(MappedFile file, String declared) throws IOException {
        List<String> signatures = formats.signatures(file);
        if (signatures.size() > 1) {
            problems.add(
                    AuditProblem.POLYGLOT,
                    "it has the signatures of %s".formatted(String.join(" and ", signatures)));
        }
        if (declared.isEmpty()) {
            return signatures.isEmpty() ? Formats.RAW : signatures.getFirst();
        }
        if (!signatures.isEmpty() && !signatures.contains(declared)) {
            problems.add(
                    AuditProblem.FORMAT_CONFUSION,
                    "it is declared as %s and has the signature of %s"
                            .formatted(declared, signatures.getFirst()));
        }
        return declared;
    }

    private Formats.Opened openAs(String format, MappedFile file, Opener opener)
            throws IOException {
        try {
            return formats.open(format, file, opener, keys);
        } catch (MalformedImageException e) {
            complete = false;
            problems.add("", e);
            problems.add(
                    AuditProblem.IMAGE_NOT_READ,
                    "as %s: only its bytes as they are were searched".formatted(format));
            return new Formats.Opened(new OpaqueImage(format, file), false);
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

    private Optional<ByteSource> follow(MappedFile from, Reference reference) throws IOException {
        if (reference.role() == Reference.Role.DATA) {
            return refuse(reference);
        }
        Optional<MappedFile> file = host.open(from, reference.name());
        if (file.isEmpty()) {
            return refuse(reference);
        }
        if (reference.role() == Reference.Role.EXTENT) {
            link(reference, "", true);
            return Optional.of(file.get());
        }
        if (ancestors.contains(file.get().key())) {
            problems.add(AuditProblem.BACKING_LOOP, "by the name " + reference.name());
            link(reference, "", false);
            return Optional.empty();
        }
        if (ancestors.size() >= DEEPEST) {
            problems.add(
                    AuditProblem.CHAIN_TOO_DEEP,
                    "%s would be image %d".formatted(reference.name(), DEEPEST + 1));
            link(reference, "", false);
            return Optional.empty();
        }
        link(reference, "backing:" + opened, true);
        Layer layer = open(file.get(), reference.format());
        return layer.image().views().isEmpty()
                ? Optional.empty()
                : Optional.of(layer.content(0));
    }

    private Optional<ByteSource> refuse(Reference reference) {
        complete &= reference.role() == Reference.Role.BACKING;
        problems.add(
                AuditProblem.REFERENCE_REFUSED,
                "%s '%s' is not opened".formatted(nameOf(reference), reference.name()));
        link(reference, "", false);
        return Optional.empty();
    }

    private void link(Reference reference, String layer, boolean wasOpened) {
        links.add(new ImageReport.ChainLink(
                nameOf(reference), reference.name(), reference.format(), layer, wasOpened));
    }

    private static String nameOf(Reference reference) {
        return reference.role().name().toLowerCase(Locale.ROOT);
    }
}
