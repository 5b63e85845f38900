package cofferdam.monitor.linux;

import cofferdam.monitor.Capability;
import cofferdam.monitor.DiskSlot;
import cofferdam.monitor.GuestFiles;
import cofferdam.monitor.Offer;
import cofferdam.monitor.OwnDisk;
import cofferdam.monitor.Power;
import cofferdam.monitor.Snapshots;
import cofferdam.monitor.policy.DiskPolicy;

import java.util.Optional;

/** What can be done with a real guest's power and disk. */
record GuestDiskFacility(GuestBay bay, GuestPower power, StorageLog log) implements Facility {

    @Override
    public <C extends Capability> Optional<Offer<C>> offer(Class<C> kind) {
        if (kind == Power.class) {
            return Facility.available(kind, power);
        }
        if (kind == DiskSlot.class) {
            return Facility.available(kind, new GuestDiskSlot(bay));
        }
        if (kind == GuestFiles.class) {
            return withDisk(kind, new UserFiles(bay, power, log));
        }
        if (kind == OwnDisk.class) {
            return withDisk(kind, new RootsDisk(bay, power, log));
        }
        if (kind == Snapshots.class) {
            return bay.format() == DiskPolicy.Format.QCOW2
                    ? withDisk(kind, new GuestSnapshots(bay, log))
                    : Facility.missing("images of this policy's format keep no states of a disk");
        }
        return Optional.empty();
    }

    private <C extends Capability> Optional<Offer<C>> withDisk(
            Class<C> kind, Capability capability) {
        return bay.hasDisk()
                ? Facility.available(kind, capability)
                : Facility.missing("machine '%s' has no disk".formatted(bay.machine()));
    }
}
