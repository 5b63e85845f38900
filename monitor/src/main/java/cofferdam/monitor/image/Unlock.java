package cofferdam.monitor.image;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.luks.LuksVolume;
import cofferdam.monitor.disk.luks.UnlockLimits;
import cofferdam.monitor.disk.luks.Unlocking;

import java.io.IOException;

/** Unlocks the LUKS volumes of disks. */
final class Unlock {

    private Unlock() {}

    /**
     * The volume, open.
     *
     * @throws IOException if the header is damaged or not of this passphrase
     */
    static Unlocking.Unlocked with(ByteSource volume, byte[] passphrase) throws IOException {
        return switch (LuksVolume.open(volume).unlock(passphrase, UnlockLimits.STANDARD)) {
            case Unlocking.Unlocked unlocked -> unlocked;
            case Unlocking.WrongSecret wrong ->
                throw new IOException("the key of the disk does not open it");
            case Unlocking.Refused refused ->
                throw new IOException(refused.problem().detail());
        };
    }
}
