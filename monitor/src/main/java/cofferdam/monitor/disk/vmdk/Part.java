package cofferdam.monitor.disk.vmdk;

import java.io.IOException;

/** A run of the disk that one line of the descriptor, or one sparse file, accounts for. */
sealed interface Part permits SparsePart, FlatPart, ZeroPart, MissingPart {

    /** In bytes. */
    long length();

    /** Reads from the part; the range is inside. */
    void read(long offset, byte[] into, int start, int count) throws IOException;
}
