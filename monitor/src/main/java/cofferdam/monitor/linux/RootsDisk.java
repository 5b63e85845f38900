package cofferdam.monitor.linux;

import cofferdam.monitor.HostSetup;
import cofferdam.monitor.OwnDisk;
import cofferdam.monitor.evidence.Event;

import java.io.IOException;
import java.util.Arrays;

/**
 * A real guest's disk block by block as its root has it: read and written by the guest's own programs,
 * and carried over its console, compressed.
 */
record RootsDisk(GuestBay bay, GuestPower power, StorageLog log) implements OwnDisk {

    /** How much is read and written at a time, in bytes. */
    private static final int READ_STEP = 256 << 10;

    private static final int WRITE_STEP = 64 << 10;

    @Override
    public byte[] readAll() throws IOException {
        GuestVolume disk = new GuestVolume(power.runningShell());
        byte[] bytes = new byte[size(disk)];
        int done = 0;
        String trouble = "";
        try {
            while (done < bytes.length) {
                int step = Math.min(READ_STEP, bytes.length - done);
                System.arraycopy(disk.get(done, step), 0, bytes, done, step);
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
            GuestVolume disk = new GuestVolume(power.runningShell());
            int size = size(disk);
            if (offset < 0 || offset > size - (long) bytes.length) {
                throw new IOException("%d bytes at %d are not on a disk of %d"
                        .formatted(bytes.length, offset, size));
            }
            for (int done = 0; done < bytes.length; done += WRITE_STEP) {
                int end = Math.min(bytes.length, done + WRITE_STEP);
                disk.put(offset + done, Arrays.copyOfRange(bytes, done, end));
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

    private static int size(GuestVolume disk) throws IOException {
        long size = disk.size();
        if (size <= 0 || size > HostSetup.MAXIMUM_DISK) {
            throw new IOException("the disk has %d bytes".formatted(size));
        }
        return (int) size;
    }
}
