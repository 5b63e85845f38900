package cofferdam.monitor.disk;

import cofferdam.monitor.disk.Extent.Kind;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * Joins neighbouring extents on their way to a visitor, as {@link DiskImage#walk} promises. Guest's
 * bytes and the container's structures are joined separately, so a table between two runs of data
 * parts neither. Compressed extents stay as they are: each is decoded by itself.
 */
public final class ExtentRuns {

    private final Consumer<Extent> visitor;
    private @Nullable Extent guest;
    private @Nullable Extent container;

    public ExtentRuns(Consumer<Extent> visitor) {
        this.visitor = visitor;
    }

    /** A view's bytes as they are; offsets and length in bytes, the length the same in both. */
    public void data(int file, long fileOffset, long length, int view, long guestOffset) {
        guest(new Extent(Kind.DATA, file, fileOffset, length, view, guestOffset, length, ""));
    }

    /** The guest's bytes of any kind. */
    public void guest(Extent extent) {
        guest = joinedOrTold(guest, extent);
    }

    /** A structure of the container; what lies past the end of its file is the caller's to cut. */
    public void metadata(int file, long fileOffset, long length, String what) {
        container = joinedOrTold(
                container, new Extent(Kind.METADATA, file, fileOffset, length, -1, 0, 0, what));
    }

    /** Tells what is still held back. */
    public void finish() {
        if (container != null) {
            visitor.accept(container);
        }
        if (guest != null) {
            visitor.accept(guest);
        }
        container = null;
        guest = null;
    }

    private @Nullable Extent joinedOrTold(@Nullable Extent before, Extent next) {
        if (next.fileLength() == 0) {
            return before;
        }
        if (before == null) {
            return next;
        }
        if (areNeighbours(before, next)) {
            return new Extent(
                    before.kind(),
                    before.file(),
                    before.fileOffset(),
                    before.fileLength() + next.fileLength(),
                    before.view(),
                    before.guestOffset(),
                    before.guestLength() + next.guestLength(),
                    before.what());
        }
        visitor.accept(before);
        return next;
    }

    private static boolean areNeighbours(Extent before, Extent next) {
        return before.kind() != Kind.COMPRESSED
                && before.kind() == next.kind()
                && before.file() == next.file()
                && before.view() == next.view()
                && before.what().equals(next.what())
                && before.fileOffset() + before.fileLength() == next.fileOffset()
                && before.guestOffset() + before.guestLength() == next.guestOffset();
    }
}
