package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileSystem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ntfs.NtfsFileSystem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/** Recognises what is in one partition and opens it. */
final class VolumeOpener {

    private final Keys keys;
    private final List<Problem> problems;

    /** @param problems takes what is wrong */
    VolumeOpener(Keys keys, List<Problem> problems) {
        this.keys = keys;
        this.problems = problems;
    }

    /** @param offset where on the disk the partition begins, in bytes */
    Volumes.Volume open(int partition, ByteSource content, long offset) throws IOException {
        Volumes.Range range = new Volumes.Range(offset, content.size());
        return plain(partition, range, content, offset, Encryption.NONE);
    }

    private Volumes.Volume plain(
            int partition,
            Volumes.Range range,
            ByteSource content,
            long contentOffset,
            String encryption) throws IOException {
        FileSystem fileSystem = fileSystem(partition, content);
        String type = fileSystem == null ? "" : fileSystem.type();
        return new Volumes.Volume(
                partition, range, type, encryption, content, contentOffset, fileSystem);
    }

    private @Nullable FileSystem fileSystem(int partition, ByteSource content)
            throws IOException {
        try {
            return recognised(content);
        } catch (MalformedImageException e) {
            problems.add(new Problem(
                    e.problem().kind(), "partition %d: %s".formatted(partition, e.problem().detail())));
            return null;
        }
    }

    private static @Nullable FileSystem recognised(ByteSource content) throws IOException {
        if (NtfsFileSystem.recognises(content)) {
            return NtfsFileSystem.open(content);
        }
        return null;
    }
}
