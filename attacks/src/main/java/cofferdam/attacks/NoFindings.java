package cofferdam.attacks;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/** Keeps nothing, and has no message. */
final class NoFindings implements Findings {

    @Override
    public void filled(int pages) {}

    @Override
    public void timed(List<Long> cycles) {}

    @Override
    public BitSet message(String round, int bits) {
        return new BitSet();
    }

    @Override
    public void received(String round, BitSet message, int bits, Duration span) {}
}
