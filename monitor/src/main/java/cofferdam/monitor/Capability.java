package cofferdam.monitor;

/** Something that can be done with a machine. A machine says of each whether it has it. */
public sealed interface Capability
        permits Cable,
                Devices,
                DiskSlot,
                Endpoint,
                GuestFiles,
                HostProcesses,
                ImageStore,
                KernelDevices,
                LoadClient,
                ManagementConsole,
                MemoryControl,
                NetworkInterfaces,
                OwnDisk,
                OwnMemory,
                Power,
                ProgramMemory,
                Programs,
                RunningSystem,
                Snapshots {}
