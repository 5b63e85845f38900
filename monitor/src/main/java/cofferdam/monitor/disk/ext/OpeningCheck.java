package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** What the superblocks alone show. */
final class OpeningCheck {

    private static final int CLEAN = 1;
    private static final int ERRORS = 2;
    private static final int MOST_COPIES = 32;

    /** Fields that every copy must have like the primary: offset and length in bytes. */
    private static final int[][] SAME = {
        {0, 8}, {20, 8}, {32, 4}, {40, 4}, {76, 4}, {88, 2}, {96, 4}, {104, 16}
    };

    private final ByteSource partition;
    private final Superblock superblock;
    private final ProblemList problems = new ProblemList();

    OpeningCheck(ByteSource partition, Superblock superblock) {
        this.partition = partition;
        this.superblock = superblock;
    }

    List<Problem> run() throws IOException {
        if (!superblock.isChecksumRight()) {
            problems.add(ExtProblem.BAD_CHECKSUM, "superblock");
        }
        if (superblock.blocks() > partition.size() / superblock.blockSize()) {
            problems.add(
                    ExtProblem.BEYOND_DEVICE,
                    "%d blocks of %d bytes in %d bytes"
                            .formatted(
                                    superblock.blocks(), superblock.blockSize(), partition.size()));
        }
        state();
        copies();
        return problems.all();
    }

    private void state() {
        if ((superblock.state() & CLEAN) == 0) {
            problems.add(ExtProblem.NOT_CLEAN, "state 0x%x".formatted(superblock.state()));
        }
        if ((superblock.state() & ERRORS) != 0 || superblock.errorCount() > 0) {
            problems.add(
                    ExtProblem.ERRORS,
                    "state 0x%x, %d errors counted"
                            .formatted(superblock.state(), superblock.errorCount()));
        }
        if (superblock.has(Feature.RECOVER)) {
            problems.add(ExtProblem.JOURNAL_NOT_EMPTY, "the superblock asks for recovery");
        }
        if (superblock.lastOrphan() != 0) {
            problems.add(ExtProblem.ORPHANS, "from inode %d on".formatted(superblock.lastOrphan()));
        }
    }

    private void copies() throws IOException {
        int seen = 0;
        for (long group = 1; group < superblock.groups() && seen < MOST_COPIES; group++) {
            long at = superblock.firstBlock(group) * superblock.blockSize();
            if (at > partition.size() - Superblock.SIZE) {
                return;
            }
            if (superblock.hasCopy(group)) {
                seen++;
                copy(group, partition.read(at, Superblock.SIZE));
            }
        }
    }

    private void copy(long group, byte[] bytes) {
        Superblock copy;
        try {
            copy = Superblock.of(bytes);
        } catch (MalformedImageException e) {
            problems.add(
                    ExtProblem.BACKUP_CONTRADICTS,
                    "group %d: %s".formatted(group, e.problem().detail()));
            return;
        }
        byte[] primary = superblock.toByteArray();
        for (int[] field : SAME) {
            int end = field[0] + field[1];
            // A copy does not learn that the journal waits for recovery.
            boolean isSame = field[0] == Feature.Word.INCOMPATIBLE.offset()
                    ? ((copy.flags(Feature.Word.INCOMPATIBLE)
                                            ^ superblock.flags(Feature.Word.INCOMPATIBLE))
                                    & ~Feature.RECOVER.bit())
                            == 0
                    : Arrays.equals(primary, field[0], end, bytes, field[0], end);
            if (!isSame) {
                problems.add(
                        ExtProblem.BACKUP_CONTRADICTS,
                        "group %d: %d bytes at %d differ".formatted(group, field[1], field[0]));
            }
        }
        if (!copy.isChecksumRight()) {
            problems.add(ExtProblem.BAD_CHECKSUM, "superblock of group %d".formatted(group));
        }
    }
}
