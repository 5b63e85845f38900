package cofferdam.monitor.host;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.evidence.Sha256;

import java.util.function.LongFunction;

/**
 * Where it is written what is done from the host's operating system.
 *
 * @param actor that system's machine
 */
record HostLog(String actor, Timeline timeline, Evidence evidence) {

    /** Records what happens now. */
    void record(LongFunction<Event> event) {
        evidence.record(event.apply(timeline.now()));
    }

    /** Keeps memory that was read. */
    void keep(String of, MemoryImage image) {
        byte[] bytes = image.bytes();
        String file = evidence.memoryRead(actor, bytes);
        String sha256 = Sha256.of(bytes);
        record(time -> new Event.MemoryRead(
                time, actor, file, of, image.omitted(), bytes.length, sha256, image.frames()));
    }

    /** Records that memory was not to be read. */
    void notRead(String of, String reason) {
        record(time -> new Event.MemoryRead(time, actor, "", of, reason, 0, "", ""));
    }
}
