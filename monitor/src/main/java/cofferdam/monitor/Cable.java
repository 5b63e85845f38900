package cofferdam.monitor;

/** The cables of a machine's network interfaces. */
public non-sealed interface Cable extends Capability {

    /** Connects every cable of the machine, or cuts it; a frame on a cut cable is lost. */
    void connect(boolean connected);
}
