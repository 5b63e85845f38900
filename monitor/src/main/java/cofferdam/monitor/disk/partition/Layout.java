package cofferdam.monitor.disk.partition;

import static cofferdam.monitor.disk.BlockDevice.SECTOR;

import java.util.List;

/**
 * Where new partitions may lie.
 *
 * @param first the first byte that they may take
 * @param end the byte after the last
 */
record Layout(long first, long end) {

    /** Fails unless all are inside, whole sectors, and apart from one another. */
    void require(List<NewPartition> partitions) {
        for (int i = 0; i < partitions.size(); i++) {
            NewPartition wanted = partitions.get(i);
            if (wanted.offset() % SECTOR != 0
                    || wanted.size() % SECTOR != 0
                    || wanted.size() <= 0) {
                throw new IllegalArgumentException("%s is not made of sectors".formatted(wanted));
            }
            if (wanted.offset() < first || wanted.end() > end) {
                throw new IllegalArgumentException(
                        "%s is not within bytes %d to %d".formatted(wanted, first, end));
            }
            for (NewPartition other : partitions.subList(0, i)) {
                if (wanted.offset() < other.end() && other.offset() < wanted.end()) {
                    throw new IllegalArgumentException(
                            "%s and %s overlap".formatted(other, wanted));
                }
            }
        }
    }
}
