package cofferdam.monitor.linux;

/**
 * A device that a guest was given, and where.
 *
 * @param name what it is
 * @param function its PCI function, such as {@code 00:02.0}, or empty
 * @param identity its PCI vendor and device number, such as {@code 1af4:1000}, or empty
 * @param ports the I/O ports that are its own, as ranges of hexadecimal digits, such as {@code
 *     3f1-3f5,3f7}
 * @param memory the physical addresses that are its own, likewise
 */
public record GivenDevice(
        String name, String function, String identity, String ports, String memory) {}
