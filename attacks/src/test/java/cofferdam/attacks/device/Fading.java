package cofferdam.attacks.device;

import cofferdam.monitor.Devices;

import java.io.IOException;

/** Buses on which one byte answers only when it is read for the first time. */
record Fading(TestBuses buses) {

    private static final long PLACE = 0xe000_0000L;

    Devices devices() {
        return new Devices() {
            private boolean read;

            @Override
            public int in(int port, int bytes) throws IOException {
                return buses.in(port, bytes);
            }

            @Override
            public void out(int port, int bytes, int value) throws IOException {
                buses.out(port, bytes, value);
            }

            @Override
            public int readByte(long address) throws IOException {
                if (address != PLACE || read) {
                    return buses.readByte(address);
                }
                read = true;
                return 1;
            }

            @Override
            public void found(Finding finding) {
                buses.found(finding);
            }

            @Override
            public void scanned() {
                buses.scanned();
            }
        };
    }
}
