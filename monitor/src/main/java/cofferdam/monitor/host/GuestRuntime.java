package cofferdam.monitor.host;

import cofferdam.monitor.memory.PhysicalMemory;

import java.util.Optional;

/**
 * What the monitor runs for one guest. The methods that take something away from it are what happens
 * when the process that has it loses it; what comes of that for the guest comes by itself.
 */
public interface GuestRuntime {

    /** The guest's name. */
    String machine();

    /** Whether the guest is on. */
    boolean running();

    /** The image file of its disk, if it has one. */
    Optional<String> image();

    /** Whether the monitor holds a lock on that file. */
    boolean imageLocked();

    /** Its memory, if it has any. Asked for only while the guest is on. */
    Optional<PhysicalMemory> memory();

    /** The frames of the host's memory that it has, as ranges such as {@code 4-7,12}; may be empty. */
    String frames();

    /** Its image file is not open any more: whatever it reads or writes of its disk fails. */
    void imageHandleClosed();

    /** Its network interface is not open any more: nothing goes out or comes in. */
    void networkHandleClosed();

    /**
     * A thread does not run any more.
     *
     * @param name {@link HostSystem#PROCESSOR_THREAD}, without which the guest is no more; {@link
     *     HostSystem#DEVICE_THREAD}, without which no device answers; or {@link
     *     HostSystem#TIMER_THREAD}
     */
    void threadEnded(String name);

    /**
     * A lock is not held any more.
     *
     * @param name the image file's, or {@link HostSystem#STATE_LOCK}
     */
    void lockBroken(String name);

    /** Memory that the program works with is not there any more: the guest is no more. */
    void memoryUnmapped();

    /** Switches the guest off without asking it. */
    void powerOff();

    /** Switches the guest on; does nothing if it is on. */
    void powerOn();
}
