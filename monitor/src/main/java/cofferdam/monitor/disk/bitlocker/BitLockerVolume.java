package cofferdam.monitor.disk.bitlocker;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.PlainRange;
import cofferdam.monitor.disk.Problem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A BitLocker volume, as far as its plain parts tell of it: the first sector and three copies of the
 * metadata.
 */
public final class BitLockerVolume {

    private static final int SECTOR = 512;

    private final ByteSource source;
    private final BootSector boot;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Long> copies = new LinkedHashSet<>();
    private final Metadata metadata;

    private BitLockerVolume(ByteSource source, BootSector boot) throws IOException {
        this.source = source;
        this.boot = boot;
        copies.addAll(boot.metadata());
        metadata = read();
        judge();
    }

    /** Whether a volume begins with the first sector of BitLocker, in any of its variants. */
    public static boolean recognises(ByteSource source) throws IOException {
        return BootSector.of(source).isPresent();
    }

    /**
     * Reads the first sector and the metadata.
     *
     * @throws MalformedImageException if no copy of the metadata can be read, as {@link
     *     BitLockerProblem#METADATA}
     */
    public static BitLockerVolume open(ByteSource source) throws IOException {
        BootSector boot = BootSector.of(source)
                .orElseThrow(() -> new MalformedImageException(
                        BitLockerProblem.METADATA, "the first sector is not BitLocker's"));
        return new BitLockerVolume(source, boot);
    }

    private Metadata read() throws IOException {
        List<Metadata> good = new ArrayList<>();
        if (boot.variant() == Variant.VISTA) {
            // Its first sector tells of one copy, which tells of the others.
            Metadata.at(source, boot.metadata().getFirst())
                    .ifPresent(copy -> copies.addAll(copy.copies()));
        }
        for (long offset : copies) {
            Optional<Metadata> copy = Metadata.at(source, offset);
            if (copy.isEmpty()) {
                add(BitLockerProblem.METADATA, "the copy of the metadata at " + offset);
            }
            copy.ifPresent(good::add);
        }
        if (good.isEmpty()) {
            throw new MalformedImageException(
                    BitLockerProblem.METADATA, "no copy of the metadata can be read");
        }
        if (Set.copyOf(good).size() > 1) {
            problems.add(new Problem(
                    BitLockerProblem.METADATA_DIFFERS, "%d copies".formatted(good.size())));
        }
        return good.getFirst();
    }

    private void judge() {
        if (metadata.protectors().contains(Protector.CLEAR_KEY)) {
            add(BitLockerProblem.SUSPENDED, "a master key is protected by a clear key");
        }
        switch (metadata.method()) {
            case NONE -> add(BitLockerProblem.NOT_ENCRYPTED, "encryption method 0");
            case AES_CBC_128, AES_CBC_256 ->
                add(BitLockerProblem.WEAK_MODE, metadata.method().name());
            case UNKNOWN -> add(BitLockerProblem.UNKNOWN_METHOD, "the method of the data");
            case AES_CBC_128_DIFFUSER, AES_CBC_256_DIFFUSER, AES_XTS_128, AES_XTS_256 -> {}
        }
        if (encryptedSize() < lastSector()) {
            add(
                    BitLockerProblem.PARTIAL,
                    "%d of %d bytes".formatted(encryptedSize(), source.size()));
        }
        if (boot.onWrite()) {
            add(BitLockerProblem.ENCRYPT_ON_WRITE, "the first sector says so");
        }
    }

    /** Volumes may be a sector shorter than their partitions. */
    private long lastSector() {
        return source.size() - SECTOR;
    }

    private void add(BitLockerProblem kind, String detail) {
        problems.add(new Problem(kind, detail));
    }

    /** The layout of its first sector. */
    public Variant variant() {
        return boot.variant();
    }

    /** How its sectors are enciphered. */
    public EncryptionMethod method() {
        return metadata.method();
    }

    /** What its master keys are protected by, each copy once. */
    public List<Protector> protectors() {
        return metadata.protectors();
    }

    /**
     * How many bytes from the beginning on are enciphered, at most its size. Less than its size while
     * it is being enciphered or deciphered.
     */
    public long encryptedSize() {
        long told = metadata.encryptedSize();
        return told < 0 ? source.size() : Math.min(told, source.size());
    }

    /** What is wrong or weak. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /**
     * What is not enciphered, in order of offset and without overlaps: the first sectors, the copies
     * of the metadata, and the end that encryption has not come to.
     */
    public List<PlainRange> plainRanges() {
        List<PlainRange> known = new ArrayList<>();
        known.add(new PlainRange("first sectors", 0, metadata.headerSectors() * SECTOR));
        for (long offset : copies) {
            if (offset >= 0 && offset < source.size()) {
                known.add(new PlainRange("copy of the metadata", offset, metadata.size()));
            }
        }
        if (encryptedSize() < lastSector()) {
            known.add(new PlainRange(
                    "not enciphered", encryptedSize(), source.size() - encryptedSize()));
        }
        known.sort(Comparator.comparingLong(PlainRange::offset));
        List<PlainRange> ranges = new ArrayList<>();
        long done = 0;
        for (PlainRange range : known) {
            long start = Math.max(done, range.offset());
            long stop = Math.min(source.size(), range.offset() + range.length());
            if (stop > start) {
                ranges.add(new PlainRange(range.name(), start, stop - start));
                done = stop;
            }
        }
        return ranges;
    }
}
