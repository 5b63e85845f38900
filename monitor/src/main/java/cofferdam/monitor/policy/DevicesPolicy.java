package cofferdam.monitor.policy;

import java.util.List;

/**
 * Which devices a guest is given, beside the chipset that every machine has.
 *
 * @param models in the order of their slots
 * @param passthrough whether the host's own devices answer on the guest's buses as well
 */
public record DevicesPolicy(List<Model> models, boolean passthrough) {

    public DevicesPolicy {
        models = List.copyOf(models);
    }

    /** Devices that monitors emulate. */
    public enum Model {
        /** A VGA display adapter. */
        VGA,
        /** The AMD PCnet-PCI II network interface (Am79C970A). */
        PCNET,
        /** The DEC 21140 network interface. */
        TULIP,
        /** The BusLogic BT-958 SCSI adapter. */
        BUSLOGIC,
        /** The IDE function of the Intel PIIX4. */
        IDE,
        /** A floppy disk controller (Intel 82078). */
        FLOPPY,
        /** A serial port (16550A). */
        SERIAL
    }
}
