package cofferdam.monitor.policy;

/**
 * What kind of monitor it is.
 *
 * @param type the monitor's type
 * @param consoleSeesNic whether the host's operating system sees the frames on the network
 *     interface that the guests share
 * @param consoleSeesMemory whether it can read the memory of the guests
 * @param consoleSeesProcess whether it lists what the monitor runs for each guest as processes of
 *     its own, with their handles, threads and locks
 */
public record MonitorPolicy(
        Type type, boolean consoleSeesNic, boolean consoleSeesMemory, boolean consoleSeesProcess) {

    /** How the monitor sits on its hardware. */
    public enum Type {
        /**
         * A monitor of its own on the hardware, with a console operating system beside the guests.
         */
        TYPE_I,
        /** A program on a host operating system that owns the hardware. */
        TYPE_II,
        /** No monitor: separate computers on one switch, the control. */
        PHYSICAL
    }
}
