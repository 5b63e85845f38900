package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Claims;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.Extent.Kind;
import cofferdam.monitor.disk.ExtentRuns;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.PagedSource;
import cofferdam.monitor.disk.ProblemTally;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Walks the tables of a sparse extent. Tables are claimed before data, so that a table entry which
 * leads into a table is noticed; what lies on something told before is a problem and is not told
 * again, which keeps the effort in proportion to the file.
 */
final class SparseWalk {

    private static final int SECTOR = BlockDevice.SECTOR;

    /** Offsets in the marker of a structure, whose size is 0 to tell it from that of a grain. */
    private static final int MARKER_SIZE = 8;

    private static final int MARKER_TYPE = 12;
    private static final int LAST_MARKER_TYPE = 3;

    private final SparsePart part;
    private final SparseHeader header;
    private final GrainTables tables;
    private final GrainTables copies;
    private final ByteSource file;
    private final long start;
    private final ExtentRuns runs;
    private final ProblemTally problems;
    private final Claims claims;
    private final int tableBytes;

    /** @param start where the part begins on the disk, in bytes */
    SparseWalk(SparsePart part, long start, ExtentRuns runs, ProblemTally problems) {
        this.part = part;
        this.start = start;
        this.runs = runs;
        this.problems = problems;
        header = part.header();
        tables = part.tables();
        file = part.source();
        copies = new GrainTables(new PagedSource(file), file, header);
        claims = new Claims(file.size());
        tableBytes = header.tableEntries() * GrainTables.ENTRY_BYTES;
    }

    void walk() throws IOException {
        boolean redundant = claimHeader();
        BitSet walkable = new BitSet();
        long entries = header.directoryEntries();
        for (int i = 0; i < entries; i++) {
            if (claimTable(tables.tableOffset(i), "grain table")) {
                walkable.set(i);
            }
            if (redundant && copies.redundantTableOffset(i) != tables.tableOffset(i)) {
                claimTable(copies.redundantTableOffset(i), "redundant grain table");
            }
        }
        for (int i = walkable.nextSetBit(0); i >= 0; i = walkable.nextSetBit(i + 1)) {
            byte[] table = file.read(tables.tableOffset(i), tableBytes);
            if (redundant) {
                compare(i, table);
            }
            walkTable(i, ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    /** Claims all but the tables, and says whether there is a redundant directory to compare. */
    private boolean claimHeader() throws IOException {
        structure(0, SECTOR, "header");
        long directoryBytes =
                Math.ceilDiv(header.directoryEntries() * GrainTables.ENTRY_BYTES, SECTOR)
                        * (long) SECTOR;
        if (header.descriptorOffset() > 0 && header.descriptorOffset() < sectors()) {
            long room = sectors() - header.descriptorOffset();
            long size = Math.clamp(header.descriptorSize(), 0, room);
            structure(header.descriptorOffset() * SECTOR, size * SECTOR, "descriptor");
        }
        marker(header.directory() * SECTOR);
        structure(header.directory() * SECTOR, directoryBytes, "grain directory");
        if (SparseHeader.hasFooter(file)) {
            long footer = file.size() - SparseHeader.FOOTER_FROM_END;
            marker(footer);
            structure(footer, SECTOR, "footer");
            structure(footer + SECTOR, SECTOR, "end of stream");
        }
        if (!header.hasRedundantDirectory() || header.redundantDirectory() == header.directory()) {
            return false;
        }
        if (header.redundantDirectory() > sectors() - directoryBytes / SECTOR) {
            problems.add(
                    ContainerProblem.TABLE_OUTSIDE_FILE,
                    "the redundant grain directory at sector %d"
                            .formatted(header.redundantDirectory()));
            return false;
        }
        structure(
                header.redundantDirectory() * SECTOR, directoryBytes, "redundant grain directory");
        return true;
    }

    /** Tells the marker of a structure in a stream, which is the sector before it. */
    private void marker(long structure) throws IOException {
        if (!header.hasMarkers() || structure < 2 * SECTOR) {
            return;
        }
        long offset = structure - SECTOR;
        ByteBuffer marker =
                ByteBuffer.wrap(file.read(offset, SECTOR)).order(ByteOrder.LITTLE_ENDIAN);
        int type = marker.getInt(MARKER_TYPE);
        if (marker.getInt(MARKER_SIZE) == 0 && type > 0 && type <= LAST_MARKER_TYPE) {
            structure(offset, SECTOR, "marker");
        }
    }

    private void structure(long offset, long length, String what) {
        long there = Math.min(length, file.size() - offset);
        if (!claims.claim(offset, there)) {
            problems.add(
                    ContainerProblem.OVERLAPPING_TABLES, "the %s at %d".formatted(what, offset));
        }
        runs.metadata(part.file(), offset, there, what);
    }

    /** Whether it is there, in the file, and on nothing else. */
    private boolean claimTable(long offset, String what) throws IOException {
        if (offset == 0) {
            return false;
        }
        if (offset > file.size() - tableBytes) {
            problems.add(
                    ContainerProblem.TABLE_OUTSIDE_FILE,
                    () -> "the %s at %d".formatted(what, offset));
            return false;
        }
        if (!claims.claim(offset, Math.ceilDiv(tableBytes, SECTOR) * (long) SECTOR)) {
            problems.add(
                    ContainerProblem.OVERLAPPING_TABLES,
                    () -> "the %s at %d".formatted(what, offset));
            return false;
        }
        marker(offset);
        runs.metadata(part.file(), offset, tableBytes, what);
        return true;
    }

    private void compare(int index, byte[] table) throws IOException {
        long copy = copies.redundantTableOffset(index);
        if (copy == 0 || copy > file.size() - tableBytes) {
            problems.add(
                    ContainerProblem.CONTRADICTING_TABLES,
                    () -> "grain table %d has no redundant table".formatted(index));
        } else if (!Arrays.equals(table, file.read(copy, tableBytes))) {
            problems.add(
                    ContainerProblem.CONTRADICTING_TABLES,
                    () -> "grain table %d is not its redundant table".formatted(index));
        }
    }

    private void walkTable(int index, ByteBuffer table) throws IOException {
        for (int i = 0; i < header.tableEntries(); i++) {
            long guest = ((long) index * header.tableEntries() + i) * header.grainBytes();
            if (guest >= Math.min(header.capacityBytes(), part.length())) {
                return;
            }
            long place = tables.place(table.getInt(i * GrainTables.ENTRY_BYTES));
            if (place != GrainTables.ABSENT && place != GrainTables.ZEROED) {
                walkGrain(guest, place);
            }
        }
    }

    private void walkGrain(long guest, long place) throws IOException {
        long length = Math.min(header.grainBytes(), header.capacityBytes() - guest);
        length = Math.min(length, part.length() - guest);
        if (header.isCompressed()) {
            walkCompressed(guest, place, length);
            return;
        }
        if (place > file.size() - length) {
            outside(guest, place);
        }
        if (place >= file.size()) {
            return;
        }
        if (claimGrain(guest, place, length)) {
            long there = Math.min(length, file.size() - place);
            runs.data(part.file(), place, there, 0, start + guest);
        }
    }

    /** The first sector is claimed before its marker is read, so no marker is read twice. */
    private void walkCompressed(long guest, long place, long length) throws IOException {
        if (place > file.size() - CompressedGrain.MARKER_BYTES) {
            outside(guest, place);
            return;
        }
        if (!claimGrain(guest, place, SECTOR)) {
            return;
        }
        try {
            CompressedGrain grain = CompressedGrain.at(file, place, header.grainBytes());
            if (grain.sector() != guest / SECTOR) {
                problems.add(
                        VmdkProblem.GRAIN_MARKER,
                        () -> "the grain at %d is marked as sector %d, the table says %d"
                                .formatted(place, grain.sector(), guest / SECTOR));
            }
            long whole = Math.ceilDiv(grain.fileLength(), SECTOR) * SECTOR;
            if (claimGrain(guest, place + SECTOR, whole - SECTOR)) {
                runs.guest(new Extent(
                        Kind.COMPRESSED,
                        part.file(),
                        place,
                        grain.fileLength(),
                        0,
                        start + guest,
                        length,
                        ""));
            }
        } catch (MalformedImageException e) {
            problems.add(e.problem());
        }
    }

    private boolean claimGrain(long guest, long place, long length) {
        if (claims.claim(place, length)) {
            return true;
        }
        problems.add(
                ContainerProblem.OVERLAPPING_DATA,
                () -> "the grain with guest offset %d lies at %d on what was there before"
                        .formatted(start + guest, place));
        return false;
    }

    private void outside(long guest, long place) {
        problems.add(
                ContainerProblem.DATA_OUTSIDE_FILE,
                () -> "the grain with guest offset %d lies at %d of a file of %d bytes"
                        .formatted(start + guest, place, file.size()));
    }

    private long sectors() {
        return file.size() / SECTOR;
    }
}
