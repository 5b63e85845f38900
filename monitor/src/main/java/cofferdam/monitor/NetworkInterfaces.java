package cofferdam.monitor;

import java.util.List;

/** Raw access to the network interfaces of a machine, as root has it. */
public non-sealed interface NetworkInterfaces extends Capability {

    /** All of them, the one with the machine's own address first; never empty. */
    List<RawNic> all();

    /** The one with the machine's own address. */
    default RawNic first() {
        return all().getFirst();
    }
}
