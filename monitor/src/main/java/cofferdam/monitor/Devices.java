package cofferdam.monitor;

import java.io.IOException;

/**
 * A running machine's buses, as its kernel reaches them. What nothing answers reads as all ones. Every
 * call fails with an {@link IOException} while the machine is down.
 */
public non-sealed interface Devices extends Capability {

    /** Reads so many bytes (1, 2 or 4) from an I/O port, 0 to 65535; little-endian. */
    int in(int port, int bytes) throws IOException;

    /** Writes so many bytes (1, 2 or 4) to an I/O port. */
    void out(int port, int bytes, int value) throws IOException;

    /** Reads a byte of physical address space, memory or not. */
    int readByte(long address) throws IOException;

    /** What the kernel found out is evidence: a PCI function, a port or a page that answered. */
    void found(Finding finding);

    /**
     * The kernel has looked at all that it wanted. What of its buses it has looked at, and what of
     * that answered, becomes evidence as the buses themselves saw it.
     */
    void scanned();

    /**
     * Something that answered.
     *
     * @param what {@code pci 00:02.0}, {@code port 03f5}, or a range of addresses such as {@code
     *     memory 00400000-004fffff}
     * @param value what it answered, such as {@code 1022:2000}, or a byte in hexadecimal digits: of a
     *     range the first
     */
    record Finding(String what, String value) {}
}
