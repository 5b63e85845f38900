package cofferdam.monitor.emulated;

import cofferdam.monitor.computer.Computer;
import cofferdam.monitor.host.GuestRuntime;
import cofferdam.monitor.host.HostSystem;
import cofferdam.monitor.memory.GuestMemory;
import cofferdam.monitor.memory.PhysicalMemory;

import java.util.Optional;

/** What the monitor runs for a machine, as the host's operating system can take it away. */
record GuestOnHost(MachineStart start, Computer computer) implements GuestRuntime {

    @Override
    public String machine() {
        return computer.name();
    }

    @Override
    public boolean running() {
        return start.isOn();
    }

    @Override
    public Optional<String> image() {
        return start.bay().hasDisk() ? Optional.of(start.bay().image()) : Optional.empty();
    }

    @Override
    public boolean imageLocked() {
        return start.bay().isLocked();
    }

    @Override
    public Optional<PhysicalMemory> memory() {
        return computer.memory().map(memory -> memory);
    }

    @Override
    public String frames() {
        return computer.memory().map(GuestMemory::frames).orElse("");
    }

    @Override
    public void imageHandleClosed() {
        start.bay().closeHandle();
    }

    @Override
    public void networkHandleClosed() {
        start.links().forEach(link -> link.connect(false));
    }

    @Override
    public void threadEnded(String name) {
        if (name.equals(HostSystem.DEVICE_THREAD)) {
            imageHandleClosed();
            networkHandleClosed();
            return;
        }
        die("the thread %s of its process has ended".formatted(name));
    }

    @Override
    public void lockBroken(String name) {
        if (image().filter(name::equals).isPresent()) {
            start.bay().breakLock();
        }
    }

    @Override
    public void memoryUnmapped() {
        die("the memory of its process is unmapped");
    }

    private void die(String why) {
        computer.kill(why);
        start.bay().abandon();
    }

    @Override
    public void powerOff() {
        start.shutDown();
    }

    @Override
    public void powerOn() {
        start.startOrRefuse();
    }
}
