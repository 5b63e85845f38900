package cofferdam.monitor.disk.vmdk;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/** The grains that were decompressed last, by their place in the file; at most 4 MiB, or one grain. */
final class GrainCache {

    private static final int MOST_BYTES = 4 << 20;

    private final Map<Long, byte[]> grains = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;

    GrainCache(int grainBytes) {
        most = Math.max(1, MOST_BYTES / grainBytes);
    }

    synchronized byte @Nullable [] get(long offset) {
        return grains.get(offset);
    }

    synchronized void put(long offset, byte[] grain) {
        grains.put(offset, grain);
        if (grains.size() > most) {
            grains.remove(grains.keySet().iterator().next());
        }
    }
}
