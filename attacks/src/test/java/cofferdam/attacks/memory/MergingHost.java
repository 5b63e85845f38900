package cofferdam.attacks.memory;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Findings;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.SettingValues;
import cofferdam.attacks.Targets;
import cofferdam.attacks.staging.Stage;
import cofferdam.attacks.staging.VirtualTimeline;
import cofferdam.monitor.Capability;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Offer;
import cofferdam.monitor.ProgramMemory;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Canary;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A host that merges equal pages of machines after five seconds, and what an attack there puts down. */
final class MergingHost implements Findings {

    private static final Duration SCAN = Duration.ofSeconds(5);

    final VirtualTimeline timeline = new VirtualTimeline();
    final SplittableRandom random = new SplittableRandom(5);
    final List<String> reports = new ArrayList<>();
    final List<String> acts = new ArrayList<>();
    final List<Long> cycles = new ArrayList<>();
    final List<BitSet> given = new ArrayList<>();
    final List<BitSet> received = new ArrayList<>();
    final Map<String, Integer> counts = new LinkedHashMap<>();
    final List<Program> programs = new ArrayList<>();

    /** Whether equal pages are merged at all. */
    boolean merges = true;

    /** How many pages a machine has for a program. */
    int room = 10_000;

    /** Whether programs that run are ended. */
    boolean kills;

    Attack.Campaign start(Attack attack) throws MissingCapabilityException {
        return attack.start(new Adversary(
                machine("vm1", true),
                Optional.of(machine("vm2", true)),
                Targets.of(List.of()),
                SettingValues.of(attack.settings(), counts, Map.of(), Map.of()),
                timeline,
                random.split(),
                reports::add,
                this));
    }

    Machine machine(String name, boolean able) {
        return new Guest(
                name,
                able ? new Offer.Available<>(new Memory(name)) : new Offer.Missing<>("no memory"));
    }

    List<Program> running() {
        return programs.stream().filter(program -> !program.released).toList();
    }

    @Override
    public void filled(int pages) {
        acts.add("filled " + pages);
    }

    @Override
    public void timed(List<Long> measured) {
        acts.add("timed");
        cycles.addAll(measured);
    }

    @Override
    public BitSet message(String round, int bits) {
        acts.add("given " + round);
        BitSet message = new BitSet();
        for (int bit = 0; bit < bits; bit++) {
            message.set(bit, random.nextBoolean());
        }
        given.add(message);
        return (BitSet) message.clone();
    }

    @Override
    public void received(String round, BitSet message, int bits, Duration span) {
        acts.add("received %s, %d bits in %s".formatted(round, bits, span));
        received.add((BitSet) message.clone());
    }

    /** A program's pages. */
    final class Program implements ProgramMemory.Pages {

        final String machine;
        final List<byte[]> pages = new ArrayList<>();
        final List<Long> since = new ArrayList<>();
        boolean released;

        private Program(String machine, int count) {
            this.machine = machine;
            for (int page = 0; page < count; page++) {
                pages.add(new byte[0]);
                since.add(timeline.now());
            }
        }

        @Override
        public int count() {
            return pages.size();
        }

        @Override
        public void fill(int page, byte[] content) throws IOException {
            live();
            pages.set(page, content.clone());
            since.set(page, timeline.now());
        }

        @Override
        public long timedWrite(int page, int offset, byte value) throws IOException {
            live();
            boolean merged = merges && isMerged(page);
            pages.get(page)[offset] = value;
            return (merged ? 5000 : 100) + random.nextLong(-20, 20);
        }

        private boolean isMerged(int page) {
            return timeline.now() - since.get(page) >= SCAN.toNanos()
                    && running().stream()
                            .filter(other -> !other.machine.equals(machine))
                            .flatMap(other -> other.pages.stream())
                            .anyMatch(other -> Arrays.equals(other, pages.get(page)));
        }

        private void live() throws IOException {
            if (released || kills) {
                throw new IOException("the program is no more");
            }
        }

        @Override
        public void release() {
            released = true;
        }
    }

    private final class Memory implements ProgramMemory {

        private final String machine;

        Memory(String machine) {
            this.machine = machine;
        }

        @Override
        public Pages reserve(int count) throws IOException {
            if (count > room) {
                throw new IOException("no memory for %d pages".formatted(count));
            }
            Program program = new Program(machine, count);
            programs.add(program);
            return program;
        }

        @Override
        public void remember(Canary secret, int pages) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void recall() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void forget() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void hold(BitSet held, int of) {
            throw new UnsupportedOperationException();
        }
    }

    private record Guest(String name, Offer<ProgramMemory> memory) implements Machine {

        @Override
        public MacAddress mac() {
            return Stage.ATTACKER;
        }

        @Override
        public Ipv4Address address() {
            return Stage.ATTACKER_IP;
        }

        @Override
        public <C extends Capability> Offer<C> offer(Class<C> capability) {
            return switch (memory) {
                case Offer.Available<ProgramMemory> available ->
                    new Offer.Available<>(capability.cast(available.capability()));
                case Offer.Missing<ProgramMemory> missing -> new Offer.Missing<>(missing.reason());
            };
        }
    }
}
