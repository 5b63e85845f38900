package cofferdam.monitor.linux;

import cofferdam.monitor.Programs;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ProcessEnd;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Programs in a real guest that use up one resource each. That one was ended for want of memory is
 * what the guest's kernel says of it; nothing else is taken for that.
 */
final class GuestPrograms implements Programs {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** How long after the end of a program its kernel's word on it may take. */
    private static final Duration WORD = Duration.ofMillis(500);

    private final LinuxGuest guest;
    private final Map<Long, String> names = new HashMap<>();
    private int started;

    GuestPrograms(LinuxGuest guest) {
        this.guest = guest;
        guest.onKilled(this::killed);
    }

    @Override
    public Optional<String> cannot(Stressor stressor) {
        return switch (stressor) {
            case MEMORY, PROCESSOR, FORK -> Optional.empty();
            case DISK -> Optional.of("BusyBox has no program that passes by the guest's own cache");
            case NETWORK_SEND, NETWORK_RECEIVE ->
                Optional.of("BusyBox has no program that sends datagrams");
        };
    }

    @Override
    public Execution start(Stressor stressor) {
        started++;
        Running running = new Running(started, stressor);
        if (cannot(stressor).isPresent()) {
            running.over = true;
            running.stopped = true;
            return running;
        }
        running.begin(stressor);
        return running;
    }

    private void killed(KernelAccount.Ended ended) {
        String name = names.getOrDefault(ended.number(), ended.name());
        guest.record(time -> new Event.ProcessEnded(
                time, guest.name(), name, ProcessEnd.OUT_OF_MEMORY, ended.words()));
    }

    private static String nameOf(Stressor stressor) {
        return switch (stressor) {
            case MEMORY -> "leak";
            case PROCESSOR -> "busy";
            case FORK -> "fork";
            case DISK -> "disk-user";
            case NETWORK_SEND -> "sender";
            case NETWORK_RECEIVE -> "receiver";
        };
    }

    /** A program that was started. */
    private final class Running implements Execution {

        private final int number;
        private final String name;
        private boolean over;
        private boolean stopped;

        Running(int number, Stressor stressor) {
            this.number = number;
            name = nameOf(stressor);
        }

        void begin(Stressor stressor) {
            String kind = stressor.name().toLowerCase(Locale.ROOT);
            String command =
                    "exec setsid %s %s %d".formatted(GuestScripts.path("stressor"), kind, number);
            try {
                guest.shell().begin(command, LONGEST, call -> endSoon());
                String process =
                        guest.shell().await(waitForNumber(), LIMIT).output().strip();
                if (process.matches("[1-9][0-9]{0,8}")) {
                    names.put(Long.parseLong(process), name);
                }
            } catch (IOException gone) {
                over = true;
            }
        }

        private String waitForNumber() {
            return """
                    tries=50
                    until [ -s %1$s ] || [ $tries = 0 ]; do
                      usleep 20000
                      tries=$((tries - 1))
                    done
                    cat %1$s""".formatted(file());
        }

        private String file() {
            return "/run/cofferdam/stressor.%d".formatted(number);
        }

        /** Its kernel's word on it comes another way than its end, and counts for more. */
        private void endSoon() {
            guest.time().after(WORD, () -> over = true);
        }

        @Override
        public boolean ended() {
            return over;
        }

        /** Also what is left of it if its first process has ended. */
        @Override
        public void stop() {
            if (stopped) {
                return;
            }
            stopped = true;
            boolean running = !over;
            over = true;
            try {
                guest.shell()
                        .run(
                                "read -r leader < %s && kill -9 \"-$leader\"".formatted(file()),
                                LIMIT);
            } catch (IOException gone) {
                // What was to be stopped went with its machine.
                return;
            }
            if (running) {
                guest.record(time -> new Event.ProcessEnded(
                        time, guest.name(), name, ProcessEnd.KILLED, "stopped"));
            }
        }
    }
}
