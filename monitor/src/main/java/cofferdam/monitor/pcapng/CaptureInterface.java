package cofferdam.monitor.pcapng;

import cofferdam.monitor.address.MacAddress;

/**
 * An interface of a capture.
 *
 * @param name {@code if_name}
 * @param description {@code if_description}
 * @param address {@code if_MACaddr}
 */
public record CaptureInterface(String name, String description, MacAddress address) {}
