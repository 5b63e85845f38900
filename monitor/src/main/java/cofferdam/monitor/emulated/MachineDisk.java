package cofferdam.monitor.emulated;

import cofferdam.monitor.Capability;
import cofferdam.monitor.DiskSlot;
import cofferdam.monitor.GuestFiles;
import cofferdam.monitor.Offer;
import cofferdam.monitor.OwnDisk;
import cofferdam.monitor.Snapshots;
import cofferdam.monitor.policy.DiskPolicy;

/** What can be done with a machine's disk. */
record MachineDisk(DiskBay bay, DiskPolicy.Format format, StorageLog log) {

    <C extends Capability> Offer<C> offer(Class<C> kind) {
        if (kind == DiskSlot.class) {
            return available(kind, new BaySlot(bay));
        }
        if (!bay.hasDisk()) {
            return new Offer.Missing<>("machine '%s' has no disk".formatted(bay.machine()));
        }
        if (kind == GuestFiles.class) {
            return available(kind, new UserFiles(bay, log));
        }
        if (kind == OwnDisk.class) {
            return available(kind, new RootsDisk(bay, log));
        }
        if (kind == Snapshots.class && format == DiskPolicy.Format.QCOW2) {
            return available(kind, new BaySnapshots(bay, log));
        }
        return new Offer.Missing<>(
                kind == Snapshots.class
                        ? "images of this policy's format keep no states of a disk"
                        : "machine '%s' has no capability %s"
                                .formatted(bay.machine(), kind.getSimpleName()));
    }

    private static <C extends Capability> Offer<C> available(Class<C> kind, Capability capability) {
        return new Offer.Available<>(kind.cast(capability));
    }
}
