package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.qcow2.MappedDisk.L1Table;

/**
 * What an L1 table maps: a disk, and perhaps a saved memory behind it.
 *
 * @param name for problems
 * @param disk index of the disk's view
 * @param diskSize in bytes
 * @param memory index of the saved memory's view; -1 if there is none
 * @param memorySize in bytes
 */
record MappedView(String name, L1Table l1, int disk, long diskSize, int memory, long memorySize) {

    /** Where a saved memory begins: behind the L1 entries that the disk takes. */
    static long memoryStart(Layout layout, long diskSize) {
        return layout.l1Entries(diskSize) * layout.span();
    }

    /** Whether the active one, whose flags for exclusive use have to be right. */
    boolean isActive() {
        return disk == 0;
    }
}
