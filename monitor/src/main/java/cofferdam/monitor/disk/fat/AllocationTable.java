package cofferdam.monitor.disk.fat;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * The copy of the file allocation table that counts: for each cluster the number of the next (FATGEN,
 * "FAT Data Structure"). Pages of it are kept while there is room. What lies behind the end of the
 * source reads as free. Not safe for several threads.
 */
final class AllocationTable {

    /** The size of a page in bytes: small, so that a chain that leaps about costs little a leap. */
    private static final int PAGE = 1024;

    /** How many pages are kept: 8 MiB, all of the table for up to 2 million clusters. */
    private static final int MAXIMUM_PAGES = 8192;

    /** How often the whole of a larger table may be read. */
    private static final int MAXIMUM_READS = 16;

    private final ByteSource source;
    private final BootSector boot;
    private final long offset;
    private final byte[] @Nullable [] pages;
    private final int[] kept = new int[MAXIMUM_PAGES];
    private long loaded;

    AllocationTable(ByteSource source, BootSector boot) {
        this.source = source;
        this.boot = boot;
        offset = boot.copyOffset(boot.activeCopy());
        long entries = (long) boot.countedClusters() + BootSector.FIRST_CLUSTER;
        long length = (entries * boot.variant().bits() + Byte.SIZE - 1) / Byte.SIZE;
        pages = new byte[(int) ((length + PAGE - 1) / PAGE)][];
    }

    /**
     * What it says of a cluster, which must exist.
     *
     * @throws MalformedImageException if more was read than is in proportion
     */
    int next(int cluster) throws IOException {
        return switch (boot.variant()) {
            case FAT12 -> {
                int at = cluster + cluster / 2;
                int pair = octet(at) | (octet(at + 1L) << 8);
                yield (cluster & 1) == 0 ? pair & 0xfff : pair >> 4;
            }
            case FAT16 -> octet(2L * cluster) | (octet(2L * cluster + 1) << 8);
            case FAT32 -> fat32(4L * cluster) & FatVariant.FAT32.mask();
        };
    }

    private int fat32(long at) throws IOException {
        byte[] page = page((int) (at / PAGE));
        int in = (int) (at % PAGE);
        return (page[in] & 0xff)
                | ((page[in + 1] & 0xff) << 8)
                | ((page[in + 2] & 0xff) << 16)
                | (page[in + 3] << 24);
    }

    private int octet(long at) throws IOException {
        return page((int) (at / PAGE))[(int) (at % PAGE)] & 0xff;
    }

    private byte[] page(int number) throws IOException {
        byte[] page = pages[number];
        return page != null ? page : load(number);
    }

    private byte[] load(int number) throws IOException {
        if (loaded >= (long) MAXIMUM_READS * pages.length + MAXIMUM_PAGES) {
            throw new MalformedImageException(
                    CommonProblem.WORK_LIMIT,
                    "the allocation table was read %d times over".formatted(MAXIMUM_READS));
        }
        int slot = (int) (loaded % MAXIMUM_PAGES);
        if (loaded >= MAXIMUM_PAGES) {
            pages[kept[slot]] = null;
        }
        loaded++;
        kept[slot] = number;
        byte[] page = new byte[PAGE];
        long from = offset + (long) number * PAGE;
        long there = Math.clamp(source.size() - from, 0, PAGE);
        if (there > 0) {
            source.read(from, page, 0, (int) there);
        }
        pages[number] = page;
        return page;
    }
}
