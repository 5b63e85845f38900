package cofferdam.attacks.disk;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.SettingValues;
import cofferdam.attacks.Targets;
import cofferdam.attacks.staging.VirtualTimeline;
import cofferdam.monitor.Capability;
import cofferdam.monitor.ImageStore;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Offer;
import cofferdam.monitor.OwnDisk;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A host's files and a machine's own disk, in memory, with what was done to them. */
final class Storage implements ImageStore, OwnDisk {

    final SortedMap<String, byte[]> files = new TreeMap<>();
    final List<String> done = new ArrayList<>();
    final List<String> reports = new ArrayList<>();
    final Map<String, Integer> counts = new HashMap<>();
    final Map<String, String> choices = new HashMap<>();
    byte[] disk = new byte[0];
    String refusal = "";

    Attack.Campaign start(Attack attack, String... victims) {
        try {
            return attack.start(adversary(attack, true, victims));
        } catch (MissingCapabilityException e) {
            throw new AssertionError(e);
        }
    }

    Adversary adversary(Attack attack, boolean able, String... victims) {
        return new Adversary(
                new Attacker(able ? new Offer.Available<>(this) : new Offer.Missing<>("no disks")),
                new Targets(List.of(victims), List.of(), Map.of()),
                SettingValues.of(attack.settings(), counts, Map.of(), choices),
                new VirtualTimeline(),
                new SplittableRandom(1),
                reports::add);
    }

    @Override
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public String imageOf(String machine) throws IOException {
        return content(machine + ".img") == null ? "" : machine + ".img";
    }

    @Override
    public byte[] read(String name) throws IOException {
        done.add("read " + name);
        return content(name).clone();
    }

    @Override
    public void replace(String name, byte[] content, String what) throws IOException {
        content(name);
        done.add("replace %s: %s".formatted(name, what));
        files.put(name, content.clone());
    }

    @Override
    public void copy(String name, String copy) throws IOException {
        done.add("copy %s to %s".formatted(name, copy));
        files.put(copy, content(name).clone());
    }

    private byte[] content(String name) throws IOException {
        refuse();
        byte[] content = files.get(name);
        if (content == null) {
            throw new FileNotFoundException(name);
        }
        return content;
    }

    @Override
    public byte[] readAll() throws IOException {
        refuse();
        done.add("read the disk");
        return disk.clone();
    }

    @Override
    public void write(long offset, byte[] bytes) throws IOException {
        refuse();
        if (offset + bytes.length > disk.length) {
            throw new IOException(
                    "%d bytes at %d are not on the disk".formatted(bytes.length, offset));
        }
        done.add("write %d at %d".formatted(bytes.length, offset));
        System.arraycopy(bytes, 0, disk, (int) offset, bytes.length);
    }

    private void refuse() throws IOException {
        if (!refusal.isEmpty()) {
            throw new IOException(refusal);
        }
    }

    /** The positions at which two contents differ. */
    static List<Integer> differences(byte[] before, byte[] after) {
        List<Integer> differences = new ArrayList<>();
        for (int at = 0; at < Math.min(before.length, after.length); at++) {
            if (before[at] != after[at]) {
                differences.add(at);
            }
        }
        return differences;
    }

    static byte[] filled(int size, int with) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    private record Attacker(Offer<Storage> storage) implements Machine {

        @Override
        public String name() {
            return "host";
        }

        @Override
        public MacAddress mac() {
            return MacAddress.parse("02:00:00:00:00:09");
        }

        @Override
        public Ipv4Address address() {
            return Ipv4Address.parse("10.0.0.9");
        }

        @Override
        public <C extends Capability> Offer<C> offer(Class<C> capability) {
            return switch (storage) {
                case Offer.Available<Storage> available ->
                    new Offer.Available<>(capability.cast(available.capability()));
                case Offer.Missing<Storage> missing -> new Offer.Missing<>(missing.reason());
            };
        }
    }
}
