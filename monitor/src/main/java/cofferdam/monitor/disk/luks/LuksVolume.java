package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.PlainRange;
import cofferdam.monitor.disk.Problem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A LUKS volume of version 1 (LUKS On-Disk Format 1.2.3) or 2 (LUKS2 On-Disk Format 1.1.3). Opening
 * reads the headers only; unlocking takes the work that they ask for, within limits.
 */
public final class LuksVolume {

    private final ByteSource source;
    private final LuksHeader header;
    private final List<Problem> problems;

    private LuksVolume(ByteSource source, LuksHeader header) {
        this.source = source;
        this.header = header;
        List<Problem> all = new ArrayList<>(header.problems());
        all.addAll(Weaknesses.of(source, header));
        problems = List.copyOf(all);
    }

    /**
     * Whether a volume begins with a header of LUKS, or with 4096 zeros and has LUKS2's second one
     * further on. With anything else at its beginning it has been put to another use since.
     */
    public static boolean recognises(ByteSource source) throws IOException {
        return version(source) != 0;
    }

    /** 1 or 2; 0 where it is neither. */
    private static int version(ByteSource source) throws IOException {
        int count = (int) Math.min(Luks2Header.BINARY_SIZE, source.size());
        byte[] start = source.read(0, count);
        if (count >= 8 && Arrays.equals(start, 0, 6, Luks2Header.MAGIC, 0, 6) && start[6] == 0) {
            return start[7] == 1 || start[7] == 2 ? start[7] : 0;
        }
        if (!Arrays.equals(start, new byte[count])) {
            return 0;
        }
        for (long offset = Luks2Header.SIZE; offset <= LuksLimits.HEADER; offset *= 2) {
            if (Luks2Copy.begins(source, offset)) {
                return 2;
            }
        }
        return 0;
    }

    /**
     * Reads the headers.
     *
     * @throws MalformedImageException if they cannot be read, or both checksums of LUKS2 are wrong
     */
    public static LuksVolume open(ByteSource source) throws IOException {
        return switch (version(source)) {
            case 1 -> new LuksVolume(source, Luks1Reader.read(source));
            case 2 -> new LuksVolume(source, Luks2Reader.read(source));
            default -> throw new MalformedImageException(LuksProblem.INVALID, "no header of LUKS");
        };
    }

    /**
     * Makes a LUKS2 volume with one key slot out of a disk, of which only the headers and the slot
     * are written.
     *
     * @param random gives the volume key, the salts and the UUID; secret only if it is
     * @return the payload, which enciphers what is written to it
     * @throws MalformedImageException if the disk has no room for a sector
     */
    public static BlockDevice format(
            BlockDevice whole, byte[] passphrase, RandomGenerator random, Luks2Options options)
            throws IOException {
        return new Luks2Writer(options, random).write(whole, passphrase);
    }

    /** 1 or 2. */
    public int version() {
        return header.version();
    }

    /** Its UUID as text, as the header has it. */
    public String uuid() {
        return header.uuid();
    }

    /** Its label, or empty; version 1 has none. */
    public String label() {
        return header.label();
    }

    /** Where and how the data is enciphered. */
    public Payload payload() {
        return header.payload();
    }

    /** The key slots in use. */
    public List<KeySlot> keySlots() {
        return header.keys().stream().map(LockedKey::slot).toList();
    }

    /**
     * What is wrong or weak. A header that is read without its data, as that of a qcow2 file is, has
     * {@link LuksProblem#DETACHED} too.
     */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * What is not enciphered, in order of offset: headers, areas of key slots, the space between
     * them, whatever a reencryption has left, and a rest at the end.
     */
    public List<PlainRange> plainRanges() {
        return PlainSpace.of(source.size(), header);
    }

    /**
     * Tries a passphrase on all key slots.
     *
     * @throws IOException if the volume cannot be read
     */
    public Unlocking unlock(byte[] passphrase, UnlockLimits limits) throws IOException {
        return new Unlocker(source, header, limits).byPassphrase(passphrase);
    }

    /**
     * Opens it by the volume key itself, of which the digest is checked.
     *
     * @throws IOException if the volume cannot be read
     */
    public Unlocking unlockWithVolumeKey(byte[] key, UnlockLimits limits) throws IOException {
        return new Unlocker(source, header, limits).byVolumeKey(key);
    }
}
