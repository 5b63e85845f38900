package cofferdam.monitor.disk.bitlocker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import cofferdam.monitor.disk.ByteSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;

/** A volume of 1 MiB with the plain structures of BitLocker, made from the format's description. */
final class BitLockerSample {

    static final int SIZE = 1 << 20;
    static final int[] COPIES = {131_072, 327_680, 524_288};

    private static final String COMMON = "3bd66749292ed84a8399f6a339e3d001";
    private static final String ON_WRITE = "3b4da89280dd0e4d9e4eb1e3284eaed8";

    private final ByteBuffer image = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);

    private BitLockerSample() {
        new Random(1).nextBytes(image.array());
        image.put(0, new byte[8192]);
        image.putShort(11, (short) 512).put(13, (byte) 8);
        image.putShort(510, (short) 0xaa55);
    }

    static BitLockerSample windows7(int method, int... protectors) {
        BitLockerSample sample = new BitLockerSample();
        sample.image.put(0, new byte[] {(byte) 0xeb, 0x58, (byte) 0x90});
        sample.image.put(3, "-FVE-FS-".getBytes(US_ASCII));
        sample.identify(160, COMMON);
        sample.metadata(2, method, protectors);
        return sample;
    }

    static BitLockerSample toGo(int method, int... protectors) {
        BitLockerSample sample = new BitLockerSample();
        sample.image.put(0, new byte[] {(byte) 0xeb, 0x58, (byte) 0x90});
        sample.image.put(3, "MSWIN4.1".getBytes(US_ASCII));
        sample.identify(424, COMMON);
        sample.metadata(2, method, protectors);
        return sample;
    }

    static BitLockerSample vista(int method, int... protectors) {
        BitLockerSample sample = new BitLockerSample();
        sample.image.put(0, new byte[] {(byte) 0xeb, 0x52, (byte) 0x90});
        sample.image.put(3, "-FVE-FS-".getBytes(US_ASCII));
        sample.image.putLong(56, COPIES[0] / 4096);
        sample.metadata(1, method, protectors);
        return sample;
    }

    BitLockerSample onWrite() {
        image.put(160, HexFormat.of().parseHex(ON_WRITE));
        return this;
    }

    BitLockerSample encryptedSize(long size) {
        for (int copy : COPIES) {
            image.putLong(copy + 16, size);
        }
        return this;
    }

    BitLockerSample number(int at, long number) {
        image.putLong(at, number);
        return this;
    }

    private void identify(int at, String identifier) {
        image.put(at, HexFormat.of().parseHex(identifier));
        for (int i = 0; i < 3; i++) {
            image.putLong(at + 16 + 8 * i, COPIES[i]);
        }
    }

    private void metadata(int version, int method, int... protectors) {
        for (int copy : COPIES) {
            image.put(copy, new byte[version == 1 ? 16_384 : 65_536]);
            image.put(copy, "-FVE-FS-".getBytes(US_ASCII));
            image.putShort(copy + 10, (short) version);
            image.putShort(copy + 12, (short) 4).putShort(copy + 14, (short) 4);
            for (int i = 0; i < 3; i++) {
                image.putLong(copy + 32 + 8 * i, COPIES[i]);
            }
            if (version == 2) {
                image.putLong(copy + 16, SIZE);
                image.putInt(copy + 28, 16).putLong(copy + 56, COPIES[2] + 65_536);
            }
            entries(copy, method, protectors);
        }
    }

    private void entries(int copy, int method, int... protectors) {
        int header = copy + 64;
        int at = header + 48;
        for (int protector : protectors) {
            image.putShort(at, (short) 36).putShort(at + 2, (short) 2);
            image.putShort(at + 4, (short) 8).putShort(at + 6, (short) 1);
            image.putShort(at + 8 + 26, (short) protector);
            at += 36;
        }
        image.putShort(at, (short) 80).putShort(at + 2, (short) 3);
        image.putShort(at + 4, (short) 5).putShort(at + 6, (short) 1);
        at += 80;
        byte[] description = "PC C: 01/01/2020\0".getBytes(UTF_16LE);
        image.putShort(at, (short) (8 + description.length)).putShort(at + 2, (short) 7);
        image.putShort(at + 4, (short) 2).putShort(at + 6, (short) 1);
        image.put(at + 8, description);
        at += 8 + description.length;
        image.putInt(header, at - header).putInt(header + 4, 1).putInt(header + 8, 48);
        image.putInt(header + 12, at - header).putShort(header + 36, (short) method);
        image.putShort(copy + 8, (short) ((at - copy + 15) / 16));
    }

    byte[] bytes() {
        return image.array();
    }

    ByteSource source() {
        return ByteSource.of(image.array());
    }
}
