package cofferdam.monitor.disk.bitlocker;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The first sector of a volume (libbde, BitLocker Drive Encryption format, section "Volume header").
 *
 * @param onWrite whether it says that sectors are enciphered as they are written
 * @param metadata where copies of the metadata lie, in bytes, as far as it says: three, or with
 *     Windows Vista one
 */
record BootSector(Variant variant, boolean onWrite, List<Long> metadata) {

    static final int SIZE = 512;

    static final byte[] SIGNATURE = {'-', 'F', 'V', 'E', '-', 'F', 'S', '-'};

    private static final byte[] TO_GO = {'M', 'S', 'W', 'I', 'N', '4', '.', '1'};

    /** 4967d63b-2e29-4ad8-8399-f6a339e3d001 as it is stored. */
    private static final byte[] COMMON =
            HexFormat.of().parseHex("3bd66749292ed84a8399f6a339e3d001");

    /** 92a84d3b-dd80-4d0e-9e4e-b1e3284eaed8 as it is stored. */
    private static final byte[] ON_WRITE =
            HexFormat.of().parseHex("3b4da89280dd0e4d9e4eb1e3284eaed8");

    BootSector {
        metadata = List.copyOf(metadata);
    }

    /** The first sector of a BitLocker volume; empty where it is another. */
    static Optional<BootSector> of(ByteSource source) throws IOException {
        if (source.size() < SIZE) {
            return Optional.empty();
        }
        byte[] sector = source.read(0, SIZE);
        if (Arrays.equals(sector, 3, 11, TO_GO, 0, 8)) {
            return identified(Variant.TO_GO, sector, 424);
        }
        if (!Arrays.equals(sector, 3, 11, SIGNATURE, 0, 8)) {
            return Optional.empty();
        }
        return sector[1] == 0x52
                ? Optional.of(vista(sector))
                : identified(Variant.WINDOWS_7, sector, 160);
    }

    private static BootSector vista(byte[] sector) {
        ByteBuffer fields = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
        long cluster = Short.toUnsignedLong(fields.getShort(11)) * Byte.toUnsignedLong(sector[13]);
        long number = fields.getLong(56);
        // A product that does not fit lies outside as surely as -1 does.
        boolean fits = number >= 0 && (cluster == 0 || number <= Long.MAX_VALUE / cluster);
        return new BootSector(Variant.VISTA, false, List.of(fits ? number * cluster : -1));
    }

    private static Optional<BootSector> identified(Variant variant, byte[] sector, int at) {
        boolean common = Arrays.equals(sector, at, at + 16, COMMON, 0, 16);
        boolean onWrite = Arrays.equals(sector, at, at + 16, ON_WRITE, 0, 16);
        if (!common && !onWrite) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
        List<Long> metadata = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            metadata.add(fields.getLong(at + 16 + i * Long.BYTES));
        }
        return Optional.of(new BootSector(variant, onWrite, metadata));
    }
}
