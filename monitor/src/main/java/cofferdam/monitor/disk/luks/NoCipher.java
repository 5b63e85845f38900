package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.SectorCipher;

/** The kernel's {@code cipher_null}: a volume that has a passphrase and hides nothing. */
record NoCipher(int sectorSize) implements SectorCipher {

    @Override
    public void encrypt(long sector, byte[] bytes, int start, int count) {
        Aes.requireSectors(bytes, start, count, sectorSize);
    }

    @Override
    public void decrypt(long sector, byte[] bytes, int start, int count) {
        Aes.requireSectors(bytes, start, count, sectorSize);
    }
}
