package cofferdam.monitor;

/** Something that can be done with a machine. A machine says of each whether it has it. */
public sealed interface Capability
        permits Cable,
                DiskSlot,
                Endpoint,
                GuestFiles,
                ImageStore,
                NetworkInterfaces,
                OwnDisk,
                Power,
                Snapshots {}
