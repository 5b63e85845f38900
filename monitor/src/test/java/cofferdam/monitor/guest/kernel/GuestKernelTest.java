package cofferdam.monitor.guest.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.CollectionPage;
import cofferdam.monitor.ProgramMemory.Pages;
import cofferdam.monitor.Programs.Stressor;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Sha256;
import cofferdam.monitor.guest.system.BootFailure;
import cofferdam.monitor.memory.PhysicalMemory;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

class GuestKernelTest {

    private static final Canary SECRET = Canary.of(0x0123_4567_89ab_cdefL, 0xfedc_ba98_7654_3210L);

    @Test
    void isDownUntilItIsBooted() {
        Workbench bench = new Workbench(4);

        assertThat(bench.kernel.up()).isFalse();
        assertThat(bench.kernel.runnable()).isFalse();
        assertThatThrownBy(() -> bench.kernel.reserve(1))
                .isInstanceOf(IOException.class)
                .hasMessage("vm1 is down");
    }

    @Test
    void beatsOnceASecondAlongTheChainOfTheDefinition() {
        Workbench bench = Workbench.booted(16);

        bench.seconds(5);

        assertThat(bench.events(Event.Heartbeat.class)).hasSize(5);
        assertBeatsFollowTheChain(bench);
        assertThat(bench.kernel.up()).isTrue();
    }

    @Test
    void doesLateWhatItCouldNotDoInTime() {
        Workbench bench = Workbench.booted(4);

        bench.passWithoutProcessor(Duration.ofMillis(3_500));
        assertThat(bench.events).isEmpty();
        bench.pass(Duration.ofMillis(100));

        assertThat(bench.events(Event.Heartbeat.class)).hasSize(3);
        assertBeatsFollowTheChain(bench);
    }

    @Test
    void keepsTheHeartbeatNowhereButInMemory() {
        Workbench bench = Workbench.booted(4);
        bench.seconds(2);
        String last = bench.events(Event.Heartbeat.class).getLast().outcome();
        int place = indexOf(bench.bytes, HexFormat.of().parseHex(last));

        bench.overwrite(place, 32, 7);
        bench.seconds(1);

        byte[] sevens = new byte[32];
        Arrays.fill(sevens, (byte) 7);
        assertThat(bench.events(Event.Heartbeat.class).getLast().outcome())
                .isEqualTo(Sha256.of(sevens));
    }

    @Test
    void doesNotComeUpWithoutAnEssentialFile() {
        Workbench bench = new Workbench(4);
        bench.files.remove("/lib/libc.so.6");

        assertThatThrownBy(bench.kernel::boot)
                .isInstanceOf(BootFailure.class)
                .hasMessage("essential files: /lib/libc.so.6 does not exist");
        assertThat(bench.kernel.up()).isFalse();
        assertThat(bench.pending()).isZero();
    }

    @Test
    void lookAlikeInTheKernelsAndTheLibrariesPagesWhateverTheirNames() {
        Workbench one = Workbench.booted(16);
        Workbench other = new Workbench(16, "vm2", 99).boot();
        Set<String> pages = new HashSet<>();
        for (int page = 0; page < one.bytes.length / Ram.PAGE; page++) {
            pages.add(Sha256.of(one.page(page)));
        }

        Layout layout = one.layout();
        long alike = 0;
        for (int page = 0; page < layout.pages(); page++) {
            alike += pages.contains(Sha256.of(other.page(page))) ? 1 : 0;
        }
        assertThat(alike).isGreaterThan(layout.textPages() + layout.libraryPages());
        assertThat(pages).hasSizeGreaterThan(layout.textPages() + layout.libraryPages());
    }

    @Test
    void bootsALargeMachineWithoutTouchingMostOfItsMemory() throws Exception {
        Sparse memory = new Sparse(400L << 20);
        Workbench bench = new Workbench(4);
        GuestKernel.Hardware small = bench.hardware;
        GuestKernel kernel = new GuestKernel(
                new GuestKernel.Hardware(
                        small.machine(),
                        memory,
                        small.files(),
                        small.io(),
                        small.timeline(),
                        small.cycles(),
                        small.wake()),
                new SplittableRandom(1),
                bench.events::add,
                bench.ends::add);

        kernel.boot();

        assertThat((long) memory.pages.size() * Ram.PAGE).isLessThan(32L << 20);
        assertThat(kernel.usage().size()).isEqualTo(400L << 20);
    }

    @Test
    void remembersASecretUntilTheProgramEnds() throws Exception {
        Workbench bench = Workbench.booted(4);

        bench.kernel.remember(SECRET, 10);
        bench.kernel.remember(Canary.of(1, 1), 3);

        assertThat(bench.kernel.recall()).isEqualTo(SECRET.value());
        List<Integer> places = bench.kernel.secretPages();
        assertThat(places).hasSize(10).doesNotHaveDuplicates();
        Set<String> contents = new HashSet<>();
        for (int place : places) {
            String text = new String(bench.page(place), 0, 32, StandardCharsets.US_ASCII);
            assertThat(text).isEqualTo(SECRET.value());
            contents.add(Sha256.of(bench.page(place)));
        }
        assertThat(contents).hasSize(10);

        bench.kernel.forget();

        assertThat(bench.kernel.recall()).isEmpty();
        assertThat(bench.kernel.secretPages()).isEmpty();
        assertThat(new String(bench.page(places.getFirst()), 0, 32, StandardCharsets.US_ASCII))
                .as("memory is given back as it is")
                .isEqualTo(SECRET.value());
        bench.kernel.remember(Canary.of(1, 1), 3);
        assertThat(bench.kernel.recall()).isEqualTo(Canary.of(1, 1).value());
    }

    @Test
    void recallsNothingIfOnePageSaysSomethingElse() throws Exception {
        Workbench bench = Workbench.booted(4);
        bench.kernel.remember(SECRET, 10);
        long address = Ram.address(bench.kernel.secretPages().get(4));

        bench.bytes[(int) address] = 'f';
        assertThat(bench.kernel.recall()).isEmpty();

        bench.bytes[(int) address] = '0';
        assertThat(bench.kernel.recall()).isEqualTo(SECRET.value());
    }

    @Test
    void holdsPagesOfTheCollectionAndGivesThemBack() throws Exception {
        Workbench bench = Workbench.booted(4);
        long before = bench.kernel.usage().used();
        BitSet held = new BitSet();
        held.set(3);
        held.set(70);

        bench.kernel.hold(held);
        assertThat(indexOf(bench.bytes, CollectionPage.content(3))).isPositive();
        assertThat(indexOf(bench.bytes, CollectionPage.content(70))).isPositive();
        assertThat(indexOf(bench.bytes, CollectionPage.content(4))).isNegative();
        assertThat(bench.kernel.usage().used()).isEqualTo(before + 4 * Ram.PAGE);

        bench.kernel.hold(new BitSet());
        assertThat(bench.kernel.usage().used()).isEqualTo(before);
    }

    @Test
    void timesAWriteByTheMachinesCounter() throws Exception {
        Workbench bench = Workbench.booted(4);
        Pages pages = bench.kernel.reserve(3);
        byte[] content = new byte[Ram.PAGE];
        Arrays.fill(content, (byte) 9);
        pages.fill(1, content);
        bench.charge = 5_000;

        long took = pages.timedWrite(1, 17, (byte) 1);

        assertThat(took).isEqualTo(5_000);
        assertThat(pages.count()).isEqualTo(3);
        content[17] = 1;
        assertThat(indexOf(bench.bytes, content)).isPositive();
    }

    @Test
    void refusesPagesThatAreNotTheProgramsOwn() throws Exception {
        Workbench bench = Workbench.booted(4);
        Pages pages = bench.kernel.reserve(3);

        assertThatThrownBy(() -> pages.timedWrite(3, 0, (byte) 0)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> pages.timedWrite(0, 4096, (byte) 0))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> pages.fill(0, new byte[5])).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> bench.kernel.reserve(0)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> bench.kernel.reserve(100_000))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("vm1 has no memory for 100000 pages, only for ");
        pages.release();
        assertThatThrownBy(() -> pages.fill(0, new byte[Ram.PAGE])).isInstanceOf(IOException.class);
    }

    @Test
    void answersRequestsOneAfterTheOtherWhenTheProcessorHasComeToThem() {
        Workbench bench = Workbench.booted(4);
        List<Integer> answered = new ArrayList<>();

        for (int request = 0; request < PageService.MAXIMUM_WAITING; request++) {
            int number = request;
            assertThat(bench.kernel.serve(number, () -> answered.add(number))).isTrue();
        }
        assertThat(bench.kernel.serve(1000, () -> answered.add(1000))).isFalse();
        assertThat(answered).isEmpty();
        bench.pass(Duration.ofMillis(10));
        assertThat(answered).hasSizeBetween(5, 20);
        bench.seconds(1);

        assertThat(answered).hasSize(PageService.MAXIMUM_WAITING).isSorted();
        assertThat(bench.transferred).isGreaterThanOrEqualTo(PageService.MAXIMUM_WAITING);
    }

    @Test
    void waitsForTheDiskHoweverManyRequestsComeMeanwhile() {
        Workbench bench = Workbench.booted(4);
        bench.diskCycles = Cost.cycles(Duration.ofMillis(500).toNanos());
        List<Integer> answered = new ArrayList<>();
        bench.kernel.serve(1, () -> answered.add(1));
        bench.pass(Duration.ofMillis(10));

        bench.kernel.serve(2, () -> answered.add(2));
        bench.pass(Duration.ofMillis(400));
        assertThat(answered).isEmpty();

        bench.pass(Duration.ofMillis(100));
        assertThat(answered).containsExactly(1);
    }

    @Test
    void isSilentOnceItIsHalted() throws Exception {
        Workbench bench = Workbench.booted(4);
        Pages pages = bench.kernel.reserve(1);
        bench.kernel.start(Stressor.DISK);
        bench.seconds(1);
        int before = bench.events.size();
        byte[] memory = bench.bytes.clone();

        bench.kernel.halt();
        bench.seconds(5);

        assertThat(bench.events).hasSize(before);
        assertThat(bench.ends).isEmpty();
        assertThat(bench.kernel.up()).isFalse();
        assertThat(bench.kernel.runnable()).isFalse();
        assertThat(bench.pending()).isZero();
        assertThat(bench.bytes).isEqualTo(memory);
        assertThat(bench.kernel.serve(1, () -> {})).isFalse();
        assertThat(bench.kernel.inflate(3)).isEmpty();
        assertThat(bench.kernel.recall()).isEmpty();
        assertThat(bench.kernel.start(Stressor.FORK).ended()).isTrue();
        assertThatThrownBy(() -> pages.timedWrite(0, 0, (byte) 1)).isInstanceOf(IOException.class);
        pages.release();
    }

    @Test
    void canBeHaltedByWhoeverIsAnswered() {
        Workbench bench = Workbench.booted(4);
        bench.kernel.serve(1, bench.kernel::halt);

        bench.seconds(2);

        assertThat(bench.events).isEmpty();
        assertThat(bench.kernel.up()).isFalse();
    }

    @Test
    void repeatsARunExactly() throws Exception {
        Workbench one = busy();
        Workbench other = busy();

        assertThat(one.events).isEqualTo(other.events);
        assertThat(one.bytes).isEqualTo(other.bytes);
        assertThat(one.now()).isEqualTo(other.now());
    }

    private static Workbench busy() throws IOException {
        Workbench bench = Workbench.booted(4);
        bench.charge = 3;
        bench.kernel.remember(SECRET, 5);
        for (Stressor stressor : Stressor.values()) {
            bench.kernel.start(stressor);
        }
        bench.kernel.serve(7, () -> {});
        bench.seconds(8);
        return bench;
    }

    static void assertBeatsFollowTheChain(Workbench bench) {
        String digest = Sha256.of(Workbench.NAME.getBytes(StandardCharsets.UTF_8));
        long number = 0;
        for (Event.Heartbeat beat : bench.events(Event.Heartbeat.class)) {
            digest = Sha256.of(HexFormat.of().parseHex(digest));
            number++;
            assertThat(beat.number()).isEqualTo(number);
            assertThat(beat.outcome()).isEqualTo(digest);
            assertThat(beat.actor()).isEqualTo(Workbench.NAME);
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int start = 0; start <= bytes.length - wanted.length; start += 32) {
            if (Arrays.equals(bytes, start, start + wanted.length, wanted, 0, wanted.length)) {
                return start;
            }
        }
        return -1;
    }

    /** A large memory of which only the pages that are touched exist. */
    private static final class Sparse implements PhysicalMemory {

        private final Map<Long, byte[]> pages = new HashMap<>();
        private final long size;

        Sparse(long size) {
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void read(long address, byte[] into, int offset, int count) {
            for (int at = 0; at < count; at++) {
                into[offset + at] = page(address + at)[(int) ((address + at) % PAGE)];
            }
        }

        @Override
        public void write(long address, byte[] from, int offset, int count) {
            for (int at = 0; at < count; at++) {
                page(address + at)[(int) ((address + at) % PAGE)] = from[offset + at];
            }
        }

        private byte[] page(long address) {
            return pages.computeIfAbsent(address / PAGE, none -> new byte[PAGE]);
        }
    }
}
