package cofferdam.monitor.net;

/**
 * Where a machine is attached: frames from its cable are given to it, and what its virtual
 * interface tells its monitor.
 */
public interface GuestPort extends FrameSink, Nic.Control {}
