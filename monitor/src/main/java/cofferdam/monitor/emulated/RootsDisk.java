package cofferdam.monitor.emulated;

import cofferdam.monitor.OwnDisk;
import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.evidence.Event;

import java.io.IOException;

/** A running machine's disk as its root has it. */
record RootsDisk(DiskBay bay, StorageLog log) implements OwnDisk {

    /** How much is read at a time, in bytes. */
    private static final int STEP = 64 << 10;

    @Override
    public byte[] readAll() throws IOException {
        BlockDevice disk = bay.device();
        byte[] bytes = new byte[Math.toIntExact(disk.size())];
        int done = 0;
        String trouble = "";
        try {
            while (done < bytes.length) {
                int step = Math.min(STEP, bytes.length - done);
                disk.read(done, bytes, done, step);
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
            bay.device().write(offset, bytes);
            bay.device().flush();
        } catch (IOException e) {
            outcome = String.valueOf(e.getMessage());
            throw e;
        } finally {
            String told = outcome;
            log.record(time -> new Event.DeviceWritten(
                    time, bay.machine(), "disk", told, offset, bytes.length));
        }
    }
}
