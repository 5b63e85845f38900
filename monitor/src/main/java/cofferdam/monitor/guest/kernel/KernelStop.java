package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.evidence.MachineEnd;

/** The kernel or its processor cannot go on; the message is the last on the machine's console. */
final class KernelStop extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final MachineEnd end;

    private KernelStop(MachineEnd end, String message) {
        super(message);
        this.end = end;
    }

    static KernelStop panic(String message) {
        return new KernelStop(MachineEnd.PANIC, message);
    }

    static KernelStop tripleFault(String message) {
        return new KernelStop(MachineEnd.TRIPLE_FAULT, message);
    }

    MachineEnd end() {
        return end;
    }

    /** What it says. */
    String message() {
        return String.valueOf(getMessage());
    }
}
