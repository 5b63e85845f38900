package cofferdam.monitor.linux;

import cofferdam.monitor.RunningSystem;
import cofferdam.monitor.evidence.Event;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What the root of a real guest does to its own system, with what BusyBox and the kernel have for it. It
 * is done a moment after it was answered for, because nobody answers afterwards. What comes of it is
 * what the kernel says last, how the guest's process ends, and that nothing is heard of the guest.
 */
final class RootsSabotage implements RunningSystem {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int DELAY_MICROSECONDS = 200_000;

    private static final String REBOOT_TYPE = "/sys/kernel/reboot/type";

    private final LinuxGuest guest;

    RootsSabotage(LinuxGuest guest) {
        this.guest = guest;
    }

    @Override
    public Optional<String> cannot(Sabotage sabotage) {
        return switch (sabotage) {
            case REMOVE_ESSENTIAL_FILES, KILL_INIT, OVERWRITE_KERNEL -> Optional.empty();
            case TRIPLE_FAULT ->
                hasResetOfThatType()
                        ? Optional.empty()
                        : Optional.of("this guest's kernel has no reset by a triple fault");
            case HANG ->
                Optional.of("the guest's root has no program that switches interrupts off");
        };
    }

    @Override
    public void sabotage(Sabotage sabotage) throws IOException {
        Optional<String> reason = cannot(sabotage);
        if (reason.isPresent()) {
            throw new IOException(reason.get());
        }
        String how = sabotage.name().toLowerCase(Locale.ROOT).replace('_', '-');
        GuestShell.Result result = guest.shell().await(command(sabotage), LIMIT);
        String problem = result.succeeded() ? "" : result.output();
        guest.record(time -> new Event.SystemSabotaged(time, guest.name(), how, problem));
    }

    private boolean hasResetOfThatType() {
        try {
            return guest.shell()
                    .await("[ -e %s ]".formatted(REBOOT_TYPE), LIMIT)
                    .succeeded();
        } catch (IOException down) {
            return true;
        }
    }

    private static String command(Sabotage sabotage) {
        return "%s\nsetsid sh -c 'usleep %d; %s' < /dev/null > /dev/null 2>&1 &"
                .formatted(prepared(sabotage), DELAY_MICROSECONDS, deed(sabotage));
    }

    /** What can go wrong goes wrong before, and is told. */
    private static String prepared(Sabotage sabotage) {
        return switch (sabotage) {
            case REMOVE_ESSENTIAL_FILES, KILL_INIT, HANG -> ":";
            case OVERWRITE_KERNEL -> "[ -w /proc/sysrq-trigger ] || exit";
            case TRIPLE_FAULT -> "echo triple > " + REBOOT_TYPE + " || exit";
        };
    }

    private static String deed(Sabotage sabotage) {
        return switch (sabotage) {
            // What runs goes on from files that have no name any more, until it needs another one.
            case REMOVE_ESSENTIAL_FILES -> "rm -rf /bin /sbin /lib /etc /init /mnt/*";
            // The first program asks for this signal; without it, its kernel cannot go on.
            case KILL_INIT -> "kill -TERM 1";
            // Where the kernel keeps root from its own code, it crashes on request.
            case OVERWRITE_KERNEL ->
                "dd if=/dev/zero of=/dev/mem bs=4096 seek=1 count=250; echo c > /proc/sysrq-trigger";
            // An emergency restart of that type empties the table, and raises an exception.
            case TRIPLE_FAULT -> "echo b > /proc/sysrq-trigger";
            case HANG -> ":";
        };
    }
}
