package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.ProgramMemory.Pages;
import cofferdam.monitor.Programs.Execution;
import cofferdam.monitor.Programs.Stressor;
import cofferdam.monitor.RunningSystem.Sabotage;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.guest.system.BootFailure;
import cofferdam.monitor.memory.Balloon;
import cofferdam.monitor.memory.MemoryUsage;
import cofferdam.monitor.memory.PhysicalMemory;
import cofferdam.monitor.schedule.Runner;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A guest's operating system while it runs. Everything that it knows lies in its memory. */
public final class GuestKernel implements Runner, Balloon {

    /**
     * What a kernel runs on.
     *
     * @param machine its name
     * @param cycles its time-stamp counter
     * @param wake called when it wants to run
     */
    public record Hardware(
            String machine,
            PhysicalMemory memory,
            RootFiles files,
            IoPath io,
            Timeline timeline,
            LongSupplier cycles,
            Runnable wake) {}

    /** How programs reach the network and the disk. */
    public interface IoPath {

        /** Sends a datagram of so many bytes to the discard service outside; false if it was dropped at once. */
        boolean send(int bytes);

        /** Asks the machine outside for a burst of datagrams to this one. */
        void askForTraffic();

        /** How many cycles a read or write of the disk takes now, queueing included; 0 without a disk. */
        long disk(int bytes, boolean write);
    }

    public GuestKernel(
            Hardware hardware,
            RandomGenerator random,
            Consumer<Event> events,
            Consumer<MachineEnd> onEnd) {
        throw new UnsupportedOperationException();
    }

    /** Lays the kernel out in memory and starts init and the services. */
    public void boot() throws BootFailure {
        throw new UnsupportedOperationException();
    }

    /** Whether it works. */
    public boolean up() {
        throw new UnsupportedOperationException();
    }

    /** Stops at once, without a word. */
    public void halt() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean runnable() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long run(long cycles) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Integer> inflate(int pages) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Integer> deflate(int pages) {
        throw new UnsupportedOperationException();
    }

    /** Memory as the guest itself sees it. */
    public MemoryUsage usage() {
        throw new UnsupportedOperationException();
    }

    /** Does something to itself. */
    public void sabotage(Sabotage sabotage) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Starts a program. */
    public Execution start(Stressor stressor) {
        throw new UnsupportedOperationException();
    }

    /** Pages for a program. */
    public Pages reserve(int count) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * A program keeps a secret in so many pages.
     *
     * @throws IOException if there is no memory for it
     */
    public void remember(Canary secret, int pages) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** What the program has where its secret was; empty if nothing that could be one. */
    public String recall() {
        throw new UnsupportedOperationException();
    }

    /** The guest pages in which the secret lies and that are in memory now. */
    public List<Integer> secretPages() {
        throw new UnsupportedOperationException();
    }

    public void forget() {
        throw new UnsupportedOperationException();
    }

    /** A program keeps some pages of the public collection. */
    public void hold(BitSet held) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Works off a request of the page service when the processor has come to it.
     *
     * @param answered called when it is done
     * @return false if too many wait already
     */
    public boolean serve(int request, Runnable answered) {
        throw new UnsupportedOperationException();
    }

    /** Whether its processor spins with interrupts off, which it cannot know itself. */
    public boolean hung() {
        throw new UnsupportedOperationException();
    }
}
