package cofferdam.scenarios;

import cofferdam.attacks.Findings;
import cofferdam.monitor.evidence.Event;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** What an attack does and measures, as events of the machine that did. */
record RecordedFindings(LiveHost live, Step.Start start, RandomGenerator random)
        implements Findings {

    @Override
    public void filled(int pages) {
        BitSet all = new BitSet(pages);
        all.set(0, pages);
        live.record(new Event.PagesHeld(
                live.now(), start.by(), start.attack(), pages, digits(all, pages)));
    }

    @Override
    public void timed(List<Long> cycles) {
        live.record(new Event.WritesTimed(live.now(), start.by(), start.attack(), cycles));
    }

    @Override
    public BitSet message(String round, int bits) {
        BitSet message = new BitSet(bits);
        for (int bit = 0; bit < bits; bit++) {
            message.set(bit, random.nextBoolean());
        }
        live.record(new Event.MessageGiven(
                live.now(), start.by(), subject(round), digits(message, bits)));
        return message;
    }

    @Override
    public void received(String round, BitSet message, int bits, Duration span) {
        live.record(new Event.MessageReceived(
                live.now(),
                start.accomplice().orElseThrow(),
                subject(round),
                bits,
                span.toNanos(),
                digits(message, bits)));
    }

    private String subject(String round) {
        return "%s %s".formatted(start.attack(), round);
    }

    /** Bytes with the lowest bit first, as many as the bits need. */
    private static String digits(BitSet bits, int count) {
        byte[] bytes = Arrays.copyOf(bits.toByteArray(), Math.ceilDiv(count, Byte.SIZE));
        return HexFormat.of().formatHex(bytes);
    }
}
