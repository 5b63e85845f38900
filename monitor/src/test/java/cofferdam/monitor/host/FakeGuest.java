package cofferdam.monitor.host;

import cofferdam.monitor.memory.PhysicalMemory;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A guest whose memory is an array, with what was done to it. */
final class FakeGuest implements GuestRuntime {

    final List<String> done = new ArrayList<>();
    private final String machine;
    private final byte[] memory;
    private final String frames;
    boolean running = true;
    boolean locked;

    FakeGuest(String machine, int size, String frames) {
        this.machine = machine;
        this.memory = new byte[size];
        this.frames = frames;
    }

    void put(int at, byte[] bytes) {
        System.arraycopy(bytes, 0, memory, at, bytes.length);
    }

    @Override
    public String machine() {
        return machine;
    }

    @Override
    public boolean running() {
        return running;
    }

    @Override
    public Optional<String> image() {
        return Optional.of(machine + ".vhd");
    }

    @Override
    public boolean imageLocked() {
        return locked;
    }

    @Override
    public Optional<PhysicalMemory> memory() {
        return memory.length == 0 ? Optional.empty() : Optional.of(new ArrayMemory(this));
    }

    @Override
    public String frames() {
        return frames;
    }

    @Override
    public void imageHandleClosed() {
        done.add("image closed");
    }

    @Override
    public void networkHandleClosed() {
        done.add("network closed");
    }

    @Override
    public void threadEnded(String name) {
        done.add("thread " + name);
        running &= !name.equals("vcpu-0");
    }

    @Override
    public void lockBroken(String name) {
        done.add("lock " + name);
    }

    @Override
    public void memoryUnmapped() {
        done.add("unmapped");
        running = false;
    }

    @Override
    public void powerOff() {
        done.add("off");
        running = false;
    }

    @Override
    public void powerOn() {
        done.add("on");
        running = true;
    }

    private record ArrayMemory(FakeGuest guest) implements PhysicalMemory {

        @Override
        public long size() {
            return guest.memory.length;
        }

        @Override
        public void read(long address, byte[] into, int offset, int count) {
            Objects.checkFromIndexSize(address, count, size());
            System.arraycopy(guest.memory, (int) address, into, offset, count);
        }

        @Override
        public void write(long address, byte[] from, int offset, int count) {
            throw new AssertionError("the host only reads");
        }
    }
}
