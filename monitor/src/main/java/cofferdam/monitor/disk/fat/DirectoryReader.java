package cofferdam.monitor.disk.fat;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;
import java.util.List;

/** Reads the entries of one directory, in small pieces, up to the mark that ends it. */
final class DirectoryReader {

    /** The largest directory, in bytes: 65,536 entries (FATGEN). */
    static final int MAXIMUM_SIZE = 65_536 * DirectoryEntry.SIZE;

    private static final int PIECE = 4096;

    private final ByteSource source;
    private final FatVariant variant;
    private final LongName longName = new LongName();
    private boolean misplacedLongNames;

    DirectoryReader(ByteSource source, FatVariant variant) {
        this.source = source;
        this.variant = variant;
    }

    /** Takes entries; says whether it wants more. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(DirectoryEntry entry) throws IOException;
    }

    /** Tells every entry, deleted ones and labels too; those that the source does not have, not. */
    void read(List<ByteRun> runs, Visitor visitor) throws IOException {
        long left = MAXIMUM_SIZE;
        for (ByteRun run : runs) {
            long end = Math.min(run.offset() + Math.min(run.length(), left), source.size());
            for (long at = run.offset(); at < end; at += PIECE) {
                if (!readPiece(source.read(at, (int) Math.min(PIECE, end - at)), visitor)) {
                    return;
                }
            }
            left -= run.length();
        }
    }

    /** Whether long names were met that do not belong to the entry after them. */
    boolean hasMisplacedLongNames() {
        return misplacedLongNames;
    }

    private boolean readPiece(byte[] piece, Visitor visitor) throws IOException {
        for (int at = 0; at + DirectoryEntry.SIZE <= piece.length; at += DirectoryEntry.SIZE) {
            if (piece[at] == 0) {
                return false;
            }
            if (DirectoryEntry.isLongName(piece, at)) {
                longName.add(piece, at);
            } else {
                String name = longName.takeFor(piece, at);
                misplacedLongNames |= longName.takeBroken();
                if (!visitor.visit(DirectoryEntry.parse(piece, at, variant, name))) {
                    return false;
                }
            }
        }
        return true;
    }
}
