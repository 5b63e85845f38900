package cofferdam.monitor.device;

/** Ports or addresses that a device answers at, and what answers there. */
record Claim(Range range, Registers registers) {

    static Claim of(long first, int count, Registers registers) {
        return new Claim(Range.of(first, count), registers);
    }

    int read(long at) {
        return registers.read((int) (at - range.first())) & 0xff;
    }

    void write(long at, int value) {
        registers.write((int) (at - range.first()), value & 0xff);
    }
}
