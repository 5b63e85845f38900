package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileSystem;
import cofferdam.monitor.disk.PlainRange;
import cofferdam.monitor.disk.Problem;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/** Finds the partitions of a disk and what is in each. */
interface Volumes {

    /**
     * Reads a disk's partition table and opens what it recognises in each partition, or in the whole
     * disk where there is no table.
     *
     * @throws IOException if the disk itself cannot be read
     */
    Layout read(ByteSource disk, Unlocker unlocker) throws IOException;

    /**
     * How a disk is divided.
     *
     * @param structures of the partition table itself
     */
    record Layout(List<Volume> volumes, List<Range> structures, List<Problem> problems) {

        /** Nothing is known of the disk. */
        static final Layout UNKNOWN = new Layout(List.of(), List.of(), List.of());

        /** Whether anything is known of the disk, if only that it has an empty partition table. */
        boolean isKnown() {
            return !volumes.isEmpty() || !structures.isEmpty();
        }

        public Layout {
            volumes = List.copyOf(volumes);
            structures = List.copyOf(structures);
            problems = List.copyOf(problems);
        }
    }

    /** A range of a disk in bytes. */
    record Range(long offset, long length) {

        long end() {
            return offset + length;
        }
    }

    /**
     * How a volume is enciphered.
     *
     * @param kind as in {@link Encryption#kind}
     * @param plain what of the volume is not enciphered
     */
    record Cover(String kind, List<PlainRange> plain) {

        /** Not at all. */
        static final Cover NONE = new Cover(Encryption.NONE, List.of());

        public Cover {
            plain = List.copyOf(plain);
        }
    }

    /**
     * A partition, or the whole disk.
     *
     * @param partition its number, from 1; 0 for the whole disk
     * @param range where it lies
     * @param type of what is in it, as {@code blkid} calls it; empty if that is not known
     * @param cover how it is enciphered
     * @param content its plain bytes; null if they are enciphered and no key fits
     * @param contentOffset where on the disk the first byte of the content lies
     * @param fileSystem null where there is none that is read
     */
    record Volume(
            int partition,
            Range range,
            String type,
            Cover cover,
            @Nullable ByteSource content,
            long contentOffset,
            @Nullable FileSystem fileSystem) {

        /** The type of swap space. */
        static final String SWAP = "swap";

        boolean isEnciphered() {
            return !cover.kind().equals(Encryption.NONE);
        }
    }
}
