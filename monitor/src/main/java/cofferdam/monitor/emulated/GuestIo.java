package cofferdam.monitor.emulated;

import cofferdam.monitor.guest.GuestNetwork;
import cofferdam.monitor.guest.kernel.GuestKernel;
import cofferdam.monitor.schedule.DiskQueue;
import cofferdam.monitor.schedule.Processor;

import org.jspecify.annotations.Nullable;

/** How a machine's programs reach its network and its disk. */
final class GuestIo implements GuestKernel.IoPath {

    private static final long NANOSECONDS = 1000;

    private final DiskBay bay;
    private final DiskQueue disks;
    private @Nullable GuestNetwork network;

    /** @param disks where the machine's requests wait with those of others */
    GuestIo(DiskBay bay, DiskQueue disks) {
        this.bay = bay;
        this.disks = disks;
    }

    /** Its network stack, made after it. */
    void network(GuestNetwork stack) {
        network = stack;
    }

    /** How many bytes the machine has read and written in all. */
    long transferred() {
        return disks.transferred(bay.machine());
    }

    @Override
    public boolean send(int bytes) {
        return network != null && network.sendDiscard(Inhabitant.SOURCE.address(), bytes);
    }

    @Override
    public void askForTraffic() {
        if (network != null) {
            network.askForTraffic(Inhabitant.SOURCE.address());
        }
    }

    @Override
    public long disk(int bytes, boolean write) {
        if (!bay.isOn()) {
            return 0;
        }
        return disks.request(bay.machine(), bytes).toNanos()
                * Processor.CYCLES_PER_MICROSECOND
                / NANOSECONDS;
    }
}
