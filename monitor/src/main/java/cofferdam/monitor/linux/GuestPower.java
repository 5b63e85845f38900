package cofferdam.monitor.linux;

import cofferdam.monitor.Cable;
import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.Power;
import cofferdam.monitor.evidence.PowerState;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A real guest's switch. Its kernel and its programs come from outside its disk, so a guest counts as
 * started only when it has mounted its disk and found every essential file on it undamaged.
 *
 * <p>A start that fails is the image's fault only if the same guest starts without its disk, and fails
 * on the disk once more: anything else is the testbed's own failure, and an exception.
 */
final class GuestPower implements Power {

    private static final Duration SHUT_DOWN = Duration.ofSeconds(15);

    private final PoweredGuest guest;
    private final GuestBay bay;
    private final Cable cable;
    private final StorageLog log;
    private boolean started;

    GuestPower(PoweredGuest guest, GuestBay bay, Cable cable, StorageLog log) {
        this.guest = guest;
        this.bay = bay;
        this.cable = cable;
        this.log = log;
    }

    @Override
    public Operation on() {
        return log.begin(this::switchOn);
    }

    @Override
    public Operation off() {
        return log.begin(this::switchOff);
    }

    /**
     * The shell of the system that has come up from the disk; empty if none has.
     *
     * @throws IllegalStateException if one had come up, and its process has ended by itself
     */
    Optional<GuestShell> system() {
        if (!started || !bay.hasSystem()) {
            return Optional.empty();
        }
        return Optional.of(shell());
    }

    /**
     * The shell of the running guest, whatever is on its disk.
     *
     * @throws IOException if it is off
     */
    GuestShell runningShell() throws IOException {
        if (!started) {
            throw new IOException("%s is off".formatted(guest.name()));
        }
        return shell();
    }

    /**
     * Takes a guest that has just been started for the first time as switched on.
     *
     * @throws IOException if it does not come up from its disk
     */
    void attend() throws IOException {
        if (!bay.hasSystem()) {
            started = true;
            return;
        }
        Optional<String> trouble = new GuestVolume(guest.shell()).mount();
        if (trouble.isPresent()) {
            throw new IOException("%s does not come up from its new disk: %s"
                    .formatted(guest.name(), trouble.get()));
        }
        started = true;
        bay.power(PowerState.STARTED, "");
    }

    private void switchOn() {
        if (guest.isOn()) {
            return;
        }
        started = false;
        Optional<String> refusal = start();
        if (refusal.isPresent() && bay.hasDisk()) {
            requireStartWithoutDisk(refusal.get());
            refusal = start();
        }
        if (refusal.isPresent()) {
            refused(refusal.get());
            return;
        }
        if (!bay.hasSystem()) {
            up(bay.hasDisk() ? PowerState.IDLE : PowerState.STARTED);
            return;
        }
        Optional<String> trouble = mounted();
        if (trouble.isPresent()) {
            guest.cut();
            bay.power(PowerState.FAILED, trouble.get());
            return;
        }
        up(PowerState.STARTED);
    }

    private void up(PowerState state) {
        started = true;
        cable.connect(true);
        bay.power(state, "");
    }

    private void refused(String refusal) {
        if (!bay.hasDisk()) {
            throw new IllegalStateException(
                    "%s does not start: %s".formatted(guest.name(), refusal));
        }
        bay.power(PowerState.REFUSED, ShellText.words(refusal));
    }

    /** Starts the guest; gives what the hypervisor says instead. */
    private Optional<String> start() {
        try {
            guest.start();
        } catch (IOException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
        try {
            return guest.awaitStart();
        } catch (IOException late) {
            throw new IllegalStateException(late.getMessage(), late);
        }
    }

    /** A hypervisor that cannot start the guest at all says nothing about the image. */
    private void requireStartWithoutDisk(String refusal) {
        Optional<String> without = bay.without(this::start);
        if (without.isPresent()) {
            throw new IllegalStateException(
                    "%s does not start even without its disk: %s; with it: %s"
                            .formatted(guest.name(), without.get(), refusal));
        }
        guest.cut();
    }

    private Optional<String> mounted() {
        try {
            return new GuestVolume(guest.shell()).mount();
        } catch (IOException silent) {
            guest.cut();
            throw new IllegalStateException(
                    "%s does not say what became of its disk: %s"
                            .formatted(guest.name(), silent.getMessage()),
                    silent);
        }
    }

    private void switchOff() {
        String trouble = guest.isUp() ? shutDown() : "it did not run any more";
        if (!started && !guest.isOn()) {
            trouble = "";
        }
        guest.cut();
        started = false;
        cable.connect(false);
        bay.power(PowerState.OFF, trouble);
    }

    /** Gives what went wrong, or nothing. */
    private String shutDown() {
        String trouble = "";
        try {
            if (started && bay.hasSystem()) {
                trouble = new GuestVolume(guest.shell()).unmount().orElse("");
            }
            guest.shell().run("poweroff -f", SHUT_DOWN);
        } catch (IOException silent) {
            // What is on the disk now is not what the guest saved: nothing may be concluded from
            // it.
            guest.cut();
            throw new IllegalStateException(
                    "%s was not shut down: %s".formatted(guest.name(), silent.getMessage()),
                    silent);
        }
        if (!guest.awaitEnd(SHUT_DOWN)) {
            String cut =
                    "its power was cut, since it had not ended %d seconds after it was asked to"
                            .formatted(SHUT_DOWN.toSeconds());
            return trouble.isEmpty() ? cut : trouble + "; " + cut;
        }
        return trouble;
    }

    private GuestShell shell() {
        try {
            if (guest.isUp()) {
                return guest.shell();
            }
        } catch (IOException off) {
            // Told below.
        }
        throw new IllegalStateException(
                "%s had started, and has ended by itself".formatted(guest.name()));
    }
}
