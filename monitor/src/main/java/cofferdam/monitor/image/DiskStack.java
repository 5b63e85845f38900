package cofferdam.monitor.image;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.integrity.AeadDisk;
import cofferdam.monitor.disk.integrity.HashTreeDisk;

import java.io.IOException;
import java.util.Optional;

/**
 * What lies between a guest and its image file while it uses it.
 *
 * @param guest the disk that the guest sees
 * @param states the kept states of the disk, if its container has them
 */
public record DiskStack(BlockDevice guest, Optional<KeptStates> states) {

    /**
     * Ends its use in order: everything written is in the image file, and its root is stored.
     *
     * @throws IOException if the file refuses
     */
    public void close() throws IOException {
        if (guest instanceof AeadDisk sealed) {
            sealed.seal();
        } else if (guest instanceof HashTreeDisk sealed) {
            sealed.seal();
        } else {
            guest.flush();
        }
    }
}
