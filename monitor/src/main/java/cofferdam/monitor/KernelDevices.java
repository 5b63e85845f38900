package cofferdam.monitor;

import java.io.IOException;

/**
 * A running machine's buses, as programs of its own root and its kernel tell of them: where a machine
 * cannot be asked register by register from outside, see {@link Devices}.
 */
public non-sealed interface KernelDevices extends Capability {

    /**
     * Has the machine look at its buses: its root reads every PCI function and every I/O port but those
     * by which the machine is driven, and asks the kernel for its map of physical addresses. All that
     * is found is evidence, and so is that each bus was told of to its end.
     *
     * @throws IOException if the machine is down, does not answer in time, or answers not in proper form;
     *     what it had told until then is evidence nevertheless
     */
    Look look() throws IOException;

    /**
     * What was found.
     *
     * @param functions how many PCI functions answered
     * @param ports how many I/O ports answered
     * @param ranges how many ranges of addresses the kernel's map has
     */
    record Look(int functions, int ports, int ranges) {}
}
