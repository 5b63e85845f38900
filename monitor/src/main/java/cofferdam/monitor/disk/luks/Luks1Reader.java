package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.PlainRange;
import cofferdam.monitor.disk.Problem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads LUKS1 headers (LUKS On-Disk Format 1.2.3, section 2): 592 bytes, big-endian. */
final class Luks1Reader {

    private static final int SIZE = 592;
    private static final int SECTOR = 512;

    private final ByteSource source;
    private final ByteBuffer header;
    private final List<Problem> problems = new ArrayList<>();
    private final List<PlainRange> structures = new ArrayList<>();

    private Luks1Reader(ByteSource source) throws IOException {
        this.source = source;
        header = ByteBuffer.wrap(source.read(0, SIZE));
    }

    static LuksHeader read(ByteSource source) throws IOException {
        return new Luks1Reader(source).read();
    }

    private LuksHeader read() throws IOException {
        String cipher = HeaderText.in(header, 8, 32) + "-" + HeaderText.in(header, 40, 32);
        String hash = HeaderText.in(header, 72, 32);
        int keyBytes = header.getInt(108);
        if (keyBytes < 1 || keyBytes > LuksLimits.KEY) {
            throw new MalformedImageException(
                    LuksProblem.INVALID, "a volume key of %d bytes".formatted(keyBytes));
        }
        long offset = unsigned(104) * SECTOR;
        long size = Math.max(0, source.size() - offset) / SECTOR * SECTOR;
        Payload payload = new Payload(cipher, keyBytes, SECTOR, offset, size, 0, "");
        structures.add(new PlainRange("LUKS1 header", 0, SIZE));
        List<LockedKey> keys = keys(payload, hash);
        return new LuksHeader(
                1,
                HeaderText.in(header, 168, 40),
                "",
                payload,
                keys,
                digests(hash),
                structures,
                problems);
    }

    private List<LockedKey> keys(Payload payload, String hash) throws MalformedImageException {
        List<LockedKey> keys = new ArrayList<>();
        for (int number = 0; number < LuksHeader1.SLOTS; number++) {
            int entry = LuksHeader1.SLOT_TABLE + number * LuksHeader1.SLOT_ENTRY;
            long stripes = unsigned(entry + 44);
            long offset = unsigned(entry + 40) * SECTOR;
            if (stripes < 1 || stripes > LuksLimits.STRIPES) {
                throw new MalformedImageException(
                        LuksProblem.INVALID,
                        "key slot %d has %d stripes".formatted(number, stripes));
            }
            long length = KeySlotArea.sectors(payload.keyBytes() * stripes) * SECTOR;
            structures.add(new PlainRange("key slot " + number, offset, length));
            switch (header.getInt(entry)) {
                case LuksHeader1.ENABLED -> {
                    KeySlot slot =
                            new KeySlot(number, pbkdf(hash, unsigned(entry + 4)), offset, length);
                    keys.add(new LockedKey(
                            slot,
                            payload.cipher(),
                            hash,
                            payload.keyBytes(),
                            (int) stripes,
                            bytes(entry + 8, LuksHeader1.SALT)));
                }
                case LuksHeader1.DISABLED -> {}
                default ->
                    problems.add(new Problem(
                            LuksProblem.INVALID,
                            "key slot %d is neither enabled nor disabled".formatted(number)));
            }
        }
        return keys;
    }

    private static Pbkdf pbkdf(String hash, long iterations) {
        return Hash.named(hash)
                .<Pbkdf>map(known -> new Pbkdf.Pbkdf2(known, iterations))
                .orElse(new Pbkdf.Unknown("pbkdf2 with " + hash));
    }

    private List<KeyDigest> digests(String hash) {
        byte[] digest = bytes(112, LuksHeader1.DIGEST);
        byte[] salt = bytes(132, LuksHeader1.SALT);
        long iterations = unsigned(164);
        return Hash.named(hash)
                .map(known -> new KeyDigest(new Pbkdf.Pbkdf2(known, iterations), salt, digest))
                .stream()
                .toList();
    }

    private long unsigned(int at) {
        return Integer.toUnsignedLong(header.getInt(at));
    }

    private byte[] bytes(int at, int count) {
        byte[] bytes = new byte[count];
        header.get(at, bytes);
        return bytes;
    }
}
