package cofferdam.attacks.memory;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.monitor.CollectionPage;
import cofferdam.monitor.ProgramMemory;
import cofferdam.monitor.Timeline;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A guest finds out which well-known pages its neighbour has: it makes the same ones, waits until the
 * monitor has merged equal pages, and sees by the time of a write whether a page was merged (Suzaki and
 * others, EuroSec 2011; Owens and Wang, IPCCC 2011).
 */
public final class DedupProbe implements Attack {

    private static final int MOST_PAGES = 4096;
    private static final List<Setting> SETTINGS = List.of(
            new Setting.Count("of", "how many pages of the public collection", 2000, 1, MOST_PAGES),
            Waiting.SETTING);

    @Override
    public String name() {
        return "dedup-probe";
    }

    @Override
    public String summary() {
        return "finds out by the time of writes which well-known pages a neighbour has";
    }

    @Override
    public Boundary boundary() {
        return Boundary.MEMORY;
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public Victims victims() {
        return new Victims(1, 4);
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        ProgramMemory memory = adversary
                .machine()
                .offer(ProgramMemory.class)
                .orElseThrow(MissingCapabilityException::new);
        Probe probe = new Probe(adversary, adversary.settings().count("of"));
        probe.begin(memory, adversary.settings().span(Waiting.SETTING.name()));
        return probe;
    }

    /** The probe under way. */
    private static final class Probe implements Campaign {

        private final Adversary adversary;
        private final int count;
        private @Nullable TimedPages pages;
        private Timeline.Timer timer = () -> {};
        private boolean done;

        Probe(Adversary adversary, int count) {
            this.adversary = adversary;
            this.count = count;
        }

        void begin(ProgramMemory memory, Duration wait) {
            try {
                TimedPages filled =
                        TimedPages.fill(memory, count, CollectionPage::content, adversary.random());
                pages = filled;
                adversary.findings().filled(count);
                timer = adversary.timeline().after(wait, () -> measure(filled));
            } catch (IOException e) {
                fail(e);
            }
        }

        private void measure(TimedPages filled) {
            try {
                TimedPages.Measurement measured = filled.measure();
                adversary.findings().timed(measured.cycles());
                long shared = IntStream.range(0, count).filter(measured::shared).count();
                adversary
                        .report()
                        .accept(
                                "%d of %d pages seem to be a neighbour's too; a page of its own takes %d cycles"
                                        .formatted(shared, count, measured.usual()));
            } catch (IOException e) {
                fail(e);
            }
            stop();
        }

        private void fail(IOException reason) {
            adversary.report().accept("failed: " + reason.getMessage());
            done = true;
        }

        @Override
        public boolean ready() {
            return done;
        }

        @Override
        public void stop() {
            done = true;
            timer.cancel();
            if (pages != null) {
                pages.release();
                pages = null;
            }
        }

        @Override
        public boolean stopped() {
            return done;
        }
    }
}
