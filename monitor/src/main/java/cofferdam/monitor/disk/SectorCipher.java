package cofferdam.monitor.disk;

/** Enciphers whole sectors in place, each by its number. Safe for use by several threads. */
public interface SectorCipher {

    /** The size of a sector in bytes: 512 to 4096. */
    int sectorSize();

    /**
     * Enciphers sectors in place.
     *
     * @param sector the number of the first, in units of 512 bytes from where numbering begins
     * @param count bytes, a multiple of the sector size
     */
    void encrypt(long sector, byte[] bytes, int start, int count);

    /** Deciphers sectors in place; parameters as {@link #encrypt}. */
    void decrypt(long sector, byte[] bytes, int start, int count);
}
