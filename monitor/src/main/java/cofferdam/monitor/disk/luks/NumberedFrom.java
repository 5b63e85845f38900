package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.SectorCipher;

/** A cipher whose first sector has another number than 0. */
record NumberedFrom(long first, SectorCipher cipher) implements SectorCipher {

    @Override
    public int sectorSize() {
        return cipher.sectorSize();
    }

    @Override
    public void encrypt(long sector, byte[] bytes, int start, int count) {
        cipher.encrypt(first + sector, bytes, start, count);
    }

    @Override
    public void decrypt(long sector, byte[] bytes, int start, int count) {
        cipher.decrypt(first + sector, bytes, start, count);
    }
}
