package cofferdam.monitor.linux;

import cofferdam.monitor.Snapshots;
import cofferdam.monitor.evidence.Event;

import java.io.IOException;

/** Kept states of a real guest's disk, which the testbed's own code keeps in the image. */
record GuestSnapshots(GuestBay bay, StorageLog log) implements Snapshots {

    @Override
    public void take(String name) throws IOException {
        bay.withStates(states -> states.take(name, log.seconds()));
        log.record(time -> new Event.SnapshotTaken(time, bay.machine(), bay.image(), name));
    }

    @Override
    public void delete(String name) throws IOException {
        bay.withStates(states -> states.delete(name));
        log.record(time -> new Event.SnapshotDeleted(time, bay.machine(), bay.image(), name));
    }
}
