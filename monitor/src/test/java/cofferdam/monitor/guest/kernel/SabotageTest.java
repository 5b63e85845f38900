package cofferdam.monitor.guest.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Programs.Stressor;
import cofferdam.monitor.RunningSystem.Sabotage;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.evidence.ProcessEnd;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

class SabotageTest {

    @Test
    void panicsSecondsAfterItsEssentialFilesWereRemoved() throws Exception {
        Workbench bench = Workbench.booted(4);
        bench.seconds(5);

        bench.kernel.sabotage(Sabotage.REMOVE_ESSENTIAL_FILES);
        bench.pass(Duration.ofMillis(10));
        assertThat(bench.kernel.up()).isTrue();
        assertThat(bench.files).isEmpty();
        bench.seconds(9);

        assertEnded(bench, MachineEnd.PANIC, "attempted to kill init: /sbin/init does not exist");
        assertThat(bench.events(Event.ProcessEnded.class))
                .singleElement()
                .matches(event -> event.outcome() == ProcessEnd.FAULT)
                .matches(event -> event.subject().equals("init"));
        assertThat(bench.events(Event.SystemSabotaged.class))
                .singleElement()
                .matches(event -> event.subject().equals("remove-essential-files"))
                .matches(event -> event.outcome().isEmpty());
    }

    @Test
    void panicsWhenOnlyOneOfItsFilesIsGone() {
        Workbench bench = Workbench.booted(4);
        bench.files.remove("/lib/libc.so.6");

        bench.seconds(9);

        assertEnded(
                bench, MachineEnd.PANIC, "attempted to kill init: /lib/libc.so.6 does not exist");
    }

    @Test
    void panicsWhenInitIsKilled() throws Exception {
        Workbench bench = Workbench.booted(4);

        bench.kernel.sabotage(Sabotage.KILL_INIT);

        assertEnded(bench, MachineEnd.PANIC, "attempted to kill init: it was killed");
    }

    @Test
    void panicsWhenItsCodeIsOverwritten() throws Exception {
        Workbench bench = Workbench.booted(4);

        bench.kernel.sabotage(Sabotage.OVERWRITE_KERNEL);
        bench.seconds(1);

        assertEnded(bench, MachineEnd.PANIC, "double fault: kernel code is damaged at 0x23000");
    }

    @Test
    void faultsThriceWithoutInterruptDescriptors() throws Exception {
        Workbench bench = Workbench.booted(4);

        bench.kernel.sabotage(Sabotage.TRIPLE_FAULT);

        assertThat(bench.page(Layout.INTERRUPTS)).containsOnly(0);
        assertEnded(
                bench,
                MachineEnd.TRIPLE_FAULT,
                "interrupt descriptor 6 is damaged, and there is no handler of double faults");
    }

    @Test
    void usesUpTheProcessorAndDoesNothingOnceItHangs() throws Exception {
        Workbench bench = Workbench.booted(4);
        bench.seconds(2);

        bench.kernel.sabotage(Sabotage.HANG);
        bench.seconds(5);

        assertThat(bench.kernel.hung()).isTrue();
        assertThat(bench.kernel.up()).isFalse();
        assertThat(bench.kernel.runnable()).isTrue();
        assertThat(bench.kernel.run(12_345)).isEqualTo(12_345);
        assertThat(bench.ends).isEmpty();
        assertThat(bench.events(Event.Heartbeat.class)).hasSize(2);
        assertThat(bench.kernel.serve(1, () -> {})).isFalse();
        assertThatThrownBy(() -> bench.kernel.reserve(1)).hasMessage("vm1 does not answer");
        bench.kernel.halt();
        assertThat(bench.kernel.hung()).isFalse();
        assertThat(bench.kernel.runnable()).isFalse();
    }

    @Test
    void cannotBeSabotagedTwice() throws Exception {
        Workbench bench = Workbench.booted(4);
        bench.kernel.sabotage(Sabotage.OVERWRITE_KERNEL);
        bench.seconds(1);

        assertThatThrownBy(() -> bench.kernel.sabotage(Sabotage.KILL_INIT))
                .isInstanceOf(IOException.class)
                .hasMessage("vm1 is down");
    }

    @Test
    void faultsThriceWhenSomebodyEmptiesTheDescriptorsInMemory() {
        Workbench bench = Workbench.booted(4);

        bench.overwrite(Ram.address(Layout.INTERRUPTS), Ram.PAGE, 0);
        bench.seconds(1);

        assertEnded(
                bench,
                MachineEnd.TRIPLE_FAULT,
                "interrupt descriptor 32 is damaged, and there is no handler of double faults");
    }

    @Test
    void panicsWhenOnlyTheTimersDescriptorIsDamaged() {
        Workbench bench = Workbench.booted(4);

        bench.overwrite(InterruptTable.TIMER * 16L, 8, 0);
        bench.seconds(1);

        assertEnded(bench, MachineEnd.PANIC, "double fault: kernel code is damaged at 0x0");
    }

    @Test
    void heedsTheMagicOfADescriptorAsWellAsItsAddress() {
        Workbench bench = Workbench.booted(4);

        bench.overwrite(InterruptTable.TIMER * 16L + 8, 4, 0);
        bench.seconds(1);

        assertEnded(bench, MachineEnd.PANIC, "double fault: interrupt descriptor 32 is damaged");
    }

    @Test
    void faultsThriceWhenTheCodeOfDoubleFaultsIsGoneToo() {
        Workbench bench = Workbench.booted(4);
        Layout layout = bench.layout();

        bench.overwrite(Ram.address(Layout.ENTRY_CODE), (1 + layout.textPages()) * Ram.PAGE, 0x90);
        bench.seconds(1);

        assertThat(bench.ends).containsExactly(MachineEnd.TRIPLE_FAULT);
    }

    @Test
    void comesToCodeThatIsSeldomExecutedAsWell() {
        Workbench bench = Workbench.booted(4);
        long address = Ram.address(bench.layout().text() + 5) + 1000;

        bench.overwrite(address, 1, 1);
        bench.seconds(3);
        assertThat(bench.kernel.up()).isTrue();
        bench.seconds(5);

        assertEnded(bench, MachineEnd.PANIC, "kernel code is damaged at 0x8000");
    }

    @Test
    void panicsWhenTheProcessTableIsDamaged() {
        Workbench bench = Workbench.booted(4);
        long second = Ram.address(bench.layout().processes()) + ProcessTable.ENTRY;

        bench.overwrite(second, 4, 0);
        bench.seconds(1);

        assertEnded(bench, MachineEnd.PANIC, "the process table is damaged at entry 1");
    }

    @Test
    void panicsWhenInitIsNoMoreInTheProcessTable() {
        Workbench bench = Workbench.booted(4);
        long state = Ram.address(bench.layout().processes()) + 12;

        bench.overwrite(state, 1, ProcessTable.State.ENDED.ordinal());
        bench.seconds(1);

        assertEnded(
                bench,
                MachineEnd.PANIC,
                "attempted to kill init: it is no more in the process table");
    }

    @Test
    void panicsWhenTheRunQueueIsDamaged() {
        Workbench bench = Workbench.booted(4);

        bench.overwrite(Ram.address(Layout.SYSTEM_RECORD) + 12, 4, 0x77);
        bench.seconds(1);

        assertEnded(bench, MachineEnd.PANIC, "the run queue is damaged");
    }

    @Test
    void panicsWhenAPageOfInitIsDamagedInMemory() {
        Workbench bench = Workbench.booted(4);
        bench.seconds(1);
        byte[] content = bench.files.get("/sbin/init");
        for (int page = bench.layout().firstFree(); page < bench.layout().pages(); page++) {
            if (bench.page(page)[0] == content[0] && bench.page(page)[1] == content[1]) {
                bench.overwrite(Ram.address(page) + 99, 1, content[99] + 1);
            }
        }

        bench.seconds(4);

        assertEnded(
                bench,
                MachineEnd.PANIC,
                "attempted to kill init: page 0 of /sbin/init is damaged in memory");
    }

    @Test
    void doesNotMindDamageToFreeMemory() {
        Workbench bench = Workbench.booted(8);
        Layout layout = bench.layout();
        int used = (int) (bench.kernel.usage().used() / Ram.PAGE);

        // Nothing was freed since it was booted, so what is free lies at the end.
        bench.overwrite(Ram.address(used), (layout.pages() - used) * Ram.PAGE, 0xcc);
        bench.seconds(20);

        assertThat(bench.kernel.up()).isTrue();
        assertThat(bench.events(Event.Heartbeat.class)).hasSize(20);
        GuestKernelTest.assertBeatsFollowTheChain(bench);
    }

    @Test
    void comesToNoOtherEndThanThoseOfMachinesWhateverIsDamaged() {
        for (long seed = 1; seed <= 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Workbench bench = Workbench.booted(4);
            try {
                bench.kernel.start(Stressor.MEMORY);
                bench.kernel.start(Stressor.FORK);
                bench.pass(Duration.ofMillis(random.nextInt(6_000)));
                int pages = random.nextBoolean()
                        ? bench.layout().firstFree() + 60
                        : bench.layout().pages();
                for (int damage = 0; damage < 40; damage++) {
                    int address = random.nextInt(pages * Ram.PAGE);
                    bench.overwrite(address & ~7, 8, random.nextInt());
                }
                bench.seconds(4);
                assertThat(bench.ends).hasSize(bench.kernel.up() ? 0 : 1);
                assertThat(bench.events(Event.MachineEnded.class)).hasSize(bench.ends.size());
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed %d".formatted(seed), e);
            }
        }
    }

    private static void assertEnded(Workbench bench, MachineEnd end, String detail) {
        assertThat(bench.events(Event.MachineEnded.class)).singleElement().satisfies(event -> {
            assertThat(event.outcome()).isEqualTo(end);
            assertThat(event.detail()).isEqualTo(detail);
        });
        assertThat(bench.ends).containsExactly(end);
        assertThat(bench.kernel.up()).isFalse();
        assertThat(bench.kernel.runnable()).isFalse();
        assertThat(bench.pending()).isZero();
        int before = bench.events.size();
        bench.seconds(3);
        assertThat(bench.events).hasSize(before);
    }
}
