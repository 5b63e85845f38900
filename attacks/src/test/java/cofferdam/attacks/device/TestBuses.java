package cofferdam.attacks.device;

import cofferdam.attacks.staging.Stage;
import cofferdam.monitor.Capability;
import cofferdam.monitor.Devices;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Offer;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Buses with what a test puts there; memory has zeros up to its size. */
final class TestBuses implements Machine, Devices {

    final Map<Integer, int[]> functions = new HashMap<>();
    final Map<Integer, Integer> ports = new HashMap<>();
    final TreeMap<Long, Integer> memory = new TreeMap<>();
    final List<String> found = new ArrayList<>();
    final Map<Integer, Integer> clockMemory = new HashMap<>();
    long size;
    int scans;
    boolean mechanism = true;
    boolean down;
    private int selected;
    private int index;

    /** A function with some base addresses: masks of the bits that can be written. */
    void function(int number, int identity, int... masks) {
        int[] words = new int[128];
        words[0] = identity;
        words[1] = 0x0280_0003;
        for (int i = 0; i < masks.length; i++) {
            words[4 + i] = 0x1000 * (i + 1) & masks[i];
            words[64 + 4 + i] = masks[i];
        }
        words[64 + 1] = 0xffff;
        functions.put(number, words);
    }

    /** A machine whose clock tells so many bytes of memory. */
    void memory(long bytes) {
        size = bytes;
        int extended = (int) Math.min(0xffff, (bytes >> 10) - 1024);
        int high = (int) Math.max(0, (bytes >> 16) - 256);
        clockMemory.put(0x30, extended & 0xff);
        clockMemory.put(0x31, extended >>> 8);
        clockMemory.put(0x34, high & 0xff);
        clockMemory.put(0x35, high >>> 8);
    }

    @Override
    public int in(int port, int bytes) throws IOException {
        requireRunning();
        if (port == 0xcf8 && bytes == 4) {
            return mechanism ? selected : -1;
        }
        if (port == 0xcfc && bytes == 4) {
            int[] words = functions.get(selected >>> 8 & 0xffff);
            return words == null ? -1 : words[selected >>> 2 & 63];
        }
        if (port == 0x71) {
            return clockMemory.getOrDefault(index, 0);
        }
        return ports.getOrDefault(port, 0xff);
    }

    @Override
    public void out(int port, int bytes, int value) throws IOException {
        requireRunning();
        if (port == 0x70) {
            index = value;
        }
        if (port == 0xcf8 && bytes == 4) {
            selected = value;
        }
        int[] words = functions.get(selected >>> 8 & 0xffff);
        if (port == 0xcfc && words != null) {
            int register = selected >>> 2 & 63;
            int mask = words[64 + register];
            words[register] = (words[register] & ~mask) | (value & mask);
        }
    }

    @Override
    public int readByte(long address) throws IOException {
        requireRunning();
        return memory.getOrDefault(address, address < size ? 0 : 0xff);
    }

    @Override
    public void found(Finding finding) {
        found.add(finding.what() + " = " + finding.value());
    }

    @Override
    public void scanned() {
        scans++;
    }

    private void requireRunning() throws IOException {
        if (down) {
            throw new IOException("vm1 is down");
        }
    }

    @Override
    public String name() {
        return "vm1";
    }

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
        return capability.isInstance(this)
                ? new Offer.Available<>(capability.cast(this))
                : new Offer.Missing<>("there is no such thing");
    }
}
