package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.BlockDevice;

import java.io.IOException;
import java.util.random.RandomGenerator;

/** A LUKS volume. */
public final class LuksVolume {

    private LuksVolume() {}

    /**
     * Makes a LUKS2 volume with one key slot out of a disk, of which only the headers and the slot
     * are written.
     *
     * @param random gives the volume key, the salts and the UUID; secret only if it is
     * @return the payload, which enciphers what is written to it
     * @throws cofferdam.monitor.disk.MalformedImageException if the disk has no room for a sector
     */
    public static BlockDevice format(
            BlockDevice whole, byte[] passphrase, RandomGenerator random, Luks2Options options)
            throws IOException {
        return new Luks2Writer(options, random).write(whole, passphrase);
    }
}
