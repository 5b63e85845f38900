package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileSystem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.PlainRange;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.SectorCipher;
import cofferdam.monitor.disk.bitlocker.BitLockerVolume;
import cofferdam.monitor.disk.ext.ExtFileSystem;
import cofferdam.monitor.disk.fat.FatFileSystem;
import cofferdam.monitor.disk.luks.LuksVolume;
import cofferdam.monitor.disk.luks.Payload;
import cofferdam.monitor.disk.ntfs.NtfsFileSystem;
import cofferdam.monitor.disk.swap.SwapArea;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Recognises what is in one partition and opens it. */
final class VolumeOpener {

    private final Unlocker unlocker;
    private final List<Problem> problems;
    private final int partition;
    private final Volumes.Range range;

    /**
     * @param problems takes what is wrong
     * @param partition its number, or 0 for the whole disk
     * @param range where it lies on the disk
     */
    VolumeOpener(Unlocker unlocker, List<Problem> problems, int partition, Volumes.Range range) {
        this.unlocker = unlocker;
        this.problems = problems;
        this.partition = partition;
        this.range = range;
    }

    Volumes.Volume open(ByteSource bytes) throws IOException {
        try {
            if (LuksVolume.recognises(bytes)) {
                return luks(bytes);
            }
            if (BitLockerVolume.recognises(bytes)) {
                return bitLocker(bytes);
            }
        } catch (MalformedImageException e) {
            add(e.problem());
        }
        return plain(bytes);
    }

    private Volumes.Volume luks(ByteSource bytes) throws IOException {
        LuksVolume luks = LuksVolume.open(bytes);
        luks.problems().forEach(this::add);
        String kind = "luks" + luks.version();
        List<PlainRange> plain = luks.plainRanges();
        Payload payload = luks.payload();
        Optional<SectorCipher> cipher = unlocker.cipher(luks, this::add);
        if (cipher.isEmpty()) {
            return new Volumes.Volume(
                    partition,
                    range,
                    "crypto_LUKS",
                    new Volumes.Cover(kind, plain),
                    null,
                    range.offset() + payload.offset(),
                    null);
        }
        ByteSource content = Unlocker.payload(bytes, payload, cipher.get());
        return volume(content, range.offset() + payload.offset(), new Volumes.Cover(kind, plain));
    }

    /** What keeps it closed is not undone: its content is searched as it is. */
    private Volumes.Volume bitLocker(ByteSource bytes) throws IOException {
        BitLockerVolume volume = BitLockerVolume.open(bytes);
        volume.problems().forEach(this::add);
        Volumes.Cover cover = new Volumes.Cover("bitlocker", volume.plainRanges());
        return new Volumes.Volume(partition, range, "BitLocker", cover, null, range.offset(), null);
    }

    private Volumes.Volume plain(ByteSource bytes) throws IOException {
        return volume(bytes, range.offset(), Volumes.Cover.NONE);
    }

    private Volumes.Volume volume(ByteSource content, long offset, Volumes.Cover cover)
            throws IOException {
        String type = "";
        FileSystem fileSystem = null;
        try {
            type = typeOf(content);
            fileSystem = fileSystem(content, type);
        } catch (MalformedImageException e) {
            add(e.problem());
        }
        if (fileSystem != null) {
            type = fileSystem.type();
            fileSystem.problems().forEach(this::add);
        }
        return new Volumes.Volume(partition, range, type, cover, content, offset, fileSystem);
    }

    /** What is in the content, as {@code blkid} calls it; empty if that is not known. */
    private String typeOf(ByteSource content) throws IOException {
        if (SwapArea.recognises(content)) {
            SwapArea.read(content).problems().forEach(this::add);
            return Volumes.Volume.SWAP;
        }
        if (NtfsFileSystem.recognises(content)) {
            return "ntfs";
        }
        if (ExtFileSystem.recognises(content)) {
            return "ext4";
        }
        if (FatFileSystem.isExFat(content)) {
            add(new Problem(AuditProblem.FILE_SYSTEM_NOT_READ, "exfat"));
            return "exfat";
        }
        return FatFileSystem.recognises(content) ? "vfat" : "";
    }

    private static @Nullable FileSystem fileSystem(ByteSource content, String type)
            throws IOException {
        return switch (type) {
            case "ntfs" -> NtfsFileSystem.open(content);
            case "ext4" -> ExtFileSystem.open(content);
            case "vfat" -> FatFileSystem.open(content);
            default -> null;
        };
    }

    private void add(Problem problem) {
        String where = partition == 0 ? "disk" : "partition " + partition;
        problems.add(new Problem(problem.kind(), where + ": " + problem.detail()));
    }
}
