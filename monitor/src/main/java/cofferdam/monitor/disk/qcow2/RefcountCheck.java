package cofferdam.monitor.disk.qcow2;

import java.io.IOException;

/** The last pass: the reference counts that the file has against the references that were found. */
final class RefcountCheck {

    private final Accounts accounts;
    private final Layout layout;
    private final ProblemLog log;
    private final Refcounts refcounts;
    private final byte[] block;

    RefcountCheck(Accounts accounts, Refcounts refcounts) {
        this.accounts = accounts;
        this.refcounts = refcounts;
        layout = accounts.layout();
        log = accounts.log();
        block = new byte[layout.clusterSize()];
    }

    /** Compares; the references that were found are forgotten. */
    void check() throws IOException {
        long length = refcounts.tableEntries() * Long.BYTES;
        if (length == 0 || !accounts.isPlace(refcounts.offset(), length)) {
            return;
        }
        accounts.counts().startRound();
        accounts.forEachEntry(refcounts.offset(), refcounts.tableEntries(), (index, entry) -> {
            long offset = entry & Refcounts.OFFSET;
            boolean isThere = offset != 0 && accounts.isPlace(offset, block.length);
            if (isThere && !accounts.counts().markSeen(layout.cluster(offset))) {
                block(offset, (long) index * refcounts.blockEntries());
            }
        });
        accounts.counts().forEachLeft(cluster -> compare(cluster, 0));
    }

    private void block(long offset, long first) throws IOException {
        accounts.file().read(offset, block, 0, block.length);
        long clusters = layout.clusters(accounts.file().size());
        long inFile = Math.clamp(clusters - first, 0, refcounts.blockEntries());
        for (int i = 0; i < inFile; i++) {
            long bit = (long) i << refcounts.order();
            long word = BigEndian.number(block, (int) (bit >>> 6) * Long.BYTES);
            compare(first + i, refcounts.count(word, (int) (bit & 63)));
        }
    }

    private void compare(long cluster, long counted) {
        int found = accounts.counts().take(cluster);
        boolean isUncertain = found == ClusterCounts.MOST && counted > found;
        if (counted == found || isUncertain) {
            return;
        }
        String many = found == ClusterCounts.MOST ? " or more" : "";
        Qcow2Problem problem = problem(found, counted);
        log.add(
                problem,
                "cluster at 0x%x: counted %s, %d references%s",
                cluster << layout.clusterBits(),
                Long.toUnsignedString(counted),
                found,
                many);
    }

    private Qcow2Problem problem(int found, long counted) {
        if (found == ClusterCounts.MOST || Long.compareUnsigned(found, refcounts.most()) > 0) {
            return Qcow2Problem.REFCOUNT_OVERFLOW;
        }
        return Long.compareUnsigned(counted, found) < 0
                ? Qcow2Problem.REFCOUNT_TOO_LOW
                : Qcow2Problem.REFCOUNT_LEAK;
    }
}
