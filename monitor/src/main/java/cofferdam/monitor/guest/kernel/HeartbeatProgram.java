package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.evidence.Sha256;
import cofferdam.monitor.guest.kernel.Clock.Beats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A process that computes a chain of SHA-256 digests, one every second. It keeps the last one, and
 * how many there were, in its page and nowhere else.
 */
final class HeartbeatProgram implements Program {

    static final String NAME = "heartbeat";

    private static final int DIGEST = 32;
    private static final int NUMBER_AT = DIGEST;
    private static final long WORK = 20_000;

    private final SystemCalls calls;
    private final Beats beats;
    private final Log log;

    HeartbeatProgram(SystemCalls calls, Beats beats, Log log) {
        this.calls = calls;
        this.beats = beats;
        this.log = log;
    }

    /** Number 0 is that of the machine's name. */
    void begin(Task self, String machine) {
        keep(self, digest(machine.getBytes(StandardCharsets.UTF_8)), 0);
    }

    @Override
    public void step(Task self, long cycles) {
        if (!beats.isDue()) {
            calls.block(self);
            return;
        }
        beats.next();
        calls.compute(WORK);
        byte[] kept = calls.read(self, 0, 0, DIGEST + Long.BYTES);
        long number = Ram.doubleWord(kept, NUMBER_AT) + 1;
        byte[] digest = digest(Arrays.copyOf(kept, DIGEST));
        keep(self, digest, number);
        log.heartbeat(NAME, number, HexFormat.of().formatHex(digest));
    }

    private static byte[] digest(byte[] content) {
        return HexFormat.of().parseHex(Sha256.of(content));
    }

    private void keep(Task self, byte[] digest, long number) {
        byte[] kept = Arrays.copyOf(digest, DIGEST + Long.BYTES);
        Ram.doubleWord(kept, NUMBER_AT, number);
        calls.write(self, 0, 0, kept);
    }
}
