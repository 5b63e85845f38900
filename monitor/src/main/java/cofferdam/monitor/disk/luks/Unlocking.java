package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.SectorCipher;

import java.io.IOException;

/** What came of the attempt to unlock a volume. */
public sealed interface Unlocking {

    /**
     * It is open.
     *
     * @param payload its data, deciphered
     * @param cipher of its sectors, numbered from the beginning of the payload
     * @param where where the payload lies
     */
    record Unlocked(ByteSource payload, SectorCipher cipher, Payload where) implements Unlocking {

        /**
         * The payload to read and write, on the disk that the volume was opened from.
         *
         * @throws cofferdam.monitor.disk.MalformedImageException if the disk is smaller
         */
        public BlockDevice on(BlockDevice whole) throws IOException {
            return new CipherDisk(whole, cipher, where.offset(), where.size());
        }
    }

    /** The passphrase opens no key slot, or the key is not the volume's. */
    record WrongSecret() implements Unlocking {}

    /** It was not tried in full, since something is not known or costs too much. */
    record Refused(Problem problem) implements Unlocking {}
}
