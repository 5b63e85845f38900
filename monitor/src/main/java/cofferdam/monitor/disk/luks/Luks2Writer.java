package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.BlockDevice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Makes LUKS2 volumes with one key slot (LUKS2 On-Disk Format 1.1.3, section 2). */
final class Luks2Writer {

    static final int STRIPES = 4000;
    static final int SALT = 32;

    private final Luks2Options options;
    private final RandomGenerator random;
    private final byte[] volumeKey;

    Luks2Writer(Luks2Options options, RandomGenerator random) {
        this.options = options;
        this.random = random;
        volumeKey = LuksRandom.bytes(random, options.keyBytes());
    }

    CipherDisk write(BlockDevice whole, byte[] passphrase) throws IOException {
        int sector = options.sectorSize();
        int offset = options.payloadOffset();
        long size = Math.max(0, whole.size() - offset) / sector * sector;
        whole.requireInside(0, offset + (long) sector);
        byte[] salt = LuksRandom.bytes(random, SALT);
        writeKey(whole, passphrase, salt);
        byte[] json = new Luks2Json(options).write(salt, LuksRandom.bytes(random, SALT), volumeKey);
        String uuid = LuksRandom.uuid(random);
        writeHeader(whole, Luks2Header.MAGIC, 0, uuid, json);
        writeHeader(whole, Luks2Header.SECOND_MAGIC, Luks2Header.SIZE, uuid, json);
        return new CipherDisk(whole, options.cipher().cipher(volumeKey, sector), offset, size);
    }

    private void writeKey(BlockDevice whole, byte[] passphrase, byte[] salt) throws IOException {
        byte[] area = KeySlotArea.lock(
                options.cipher(),
                KeyDerivation.derive(options.pbkdf(), passphrase, salt, volumeKey.length),
                AntiForensic.split(volumeKey, STRIPES, Hash.SHA256, random));
        whole.write(2L * Luks2Header.SIZE, area);
    }

    private void writeHeader(BlockDevice whole, byte[] magic, int at, String uuid, byte[] json)
            throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Luks2Header.SIZE);
        header.put(magic).putShort((short) 2).putLong(Luks2Header.SIZE).putLong(1);
        header.put(24, options.label().getBytes(StandardCharsets.US_ASCII));
        header.put(72, Hash.SHA256.headerName().getBytes(StandardCharsets.US_ASCII));
        header.put(104, LuksRandom.bytes(random, 64));
        header.put(168, uuid.getBytes(StandardCharsets.US_ASCII));
        header.putLong(256, at);
        header.put(Luks2Header.BINARY_SIZE, json);
        header.put(Luks2Header.CHECKSUM, Hash.SHA256.digest(header.array()));
        whole.write(at, header.array());
    }
}
