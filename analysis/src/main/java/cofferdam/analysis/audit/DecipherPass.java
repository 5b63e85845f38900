package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Searches what was enciphered and is unlocked: once for every run of bytes that the image really
 * holds, so that an empty disk of any size costs nothing.
 */
final class DecipherPass {

    /** How much is deciphered at once, in bytes: 1 MiB. */
    private static final int PIECE = 1 << 20;

    private final Workspace work;
    private final Layer layer;
    private final List<Unlocked> unlocked;
    private final LongSet seen = new LongSet();

    /**
     * Plain bytes of a view.
     *
     * @param offset where in the view the content's first byte lies
     */
    record Unlocked(int view, ByteSource content, long offset) {}

    DecipherPass(Workspace work, Layer layer, List<Unlocked> unlocked) {
        this.work = work;
        this.layer = layer;
        this.unlocked = List.copyOf(unlocked);
    }

    /** Walks the layer and searches. */
    void run() throws IOException {
        if (unlocked.isEmpty()) {
            return;
        }
        try {
            layer.image().walk(this::visit);
        } catch (MalformedImageException e) {
            work.problems().add("", e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void visit(Extent extent) {
        boolean holdsData = switch (extent.kind()) {
            case DATA, COMPRESSED -> true;
            case ZERO_FLAGGED, METADATA -> false;
        };
        if (!holdsData) {
            return;
        }
        for (Unlocked source : unlocked) {
            if (source.view() == extent.view()) {
                search(source, extent);
            }
        }
    }

    private void search(Unlocked source, Extent extent) {
        long end = Math.min(
                source.content().size(),
                extent.guestOffset() + extent.guestLength() - source.offset());
        long begin = Math.max(0, extent.guestOffset() - source.offset());
        try {
            for (long from = begin, to; from < end; from = to) {
                to = Math.min(end, (from / PIECE + 1) * PIECE);
                if (isKnown(source, extent, from, to)) {
                    continue;
                }
                if (!work.mayDecode(to - from)) {
                    return;
                }
                search(source, from, to);
            }
        } catch (MalformedImageException e) {
            work.leaveIncomplete();
            work.problems().add("enciphered data", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether the same bytes were deciphered already in the same place of the disk: views have most
     * of theirs in common. What lies across a border is found from either side.
     */
    private boolean isKnown(Unlocked source, Extent extent, long from, long to) {
        boolean isPlain = extent.kind() == Extent.Kind.DATA;
        long within = isPlain ? source.offset() + from - extent.guestOffset() : 0;
        long host = LongSet.pair(extent.fileOffset() + within, extent.file());
        long guest = LongSet.pair(source.offset() + from, to - from);
        return !seen.add(LongSet.pair(LongSet.pair(host, guest), source.offset()));
    }

    private void search(Unlocked source, long from, long to) throws IOException {
        int reach = work.rules().reach();
        long begin = Math.max(0, from - reach);
        long end = Math.min(source.content().size(), to + reach);
        byte[] bytes = source.content().read(begin, (int) (end - begin));
        var segment = work.scratch().holding(bytes, bytes.length);
        work.rules().searcher().search(segment, (needle, first, last) -> {
            // Whatever touches this piece: a match that begins before it may begin where nothing is
            // stored. What is found twice is told once.
            if (begin + first >= to || begin + last <= from) {
                return;
            }
            Hit hit = work.hits().take(needle, segment, first, last, Finding.Stored.ENCIPHERED);
            if (hit != null) {
                long at = source.offset() + begin + first;
                hit.inView(layer.number(), source.view(), layer.claimOf(source.view()), at);
            }
        });
    }
}
