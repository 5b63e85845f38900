package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Claims;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.ExtentRuns;
import cofferdam.monitor.disk.PagedSource;
import cofferdam.monitor.disk.ProblemTally;

import java.io.IOException;

/**
 * Walks the table of a dynamic or differencing disk. A block that lies on something told before is a
 * problem and is not told again, so the effort stays in proportion to the file.
 */
final class DynamicWalk {

    private final DynamicBody body;
    private final ByteSource file;
    private final BlockTable table;
    private final ExtentRuns runs;
    private final Claims claims;
    private final ProblemTally problems;

    DynamicWalk(DynamicBody body, ExtentRuns runs, Claims claims, ProblemTally problems) {
        this.body = body;
        this.file = body.file();
        this.table = body.table(new PagedSource(file));
        this.runs = runs;
        this.claims = claims;
        this.problems = problems;
    }

    void walk() throws IOException {
        structure(body.headerOffset(), DynamicHeader.BYTES, "dynamic disk header");
        structure(body.header().tableOffset(), body.tableBytes(), "block allocation table");
        if (body.differencing()) {
            for (ParentLocator locator : body.header().locators()) {
                if (locator.platform() != 0 && isInside(locator.offset(), locator.length())) {
                    structure(locator.offset(), locator.length(), "parent locator");
                }
            }
        }
        for (long block = 0; block < body.usedEntries(); block++) {
            long place = table.place(block);
            if (place != BlockTable.ABSENT) {
                walkBlock(block, place);
            }
        }
    }

    private void structure(long offset, long length, String what) {
        if (!claims.claim(offset, length)) {
            problems.add(
                    ContainerProblem.OVERLAPPING_TABLES, "the %s at %d".formatted(what, offset));
        }
        runs.metadata(0, offset, length, what);
    }

    private void walkBlock(long block, long place) throws IOException {
        long guest = block * table.blockSize();
        int bitmapSize = table.bitmapSize();
        long data = place + bitmapSize;
        long length = Math.min(table.blockSize(), body.size() - guest);
        if (!isInside(place, bitmapSize + length)) {
            problems.add(
                    ContainerProblem.DATA_OUTSIDE_FILE,
                    () -> "block %d at %d of a file of %d bytes"
                            .formatted(block, place, file.size()));
        }
        if (!isInside(place, bitmapSize)) {
            return;
        }
        if (!claims.claim(place, bitmapSize + length)) {
            problems.add(
                    ContainerProblem.OVERLAPPING_DATA,
                    () -> "block %d at %d lies on what was there before".formatted(block, place));
            return;
        }
        runs.metadata(0, place, bitmapSize, "sector bitmap");
        long there = Math.min(length, file.size() - data);
        if (body.differencing()) {
            tellMarked(place, data, guest, there);
        } else {
            runs.data(0, data, there, 0, guest);
        }
    }

    private void tellMarked(long bitmapAt, long data, long guest, long there) throws IOException {
        long sectors = Math.ceilDiv(there, BlockDevice.SECTOR);
        byte[] bitmap = file.read(bitmapAt, (int) Math.ceilDiv(sectors, Byte.SIZE));
        for (int sector = 0; sector < sectors; sector++) {
            if (((bitmap[sector / Byte.SIZE] << (sector % Byte.SIZE)) & 0x80) != 0) {
                long at = (long) sector * BlockDevice.SECTOR;
                runs.data(0, data + at, Math.min(BlockDevice.SECTOR, there - at), 0, guest + at);
            }
        }
    }

    private boolean isInside(long offset, long length) {
        return offset >= 0 && offset <= file.size() - length;
    }
}
