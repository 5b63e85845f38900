package cofferdam.attacks;

/** What stands between the adversary and its victim. */
public enum Boundary {
    /** The network between machines. */
    NETWORK,
    /** The storage that holds disks: between a disk and the host, and between two tenants of it. */
    DISK,
    /** The host's memory: between the machines that share it, and between one and the next. */
    MEMORY,
    /** The buses of a machine, behind which the host's devices and memory are. */
    DEVICE,
    /** The monitor, seen from the host's operating system. */
    HOST,
    /** What the host shares out: who uses it up, or falls, must not take others along. */
    EXHAUSTION
}
