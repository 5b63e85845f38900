package cofferdam.monitor.emulated;

import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.computer.Computer;
import cofferdam.monitor.device.DmaDisk;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.guest.system.BootFailure;
import cofferdam.monitor.host.HostSystem;
import cofferdam.monitor.net.Link;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Starts a machine and switches it off: its disk, its memory, or both. While it is off its cables carry
 * nothing.
 */
record MachineStart(
        DiskBay bay,
        @Nullable Computer computer,
        List<Link> links,
        @Nullable HostSystem console,
        StorageLog log) {

    /** What a machine without a disk is started from. */
    private static final String FIRMWARE = "firmware";

    MachineStart {
        links = List.copyOf(links);
    }

    /** Whether the machine has anything to start. */
    boolean isPossible() {
        return computer != null || bay.hasDisk();
    }

    boolean isOn() {
        return computer == null ? bay.isOn() : computer.isOn();
    }

    /**
     * Starts it; what comes of it is an event.
     *
     * @throws RefusedSetupException if the host has no memory for it
     */
    void start() throws RefusedSetupException {
        if (isOn()) {
            return;
        }
        if (computer == null) {
            bay.start(disk -> disk);
            connect(bay.isUp());
            return;
        }
        computer.allocate();
        connect(startWithMemory(computer));
        if (console != null) {
            console.started(bay.machine());
        }
    }

    private boolean startWithMemory(Computer own) {
        if (bay.hasDisk()) {
            bay.start(disk -> new DmaDisk(disk, own.memory().orElseThrow(), own.diskBuffer()));
            if (bay.system().isEmpty()) {
                return bay.isUp();
            }
        }
        try {
            own.boot(bay.system());
        } catch (BootFailure e) {
            power(PowerState.FAILED, String.valueOf(e.getMessage()));
            return false;
        }
        if (!bay.hasDisk()) {
            power(PowerState.STARTED, "");
        }
        return true;
    }

    /** Starts it; that the host refuses is an event too. */
    void startOrRefuse() {
        try {
            start();
        } catch (RefusedSetupException e) {
            power(PowerState.REFUSED, String.valueOf(e.getMessage()));
        }
    }

    /** Shuts it down. */
    void shutDown() {
        if (computer != null) {
            computer.stop();
        }
        if (bay.hasDisk()) {
            bay.shutDown();
        } else {
            power(PowerState.OFF, "");
        }
        connect(false);
        if (console != null && computer != null) {
            console.ended(bay.machine());
        }
    }

    private void connect(boolean connected) {
        links.forEach(link -> link.connect(connected));
    }

    private void power(PowerState state, String detail) {
        String image = bay.hasDisk() ? bay.image() : FIRMWARE;
        log.record(time -> new Event.PowerChanged(time, bay.machine(), image, state, detail));
    }
}
