package cofferdam.monitor.device;

import cofferdam.monitor.Devices;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.memory.PhysicalMemory;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A machine's bus as its own kernel reaches it; what it reads is noted. */
public final class GuestDevices implements Devices {

    private static final int NOBODY = 0xff;
    private static final int NO_VENDOR = 0xffff;

    private final String machine;
    private final Bus bus;
    private final BooleanSupplier running;
    private final LongSupplier clock;
    private final Evidence evidence;
    private final Survey functions = new Survey(1);
    private final Survey ports = new Survey(1);
    private final Survey pages = new Survey(PhysicalMemory.PAGE);

    /**
     * The capability of one machine.
     *
     * @param running whether the machine runs at this time
     * @param clock nanoseconds since 1970-01-01T00:00:00Z
     */
    public GuestDevices(
            String machine,
            Bus bus,
            BooleanSupplier running,
            LongSupplier clock,
            Evidence evidence) {
        this.machine = machine;
        this.bus = bus;
        this.running = running;
        this.clock = clock;
        this.evidence = evidence;
    }

    @Override
    public int in(int port, int bytes) throws IOException {
        requireRunning();
        int value = bus.in(port, bytes);
        for (int i = 0; i < bytes && port + i < Bus.PORTS; i++) {
            ports.note(port + i, (value >>> (8 * i) & NOBODY) != NOBODY);
        }
        if (bytes > 1 && bus.selectedRegister(port).filter(at -> at == 0).isPresent()) {
            functions.note(bus.selectedFunction(), (value & NO_VENDOR) != NO_VENDOR);
        }
        return value;
    }

    @Override
    public void out(int port, int bytes, int value) throws IOException {
        requireRunning();
        bus.out(port, bytes, value);
    }

    @Override
    public int readByte(long address) throws IOException {
        requireRunning();
        int value = bus.readByte(address);
        if (address >= 0 && address < Bus.ADDRESSES) {
            pages.note((int) (address / PhysicalMemory.PAGE), value != NOBODY);
        }
        return value;
    }

    @Override
    public void found(Finding finding) {
        evidence.record(
                new Event.DeviceFound(clock.getAsLong(), machine, finding.what(), finding.value()));
    }

    @Override
    public void scanned() {
        record("pci", functions);
        record("ports", ports);
        record("memory", pages);
    }

    private void record(String subject, Survey survey) {
        evidence.record(new Event.BusScanned(
                clock.getAsLong(), machine, subject, survey.looked(), survey.answers()));
    }

    private void requireRunning() throws IOException {
        if (!running.getAsBoolean()) {
            throw new IOException("%s is down".formatted(machine));
        }
    }
}
