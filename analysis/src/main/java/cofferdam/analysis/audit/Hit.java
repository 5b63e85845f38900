package cofferdam.analysis.audit;

import cofferdam.monitor.disk.Region;

import org.jspecify.annotations.Nullable;

/** A match while it is being placed: first in a host file, then in a layer, then in a file system. */
final class Hit {

    /** Index of the rule. */
    final int rule;

    final Match match;

    /** Index of the host file, and where in it; -1 as long as only the guest's offset is known. */
    int file = -1;

    long fileOffset = -1;

    final Finding.Stored stored;

    /** The layer and view that it is in; -1 where nothing accounts for it. */
    int layer = -1;

    int view = -1;
    Claim claim = Claim.NONE;
    long guestOffset = Finding.NOWHERE;
    int copies;

    int partition;
    String fileSystem = "";

    @Nullable
    Region region;

    String path = "";

    /** Whether it is the stored form of a match that was found decoded too. */
    boolean isStoredCopy;

    private int regionRank = Integer.MAX_VALUE;

    /** What accounts for a match, the strongest first. */
    enum Claim {
        ACTIVE,
        SNAPSHOT,
        MACHINE_STATE,
        COMPRESSED,
        ZERO_FLAGGED,
        METADATA,
        NONE
    }

    Hit(int rule, Match match, Finding.Stored stored) {
        this.rule = rule;
        this.match = match;
        this.stored = stored;
    }

    /** Says where in a host file it is. */
    Hit inFile(int index, long offset) {
        file = index;
        fileOffset = offset;
        return this;
    }

    /** Says where in a view it is. */
    Hit inView(int layerIndex, int viewIndex, Claim by, long offset) {
        layer = layerIndex;
        view = viewIndex;
        claim = by;
        guestOffset = offset;
        copies = 1;
        return this;
    }

    /** Takes a claim to it if that is stronger than what it has; layers come in order. */
    void claim(int layerIndex, int viewIndex, Claim by, long offset) {
        boolean refersToData = by.compareTo(Claim.COMPRESSED) < 0;
        if (claim == Claim.NONE || (layer == layerIndex && by.compareTo(claim) < 0)) {
            int before = copies;
            inView(layerIndex, viewIndex, by, offset);
            copies = before + (refersToData ? 1 : 0);
            return;
        }
        copies += refersToData && claim.compareTo(Claim.COMPRESSED) < 0 ? 1 : 0;
    }

    /** Takes a place in a file system if it is more specific than what it has. */
    void place(Region where, String inPath) {
        int rank = rank(where, inPath);
        if (rank < regionRank) {
            regionRank = rank;
            region = where;
            path = inPath;
        }
    }

    private static int rank(Region region, String path) {
        return switch (region) {
            case ALLOCATED -> 0;
            case SWAP -> 1;
            case SLACK -> 2;
            case UNALLOCATED -> path.isEmpty() ? 5 : 3;
            case METADATA -> 4;
            case GAP -> 6;
            case CONTAINER -> 7;
        };
    }
}
