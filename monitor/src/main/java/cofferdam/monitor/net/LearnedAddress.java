package cofferdam.monitor.net;

import cofferdam.monitor.address.MacAddress;

import java.time.Duration;

/**
 * An address in the table of a learning switch.
 *
 * @param port the machine or uplink on whose port it was heard last
 * @param age how long ago that was
 */
public record LearnedAddress(MacAddress address, String port, Duration age) {}
