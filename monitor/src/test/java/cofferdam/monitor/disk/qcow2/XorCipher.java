package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.SectorCipher;

/** Enough of a cipher to see where sectors are numbered from: its own inverse, keyed by the number. */
record XorCipher(int sectorSize) implements SectorCipher {

    @Override
    public void encrypt(long sector, byte[] bytes, int start, int count) {
        for (int i = 0; i < count; i++) {
            long key = (sector + i / 512) * 0x9e3779b97f4a7c15L + i % 512;
            bytes[start + i] ^= (byte) ((key >>> 13) | 1);
        }
    }

    @Override
    public void decrypt(long sector, byte[] bytes, int start, int count) {
        encrypt(sector, bytes, start, count);
    }
}
