package cofferdam.monitor.disk.fat;

import java.io.IOException;

/**
 * Clusters that follow one another both in a chain and on the disk.
 *
 * @param first the number of the first
 * @param count how many; at least 1
 */
record ClusterRun(int first, int count) {

    /** Is told the runs of a chain in order. */
    @FunctionalInterface
    interface Visitor {
        void visit(ClusterRun run) throws IOException;
    }
}
