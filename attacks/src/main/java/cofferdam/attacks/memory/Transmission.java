package cofferdam.attacks.memory;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.monitor.ProgramMemory;
import cofferdam.monitor.Timeline;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Messages on their way, one after the other. */
final class Transmission implements Attack.Campaign {

    /** What both have agreed upon beforehand. */
    private static final long AGREED = 0x61_67_72_65_65_64L;

    private final Adversary adversary;
    private final ProgramMemory sender;
    private final ProgramMemory receiver;
    private final int bits;
    private final int rounds;
    private final Duration wait;
    private ProgramMemory.@Nullable Pages sent;
    private @Nullable TimedPages received;
    private Timeline.Timer timer = () -> {};
    private boolean done;

    Transmission(Adversary adversary, ProgramMemory sender, ProgramMemory receiver) {
        this.adversary = adversary;
        this.sender = sender;
        this.receiver = receiver;
        this.bits = adversary.settings().count("bits");
        this.rounds = adversary.settings().count("rounds");
        this.wait = adversary.settings().span(Waiting.SETTING.name());
    }

    /** Both fill their pages. No content is used in two rounds: the one before may still be merged. */
    void begin(int round) {
        try {
            send(round, adversary.findings().message(name(round), bits));
            TimedPages filled =
                    TimedPages.fill(receiver, bits, bit -> agreed(round, bit), adversary.random());
            received = filled;
            timer = adversary.timeline().after(wait, () -> receive(round, filled));
        } catch (IOException e) {
            fail(e);
        }
    }

    private void send(int round, BitSet message) throws IOException {
        ProgramMemory.Pages pages = sender.reserve(bits);
        sent = pages;
        for (int bit = 0; bit < bits; bit++) {
            pages.fill(
                    bit,
                    message.get(bit) ? agreed(round, bit) : TimedPages.random(adversary.random()));
        }
    }

    private void receive(int round, TimedPages filled) {
        try {
            TimedPages.Measurement measured = filled.measure();
            BitSet message = new BitSet(bits);
            IntStream.range(0, bits).filter(measured::shared).forEach(message::set);
            adversary.findings().received(name(round), message, bits, wait);
            adversary
                    .report()
                    .accept("%s: received %d bits, %d of them set"
                            .formatted(name(round), bits, message.cardinality()));
        } catch (IOException e) {
            fail(e);
            return;
        }
        release();
        if (round == rounds) {
            done = true;
            return;
        }
        begin(round + 1);
    }

    private static String name(int round) {
        return "round-" + round;
    }

    private static byte[] agreed(int round, int bit) {
        return TimedPages.random(
                new SplittableRandom(AGREED + ((long) round << Integer.SIZE) + bit));
    }

    private void fail(IOException reason) {
        adversary.report().accept("failed: " + reason.getMessage());
        stop();
    }

    private void release() {
        if (sent != null) {
            sent.release();
            sent = null;
        }
        if (received != null) {
            received.release();
            received = null;
        }
    }

    @Override
    public boolean ready() {
        return done;
    }

    @Override
    public void stop() {
        done = true;
        timer.cancel();
        release();
    }

    @Override
    public boolean stopped() {
        return done;
    }
}
