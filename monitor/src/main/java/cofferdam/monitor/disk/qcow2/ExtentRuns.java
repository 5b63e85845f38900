package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.Extent;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** Joins neighbouring extents of one kind before they are told. */
final class ExtentRuns {

    private final Consumer<Extent> visitor;
    private @Nullable Extent structure;
    private @Nullable Extent data;

    ExtentRuns(Consumer<Extent> visitor) {
        this.visitor = visitor;
    }

    /** A structure of the container. */
    void structure(long offset, long length, String what) {
        Extent next = new Extent(Extent.Kind.METADATA, 0, offset, length, -1, 0, 0, what);
        Extent before = structure;
        if (before != null && before.what().equals(what) && end(before) == offset) {
            structure = joined(before, next);
            return;
        }
        if (before != null) {
            visitor.accept(before);
        }
        structure = next;
    }

    /** Bytes of a view that are in the file one for one. */
    void data(Extent.Kind kind, long offset, long length, int view, long guest) {
        Extent next = new Extent(kind, 0, offset, length, view, guest, length, "");
        Extent before = data;
        if (before != null
                && before.kind() == kind
                && before.view() == view
                && end(before) == offset
                && before.guestOffset() + before.guestLength() == guest) {
            data = joined(before, next);
            return;
        }
        endRun();
        data = next;
    }

    /** A compressed cluster. */
    void compressed(long offset, long length, int view, long guest, long guestLength) {
        endRun();
        visitor.accept(new Extent(
                Extent.Kind.COMPRESSED, 0, offset, length, view, guest, guestLength, ""));
    }

    /** Tells what was kept back. */
    void end() {
        endRun();
        if (structure != null) {
            visitor.accept(structure);
            structure = null;
        }
    }

    private void endRun() {
        if (data != null) {
            visitor.accept(data);
            data = null;
        }
    }

    private static long end(Extent extent) {
        return extent.fileOffset() + extent.fileLength();
    }

    private static Extent joined(Extent a, Extent b) {
        return new Extent(
                a.kind(),
                a.file(),
                a.fileOffset(),
                a.fileLength() + b.fileLength(),
                a.view(),
                a.guestOffset(),
                a.guestLength() + b.guestLength(),
                a.what());
    }
}
