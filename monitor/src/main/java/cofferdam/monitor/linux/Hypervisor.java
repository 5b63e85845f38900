package cofferdam.monitor.linux;

import cofferdam.monitor.net.Bridge;
import cofferdam.monitor.policy.DiskPolicy;
import cofferdam.monitor.policy.Policy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What runs the guests of one host: a driver's part. Everything happens on the thread of the host's
 * clock.
 */
public interface Hypervisor extends AutoCloseable {

    /** How long a guest may take from its start until its console answers, by this hypervisor. */
    Duration BOOT_LIMIT = Duration.ofSeconds(60);

    /** Its name, as of the monitor. */
    String name();

    /**
     * A folder that only this user can enter, and that is gone with all that is in it when the
     * hypervisor is closed or this program ends, however it ends: for image files and the like.
     */
    Path folder();

    /**
     * Why it cannot give guests a disk that is kept so, for people, without a full stop; empty if it
     * can. What it can only ignore is no reason: see {@link #unenforced}.
     */
    Optional<String> refuses(DiskPolicy policy);

    /** The memory in bytes that a guest's system needs for itself, beside what a scenario asks for. */
    long ownNeed();

    /**
     * The settings of a policy that do not hold here, whatever a scenario is about. Disks that cannot
     * be kept as the policy says are none of them: such a host is refused.
     */
    List<Unenforced> unenforced(Policy policy);

    /**
     * Starts a guest's process. Returns at once; the guest boots while the host's clock goes on.
     *
     * @throws IOException if the process cannot be started, or refuses its configuration at once; the
     *     message says why
     */
    RunningGuest start(GuestPlan plan) throws IOException;

    /**
     * How disks are kept in fact where something is asked for that it has not, and what is the same to a
     * guest; nobody gets at image files of another format than was asked for.
     */
    default DiskPolicy kept(DiskPolicy asked) {
        return asked;
    }

    /** Why it cannot copy a guest's frames, see {@link RunningGuest#tap}; empty if it can. */
    Optional<String> refusesTap();

    /**
     * The hypervisor's own shared medium, such as QEMU's hub, for guests that are not kept apart; empty
     * if it has none and the testbed's own does.
     *
     * @throws IOException if it has one and it does not start
     */
    Optional<Bridge> sharedMedium() throws IOException;

    /**
     * Why there is nothing that the kernel of a guest could look at as the buses of a computer, for
     * people, without a full stop; empty if there is, and {@link RunningGuest#devices} tells what is on
     * them.
     */
    Optional<String> withoutBuses();

    /** Ends every process that is left. */
    @Override
    void close();
}
