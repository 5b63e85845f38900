package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Claims;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ExtentRuns;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.PagedSource;
import cofferdam.monitor.disk.ProblemTally;

import java.io.IOException;

/**
 * The body of a dynamic or differencing disk: a header, a table and blocks.
 *
 * @param size of the disk, in bytes
 * @param headerOffset of the dynamic disk header, in bytes
 * @param blocks how many blocks the disk has
 */
record DynamicBody(
        ByteSource file,
        long size,
        boolean differencing,
        long headerOffset,
        DynamicHeader header,
        long blocks)
        implements Body {

    /** The most blocks of a disk: with the usual 2 MiB, four times what the format can address. */
    private static final long MOST_BLOCKS = 1 << 22;

    /**
     * The body of a disk of the given size, whose table is checked to be there.
     *
     * @throws MalformedImageException if it is not, or is larger than any reader should take
     */
    static DynamicBody open(ByteSource file, Footer footer, ProblemTally problems)
            throws IOException {
        DynamicHeader header = DynamicHeader.at(file, footer.dataOffset());
        if (!header.checksumFits()) {
            problems.add(
                    VhdProblem.DYNAMIC_HEADER_CHECKSUM, "at %d".formatted(footer.dataOffset()));
        }
        long blocks = Math.ceilDiv(footer.size(), header.blockSize());
        if (blocks > MOST_BLOCKS) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT,
                    "%d bytes in blocks of %d".formatted(footer.size(), header.blockSize()));
        }
        if (header.entries() < blocks || header.entries() > MOST_BLOCKS) {
            problems.add(
                    VhdProblem.TABLE_ENTRIES,
                    "%d entries for %d blocks".formatted(header.entries(), blocks));
        }
        boolean differencing = footer.type() == Footer.DIFFERENCING;
        DynamicBody body = new DynamicBody(
                file, footer.size(), differencing, footer.dataOffset(), header, blocks);
        file.requireInside(header.tableOffset(), body.usedEntries() * BlockTable.ENTRY_BYTES);
        return body;
    }

    @Override
    public ByteSource content(ByteSource below) {
        return new DynamicContent(this, new PagedSource(file), file, below);
    }

    @Override
    public void walk(ExtentRuns runs, Claims claims, ProblemTally problems) throws IOException {
        new DynamicWalk(this, runs, claims, problems).walk();
    }

    /** The table, read through the given source. */
    BlockTable table(ByteSource through) {
        return new BlockTable(through, header.tableOffset(), usedEntries(), header.blockSize());
    }

    /** How many entries of the table stand for a block of the disk. */
    long usedEntries() {
        return Math.min(header.entries(), blocks);
    }

    /** The length of the table in bytes, in whole sectors, as far as the file has it. */
    long tableBytes() {
        long bytes = Math.ceilDiv(header.entries() * BlockTable.ENTRY_BYTES, BlockDevice.SECTOR)
                * (long) BlockDevice.SECTOR;
        return Math.min(bytes, file.size() - header.tableOffset());
    }
}
