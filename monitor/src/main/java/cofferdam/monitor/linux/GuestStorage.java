package cofferdam.monitor.linux;

import cofferdam.monitor.Cable;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.ImageStore;
import cofferdam.monitor.Offer;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.RunningTime;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.guest.Residents;
import cofferdam.monitor.image.FileOnDisk;
import cofferdam.monitor.policy.DiskPolicy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The disks of a host's real guests: image files in a folder of the hypervisor's, made by the
 * testbed's own code in the policy's format.
 */
final class GuestStorage {

    /** Keeps the disks' choices apart from the network's, which start from the seed itself. */
    private static final long STREAM = 0xd15c_0000_b10c_5eedL;

    /** A file of the host's own, beside the images. */
    private static final String HOST_FILE = "host.secret";

    private static final String IMAGES = "images";
    private static final String MONITOR = "monitor";

    private final HostSetup setup;
    private final Hypervisor hypervisor;
    private final DiskPolicy kept;
    private final ImageFolder folder;
    private final StorageLog log;
    private final SplittableRandom random;
    private final SortedMap<String, GuestBay> bays = new TreeMap<>();

    /** @throws IOException if the folder of the images cannot be made */
    GuestStorage(HostSetup setup, Hypervisor hypervisor, RunningTime time) throws IOException {
        this.setup = setup;
        this.hypervisor = hypervisor;
        kept = hypervisor.kept(setup.policy().disk());
        folder = new ImageFolder(hypervisor.folder().resolve(IMAGES));
        log = new StorageLog(time, setup.evidence());
        random = new SplittableRandom(setup.seed() ^ STREAM);
    }

    /**
     * Fails if guests are to have disks that the hypervisor cannot give them.
     *
     * @throws RefusedSetupException with the hypervisor's reason
     */
    static void requirePossible(HostSetup setup, Hypervisor hypervisor)
            throws RefusedSetupException {
        Optional<String> refusal = refusal(hypervisor.kept(setup.policy().disk()), hypervisor);
        if (!setup.disks().isEmpty() && refusal.isPresent()) {
            throw new RefusedSetupException(refusal.get());
        }
    }

    private static Optional<String> refusal(DiskPolicy policy, Hypervisor hypervisor) {
        return switch (policy.integrity()) {
            case NONE -> hypervisor.refuses(policy);
            case HASH, AEAD ->
                Optional.of("%s does not verify disk images, as disk.integrity asks"
                        .formatted(hypervisor.name()));
        };
    }

    /** What a guest has of its disk and its power; called once for each guest. */
    GuestDiskFacility facility(PoweredGuest guest, Cable cable) {
        GuestBay bay =
                new GuestBay(guest, kept, refusal(kept, hypervisor), folder, random.split(), log);
        bays.put(guest.name(), bay);
        return new GuestDiskFacility(bay, new GuestPower(guest, bay, cable, log), log);
    }

    /**
     * The image files as the host's operating system has them; none where they are of another format than
     * the policy's, so that nobody takes what becomes of them for an answer.
     */
    Offer<ImageStore> ofHost() {
        DiskPolicy.Format asked = setup.policy().disk().format();
        if (kept.format() != asked) {
            return new Offer.Missing<>("%s keeps the disks in format %s, not %s as the policy asks"
                    .formatted(hypervisor.name(), word(kept.format()), word(asked)));
        }
        return new Offer.Available<>(
                new HostImages(Residents.HOST.name(), folder, bays.values(), log));
    }

    private static String word(DiskPolicy.Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Makes the disks that the setup asks for, each with a system on it.
     *
     * @throws IOException if one cannot be made
     */
    void install() throws IOException {
        if (setup.disks().isEmpty()) {
            return;
        }
        for (Map.Entry<String, Long> disk : setup.disks().entrySet()) {
            GuestBay bay = bays.get(disk.getKey());
            if (bay == null) {
                throw new IOException("there is no guest '%s' for a disk".formatted(disk.getKey()));
            }
            bay.install(disk.getValue());
        }
        placeHostFile();
        keepImages("0-installed");
    }

    /** Keeps every image as it is now. */
    void keepImages(String moment) {
        List<String> images = bays.values().stream()
                .filter(GuestBay::hasDisk)
                .map(GuestBay::image)
                .toList();
        if (images.isEmpty()) {
            return;
        }
        log.record(time -> new Event.ImagesKept(time, MONITOR, moment));
        for (String image : images) {
            try {
                // Which blocks of this computer's own storage a file has is not known.
                setup.evidence().image(moment, image, folder.content(image), List.of());
            } catch (IOException e) {
                throw new UncheckedIOException("%s cannot be kept".formatted(image), e);
            }
        }
    }

    private void placeHostFile() throws IOException {
        Canary canary = Canary.of(random.nextLong(), random.nextLong());
        String text = "password = %s\n".formatted(canary);
        try (FileOnDisk file = folder.create(HOST_FILE)) {
            file.write(0, text.getBytes(StandardCharsets.UTF_8));
        }
        log.record(
                time -> new Event.HostFilePlaced(time, Residents.HOST.name(), HOST_FILE, canary));
    }
}
