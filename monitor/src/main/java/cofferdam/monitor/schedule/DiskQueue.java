package cofferdam.monitor.schedule;

import cofferdam.monitor.Timeline;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one disk of a host, on which all its machines' disks lie. It serves one request at a time: in
 * the order in which they come, whoever they are from, so that many requests of one machine keep
 * its neighbour waiting; with a limit, a machine's requests come to it no faster than at that rate,
 * and the time between is the others'.
 */
public final class DiskQueue {

    /** What it reads and writes, a good disk of 2003. */
    public static final long BYTES_PER_SECOND = 60_000_000;

    /** What a request takes before its first byte. */
    public static final Duration ACCESS = Duration.ofNanos(100_000);

    /** What a machine may do at once under a limit: a tenth of a second's worth. */
    static final int BURSTS_PER_SECOND = 10;

    /** The most bytes of one request. */
    public static final int MAXIMUM_REQUEST = 64 << 20;

    private static final long SECOND = 1_000_000_000;

    private final Timeline timeline;
    private final long limit;
    private final Map<String, Use> uses = new LinkedHashMap<>();
    /** When it is busy: from, and until. No two meet. */
    private final TreeMap<Long, Long> busy = new TreeMap<>();

    /**
     * A disk that nobody has used yet.
     *
     * @param limit bytes a second that a machine may read and write; 0 where there is no limit
     */
    public DiskQueue(Timeline timeline, long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit %d is negative".formatted(limit));
        }
        this.timeline = timeline;
        this.limit = limit;
    }

    /**
     * A machine reads or writes so many bytes.
     *
     * @param bytes from 1 to {@link #MAXIMUM_REQUEST}
     * @return how long it is from now until that is done
     */
    public Duration request(String machine, int bytes) {
        if (bytes < 1 || bytes > MAXIMUM_REQUEST) {
            throw new IllegalArgumentException("a request of %d bytes is not between 1 and %d"
                    .formatted(bytes, MAXIMUM_REQUEST));
        }
        long now = timeline.now();
        Use use = uses.computeIfAbsent(machine, name -> new Use(limit));
        use.bytes += bytes;
        long done = occupy(now, use.admission(now, bytes), service(bytes));
        return Duration.ofNanos(done - now);
    }

    /** How many bytes a machine has read and written, or will when what it has asked for is done. */
    public long transferred(String machine) {
        Use use = uses.get(machine);
        return use == null ? 0 : use.bytes;
    }

    private static long service(int bytes) {
        return ACCESS.toNanos() + bytes * SECOND / BYTES_PER_SECOND;
    }

    /**
     * Serves in the first gap from then on that is long enough. Without a limit there is none but
     * after the last, so that the order stays.
     *
     * @return the end of it
     */
    private long occupy(long now, long earliest, long length) {
        busy.headMap(now, true).values().removeIf(until -> until <= now);
        long from = earliest;
        Map.Entry<Long, Long> before = busy.floorEntry(from);
        if (before != null) {
            from = Math.max(from, before.getValue());
        }
        for (Map.Entry<Long, Long> next : busy.tailMap(from, true).entrySet()) {
            if (next.getKey() - from >= length) {
                break;
            }
            from = next.getValue();
        }
        join(from, from + length);
        return from + length;
    }

    private void join(long from, long until) {
        long first = from;
        Map.Entry<Long, Long> before = busy.floorEntry(from);
        if (before != null && before.getValue() == from) {
            first = before.getKey();
        }
        Long after = busy.remove(until);
        busy.put(first, after == null ? until : after);
    }

    private static final class Use {
        private final @Nullable TokenBucket bucket;
        private long bytes;

        Use(long limit) {
            bucket = limit == 0
                    ? null
                    : new TokenBucket(limit, Math.max(1, limit / BURSTS_PER_SECOND));
        }

        long admission(long now, int bytes) {
            return bucket == null ? now : bucket.reserve(now, bytes);
        }
    }
}
