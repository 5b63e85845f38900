package cofferdam.monitor.guest.system;

import cofferdam.monitor.disk.BlockDevice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/**
 * A kernel file in the shape of a Linux x86 bzImage: a boot sector that ends in 0x55 0xAA, a setup
 * header with the magic {@code HdrS} at 0x202, and a gzip payload (RFC 1952) whose place and length
 * the header has at 0x248 and 0x24C (The Linux/x86 Boot Protocol, 2.08). As at a real boot, whoever
 * loads it checks the magics and the payload's CRC-32 and length. The payload is stored, not
 * compressed, so that its bytes depend on no library.
 */
final class KernelImage {

    private static final int SECTOR = BlockDevice.SECTOR;
    private static final int SETUP_SECTORS = 4;
    private static final int SETUP_SECTORS_AT = 0x1f1;
    private static final int BOOT_FLAG_AT = 0x1fe;
    private static final short BOOT_FLAG = (short) 0xaa55;
    private static final int MAGIC_AT = 0x202;
    private static final int MAGIC = 0x53726448;
    private static final int VERSION_AT = 0x206;
    private static final short VERSION = 0x0208;
    private static final int PAYLOAD_OFFSET_AT = 0x248;
    private static final int PAYLOAD_LENGTH_AT = 0x24c;
    private static final int STORED_BLOCK = 0xffff;

    /** No kernel of an emulated guest unpacks to more. */
    private static final int MAXIMUM_UNPACKED = 16 << 20;

    private KernelImage() {}

    /** A kernel whose payload is that many bytes of code that nobody has. */
    static byte[] of(int bytes, RandomGenerator random) {
        byte[] code = new byte[bytes];
        random.nextBytes(code);
        byte[] payload = stored(code);
        int start = (SETUP_SECTORS + 1) * SECTOR;
        ByteBuffer image =
                ByteBuffer.allocate(start + payload.length).order(ByteOrder.LITTLE_ENDIAN);
        image.put(SETUP_SECTORS_AT, (byte) SETUP_SECTORS);
        image.putShort(BOOT_FLAG_AT, BOOT_FLAG);
        image.putInt(MAGIC_AT, MAGIC);
        image.putShort(VERSION_AT, VERSION);
        image.putInt(PAYLOAD_OFFSET_AT, 0);
        image.putInt(PAYLOAD_LENGTH_AT, payload.length);
        image.put(start, payload);
        return image.array();
    }

    /** Loads it as a boot loader does; fails with what a console would show. */
    static void load(byte[] kernel) throws BootFailure {
        if (kernel.length < (SETUP_SECTORS + 1) * SECTOR) {
            throw new BootFailure(BootFailure.Stage.KERNEL, "the kernel file is too short");
        }
        ByteBuffer image = ByteBuffer.wrap(kernel).order(ByteOrder.LITTLE_ENDIAN);
        if (image.getShort(BOOT_FLAG_AT) != BOOT_FLAG || image.getInt(MAGIC_AT) != MAGIC) {
            throw new BootFailure(BootFailure.Stage.KERNEL, "the kernel file has no boot header");
        }
        int start = ((image.get(SETUP_SECTORS_AT) & 0xff) + 1) * SECTOR;
        long from = start + (image.getInt(PAYLOAD_OFFSET_AT) & 0xffff_ffffL);
        long length = image.getInt(PAYLOAD_LENGTH_AT) & 0xffff_ffffL;
        if (from + length > kernel.length) {
            throw new BootFailure(BootFailure.Stage.KERNEL, "the kernel's payload is cut off");
        }
        unpack(new ByteArrayInputStream(kernel, (int) from, (int) length));
    }

    private static void unpack(ByteArrayInputStream payload) throws BootFailure {
        try (GZIPInputStream unpacked = new GZIPInputStream(payload)) {
            if (unpacked.readNBytes(MAXIMUM_UNPACKED + 1).length > MAXIMUM_UNPACKED) {
                throw new BootFailure(BootFailure.Stage.KERNEL, "the kernel does not fit memory");
            }
        } catch (IOException e) {
            throw new BootFailure(
                    BootFailure.Stage.KERNEL, "the kernel does not unpack: " + e.getMessage());
        }
    }

    /** A gzip member of stored blocks (RFC 1951, section 3.2.4). */
    private static byte[] stored(byte[] data) {
        int blocks = Math.max(1, Math.ceilDiv(data.length, STORED_BLOCK));
        ByteBuffer out = ByteBuffer.allocate(10 + blocks * 5 + data.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
        for (int block = 0; block < blocks; block++) {
            int start = block * STORED_BLOCK;
            int length = Math.min(STORED_BLOCK, data.length - start);
            out.put((byte) (block == blocks - 1 ? 1 : 0));
            out.putShort((short) length).putShort((short) ~length);
            out.put(data, start, length);
        }
        CRC32 crc = new CRC32();
        crc.update(data);
        out.putInt((int) crc.getValue()).putInt(data.length);
        return out.array();
    }
}
