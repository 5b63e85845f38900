package cofferdam.monitor.disk.vmdk;

import java.util.Arrays;

/** A run of zeros that no file has. */
record ZeroPart(long length) implements Part {

    @Override
    public void read(long offset, byte[] into, int start, int count) {
        Arrays.fill(into, start, start + count, (byte) 0);
    }
}
