package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.SectorCipher;

import javax.crypto.Cipher;

/** AES-ECB: equal blocks stay equal wherever they are, so it hides next to nothing. */
final class EcbCipher implements SectorCipher {

    private final int sectorSize;
    private final Pool<Cipher> encryption;
    private final Pool<Cipher> decryption;

    EcbCipher(byte[] key, int sectorSize) {
        this.sectorSize = Aes.requireSectorSize(sectorSize);
        byte[] checked = Aes.requireKey(key);
        encryption = new Pool<>(() -> Aes.ecb(Cipher.ENCRYPT_MODE, checked));
        decryption = new Pool<>(() -> Aes.ecb(Cipher.DECRYPT_MODE, checked));
    }

    @Override
    public int sectorSize() {
        return sectorSize;
    }

    @Override
    public void encrypt(long sector, byte[] bytes, int start, int count) {
        Aes.requireSectors(bytes, start, count, sectorSize);
        encryption.use(cipher -> Aes.blocks(cipher, bytes, start, count, bytes, start));
    }

    @Override
    public void decrypt(long sector, byte[] bytes, int start, int count) {
        Aes.requireSectors(bytes, start, count, sectorSize);
        decryption.use(cipher -> Aes.blocks(cipher, bytes, start, count, bytes, start));
    }
}
