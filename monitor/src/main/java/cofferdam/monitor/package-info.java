/**
 * The interface between Cofferdam and any virtual machine monitor. {@link
 * cofferdam.monitor.Monitors} is the front door: it names the monitors there are; a {@link
 * cofferdam.monitor.Monitor} starts a {@link cofferdam.monitor.Host}, whose {@linkplain
 * cofferdam.monitor.Machine machines} offer {@linkplain cofferdam.monitor.Capability capabilities}.
 */
@NullMarked
package cofferdam.monitor;

import org.jspecify.annotations.NullMarked;
