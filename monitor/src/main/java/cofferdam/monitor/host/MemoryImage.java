package cofferdam.monitor.host;

import java.util.ArrayList;
import java.util.List;

/** What memory maps hold, one after the other. */
final class MemoryImage {

    /** The most bytes that are read at once. */
    static final int MAXIMUM_BYTES = 64 << 20;

    private final byte[] bytes;
    private final String frames;
    private final String omitted;

    private MemoryImage(byte[] bytes, String frames, String omitted) {
        this.bytes = bytes;
        this.frames = frames;
        this.omitted = omitted;
    }

    /** Reads as much of these maps as is readable, up to the limit. */
    static MemoryImage of(List<MemoryMap> maps) {
        List<MemoryMap> readable = maps.stream().filter(MemoryMap::readable).toList();
        long size = readable.stream().mapToLong(MemoryMap::size).sum();
        byte[] bytes = new byte[(int) Math.min(MAXIMUM_BYTES, size)];
        int at = 0;
        for (MemoryMap map : readable) {
            int count = (int) Math.min(map.size(), bytes.length - (long) at);
            map.memory().read(map.address(), bytes, at, count);
            at += count;
        }
        List<String> frames = readable.stream().map(map -> map.frames().get()).toList();
        return new MemoryImage(bytes, FrameRanges.union(frames), omitted(maps, size));
    }

    private static String omitted(List<MemoryMap> maps, long size) {
        List<String> omitted = new ArrayList<>();
        maps.stream()
                .filter(map -> !map.readable())
                .map(map -> "%s is not readable".formatted(map.name()))
                .forEach(omitted::add);
        if (size > MAXIMUM_BYTES) {
            omitted.add("%d bytes are more than %d, the rest was not read"
                    .formatted(size, MAXIMUM_BYTES));
        }
        return String.join("; ", omitted);
    }

    byte[] bytes() {
        return bytes;
    }

    /** The frames that the maps have, as ranges. */
    String frames() {
        return frames;
    }

    /** What of the maps was not read, and why; empty if all was. */
    String omitted() {
        return omitted;
    }
}
