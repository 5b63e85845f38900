package cofferdam.monitor.linux;

import cofferdam.monitor.HostSetup;
import cofferdam.monitor.OwnDisk;
import cofferdam.monitor.evidence.Event;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A real guest's disk block by block as its root has it: read and written by the guest's own programs,
 * and carried over its console, compressed.
 */
record RootsDisk(GuestBay bay, GuestPower power, StorageLog log) implements OwnDisk {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How much is read and written at a time, in bytes. */
    private static final int READ_STEP = 256 << 10;

    private static final int WRITE_STEP = 64 << 10;

    private static final int SECTOR = 512;

    private static final String FIND_DISK = "d=$(ls /sys/block | grep -m 1 -x -E 'vda|ubda')";

    @Override
    public byte[] readAll() throws IOException {
        GuestShell shell = power.runningShell();
        byte[] bytes = new byte[size(shell)];
        int done = 0;
        String trouble = "";
        try {
            run(shell, "sync; echo 3 >/proc/sys/vm/drop_caches");
            while (done < bytes.length) {
                int step = Math.min(READ_STEP, bytes.length - done);
                System.arraycopy(read(shell, done, step), 0, bytes, done, step);
                done += step;
            }
        } catch (IOException e) {
            trouble = String.valueOf(e.getMessage());
        }
        int read = done;
        String outcome = trouble;
        String file = log.evidence().deviceRead(bay.machine(), bytes);
        log.record(time -> new Event.DeviceRead(time, bay.machine(), file, outcome, read));
        if (!trouble.isEmpty()) {
            throw new IOException(trouble);
        }
        return bytes;
    }

    @Override
    public void write(long offset, byte[] bytes) throws IOException {
        String outcome = "";
        try {
            GuestShell shell = power.runningShell();
            int size = size(shell);
            if (offset < 0 || offset > size - (long) bytes.length) {
                throw new IOException("%d bytes at %d are not on a disk of %d"
                        .formatted(bytes.length, offset, size));
            }
            for (int done = 0; done < bytes.length; done += WRITE_STEP) {
                int end = Math.min(bytes.length, done + WRITE_STEP);
                write(shell, offset + done, Arrays.copyOfRange(bytes, done, end));
            }
        } catch (IOException e) {
            outcome = String.valueOf(e.getMessage());
            throw e;
        } finally {
            String told = outcome;
            log.record(time -> new Event.DeviceWritten(
                    time, bay.machine(), "disk", told, offset, bytes.length));
        }
    }

    private static int size(GuestShell shell) throws IOException {
        String sectors = run(shell, FIND_DISK + "; cat /sys/block/\"$d\"/size").strip();
        try {
            long size = Math.multiplyExact(Long.parseLong(sectors), (long) SECTOR);
            if (size > 0 && size <= HostSetup.MAXIMUM_DISK) {
                return Math.toIntExact(size);
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // Told below.
        }
        throw new IOException("the disk has '%s' sectors".formatted(ShellText.words(sectors)));
    }

    private static byte[] read(GuestShell shell, int offset, int count) throws IOException {
        String copied = FIND_DISK
                + "; dd if=/dev/\"$d\" of=/tmp/block bs=64k iflag=skip_bytes,count_bytes skip=%d count=%d status=none"
                        .formatted(offset, count);
        run(shell, copied);
        byte[] packed = shell.bytes("gzip -c /tmp/block; rm /tmp/block", PATIENCE);
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] block = unpacked.readNBytes(count + 1);
            if (block.length != count) {
                throw new IOException("%d bytes instead of %d came from the disk at %d"
                        .formatted(block.length, count, offset));
            }
            return block;
        }
    }

    private static void write(GuestShell shell, long offset, byte[] block) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(packed)) {
            packing.write(block);
        }
        String data = Base64.getEncoder().encodeToString(packed.toByteArray());
        String written = "; printf %%s %s | base64 -d | gunzip -c >/tmp/block || exit 1; dd if=/tmp/block of=/dev/\"$d\" bs=64k oflag=seek_bytes seek=%d conv=notrunc,fsync status=none || exit 1; rm /tmp/block"
                .formatted(data, offset);
        run(shell, FIND_DISK + written);
    }

    private static String run(GuestShell shell, String commands) throws IOException {
        GuestShell.Result result = shell.await("( %s ) 2>&1".formatted(commands), PATIENCE);
        if (!result.succeeded()) {
            throw new IOException(ShellText.words(result.output()));
        }
        return result.output();
    }
}
