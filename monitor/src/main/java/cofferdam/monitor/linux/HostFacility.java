package cofferdam.monitor.linux;

import cofferdam.monitor.Capability;
import cofferdam.monitor.HostProcesses;
import cofferdam.monitor.ImageStore;
import cofferdam.monitor.ManagementConsole;
import cofferdam.monitor.Offer;

import java.util.Optional;

/** What the user of this computer has of the guests' processes and image files. */
record HostFacility(HostProcesses processes, ManagementConsole console, Offer<ImageStore> images)
        implements Facility {

    @Override
    public <C extends Capability> Optional<Offer<C>> offer(Class<C> kind) {
        if (kind == HostProcesses.class) {
            return Facility.available(kind, processes);
        }
        if (kind == ManagementConsole.class) {
            return Facility.available(kind, console);
        }
        if (kind == ImageStore.class) {
            return Optional.of(imagesAs(kind));
        }
        return Optional.empty();
    }

    private <C extends Capability> Offer<C> imagesAs(Class<C> kind) {
        return switch (images) {
            case Offer.Available<ImageStore> available ->
                new Offer.Available<>(kind.cast(available.capability()));
            case Offer.Missing<ImageStore> missing -> new Offer.Missing<>(missing.reason());
        };
    }
}
