package cofferdam.monitor.emulated;

import cofferdam.monitor.DiskSlot;

import java.io.IOException;

/** Where the administrator gives a machine a disk, or takes it away. */
record BaySlot(DiskBay bay) implements DiskSlot {

    @Override
    public void attach(long bytes) throws IOException {
        bay.attach(bytes);
    }

    @Override
    public void release() throws IOException {
        bay.release();
    }
}
