package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.util.Objects;

/**
 * The bytes of a dynamic or differencing disk. In a dynamic disk a block that is there counts whole,
 * as other readers have it; in a differencing disk its bitmap says, most significant bit first, which
 * sectors are not the parent's.
 *
 * @param tables the file, for small reads
 * @param file the file, for data
 * @param below what is read where the image has nothing
 */
record DynamicContent(DynamicBody body, ByteSource tables, ByteSource file, ByteSource below)
        implements ByteSource {

    @Override
    public long size() {
        return body.size();
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        int blockSize = body.header().blockSize();
        BlockTable table = body.table(tables);
        int done = 0;
        while (done < count) {
            long at = offset + done;
            int within = (int) (at % blockSize);
            int now = Math.min(count - done, blockSize - within);
            long place = table.place(at / blockSize);
            if (place == BlockTable.ABSENT) {
                below.read(at, into, start + done, now);
            } else if (body.differencing()) {
                readMarked(place, at, within, into, start + done, now);
            } else {
                readBlock(place + table.bitmapSize() + within, at, into, start + done, now);
            }
            done += now;
        }
    }

    private void readMarked(long place, long at, int within, byte[] into, int start, int count)
            throws IOException {
        int bitmapSize = body.table(tables).bitmapSize();
        int done = 0;
        while (done < count) {
            int sector = (within + done) / BlockDevice.SECTOR;
            boolean own = isOwn(place, sector);
            int end = sector + 1;
            while (end * BlockDevice.SECTOR < within + count && isOwn(place, end) == own) {
                end++;
            }
            int now = Math.min(count, end * BlockDevice.SECTOR - within) - done;
            if (own) {
                readBlock(place + bitmapSize + within + done, at + done, into, start + done, now);
            } else {
                below.read(at + done, into, start + done, now);
            }
            done += now;
        }
    }

    private boolean isOwn(long place, int sector) throws IOException {
        byte[] octet = new byte[1];
        tables.read(place + sector / Byte.SIZE, octet, 0, 1);
        return ((octet[0] << (sector % Byte.SIZE)) & 0x80) != 0;
    }

    private void readBlock(long from, long at, byte[] into, int start, int count)
            throws IOException {
        if (from > file.size() - count) {
            throw new MalformedImageException(
                    ContainerProblem.DATA_OUTSIDE_FILE,
                    "the block with guest offset %d lies at %d".formatted(at, from));
        }
        file.read(from, into, start, count);
    }
}
