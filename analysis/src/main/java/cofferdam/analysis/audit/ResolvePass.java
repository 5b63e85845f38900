package cofferdam.analysis.audit;

import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * Finds out where in the host files those matches lie of which only the place on the guest's disk is
 * known.
 */
final class ResolvePass {

    private static final Comparator<Hit> BY_VIEW =
            Comparator.<Hit>comparingInt(hit -> hit.view).thenComparingLong(hit -> hit.guestOffset);

    private final Workspace work;
    private final List<Layer> layers;
    private Hit[] open = {};

    ResolvePass(Workspace work, List<Layer> layers) {
        this.work = work;
        this.layers = layers;
    }

    /** Looks in each layer, and for what it does not have itself in the one behind it. */
    void run() throws IOException {
        for (Layer layer : layers) {
            open = work.hits().all().stream()
                    .filter(hit -> hit.file < 0 && hit.layer == layer.number())
                    .sorted(BY_VIEW)
                    .toArray(Hit[]::new);
            if (open.length == 0) {
                continue;
            }
            walk(layer);
            for (Hit hit : open) {
                if (hit.file < 0 && layer.hasBacking()) {
                    hit.layer = layer.number() + 1;
                    hit.view = 0;
                }
            }
        }
    }

    private void walk(Layer layer) throws IOException {
        try {
            layer.image().walk(extent -> visit(layer, extent));
        } catch (MalformedImageException e) {
            work.problems().add("", e);
        }
    }

    private void visit(Layer layer, Extent extent) {
        int file = layer.fileOf(extent);
        boolean holdsData = switch (extent.kind()) {
            case DATA, COMPRESSED, ZERO_FLAGGED -> true;
            case METADATA -> false;
        };
        if (!holdsData || file < 0) {
            return;
        }
        long end = extent.guestOffset() + extent.guestLength();
        for (int i = firstNotBefore(extent.view(), extent.guestOffset());
                i < open.length && open[i].view == extent.view() && open[i].guestOffset < end;
                i++) {
            if (open[i].file < 0) {
                boolean isPlain = extent.kind() != Extent.Kind.COMPRESSED;
                long within = isPlain ? open[i].guestOffset - extent.guestOffset() : 0;
                open[i].inFile(file, extent.fileOffset() + within);
            }
        }
    }

    private int firstNotBefore(int view, long offset) {
        int low = 0;
        int high = open.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            Hit hit = open[middle];
            if (hit.view < view || (hit.view == view && hit.guestOffset < offset)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
