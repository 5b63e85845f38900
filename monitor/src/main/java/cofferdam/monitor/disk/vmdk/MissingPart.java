package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;

/** A run that cannot be read, and why. */
record MissingPart(long length, Problem why) implements Part {

    @Override
    public void read(long offset, byte[] into, int start, int count)
            throws MalformedImageException {
        throw new MalformedImageException(why.kind(), why.detail());
    }
}
