package cofferdam.scenarios;

import cofferdam.attacks.SettingValues;
import cofferdam.monitor.Endpoint.Way;
import cofferdam.monitor.MemoryControl.Means;
import cofferdam.monitor.yaml.DurationText;
import cofferdam.monitor.yaml.SizeText;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One thing that happens in a scenario. Machines and attacks are named. */
public sealed interface Step {

    private static String suffix(Way over) {
        return over == Way.IPV4
                ? ""
                : " over " + over.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The step in words, for the event log. */
    String words();

    /** The time that it takes at least on the host's clock. */
    Duration shortest();

    /** Datagrams to the echo service of another machine; {@code interval} from one to the next. */
    record Probe(String from, String to, Way over, int count, Duration interval) implements Step {
        @Override
        public String words() {
            return "probe %s -> %s, %d%s".formatted(from, to, count, suffix(over));
        }

        @Override
        public Duration shortest() {
            return interval.multipliedBy(count - 1L);
        }
    }

    /** ICMP echo requests to another machine; {@code interval} from one to the next. */
    record Ping(String from, String to, Way over, int count, Duration interval) implements Step {
        @Override
        public String words() {
            return "ping %s -> %s, %d%s".formatted(from, to, count, suffix(over));
        }

        @Override
        public Duration shortest() {
            return interval.multipliedBy(count - 1L);
        }
    }

    /** Asks for an address by DHCP; {@code server} is the machine that is the true server. */
    record Lease(String machine, String server) implements Step {
        @Override
        public String words() {
            return "lease %s from %s".formatted(machine, server);
        }

        @Override
        public Duration shortest() {
            return Duration.ZERO;
        }
    }

    /** A session with the mail service of another machine. */
    record Login(String from, String to) implements Step {
        @Override
        public String words() {
            return "login %s -> %s".formatted(from, to);
        }

        @Override
        public Duration shortest() {
            return Duration.ZERO;
        }
    }

    /**
     * Begins an attack and waits until it has taken up its position.
     *
     * @param accomplice a second machine of the attacker's, for attacks that take one
     */
    record Start(
            String attack,
            String by,
            Optional<String> accomplice,
            List<String> victims,
            SettingValues settings)
            implements Step {

        public Start {
            victims = List.copyOf(victims);
        }

        @Override
        public String words() {
            return "start %s by %s%s"
                    .formatted(attack, by, accomplice.map(" with "::concat).orElse(""));
        }

        @Override
        public Duration shortest() {
            return Duration.ZERO;
        }
    }

    /** Ends an attack and waits until it has put back what it can. */
    record Stop(String attack) implements Step {
        @Override
        public String words() {
            return "stop %s".formatted(attack);
        }

        @Override
        public Duration shortest() {
            return Duration.ZERO;
        }
    }

    /** Lets time pass on the host's clock. */
    record Wait(Duration time) implements Step {
        @Override
        public String words() {
            return "wait %s".formatted(DurationText.of(time));
        }

        @Override
        public Duration shortest() {
            return time;
        }
    }

    /** Connects the cables of a machine, or cuts them. */
    record SetCable(String machine, boolean connected) implements Step {
        @Override
        public String words() {
            return "%s the cable of %s".formatted(connected ? "connect" : "cut", machine);
        }

        @Override
        public Duration shortest() {
            return Duration.ZERO;
        }
    }

    /** What is done with a machine's disk, or by a machine with its files; takes no time. */
    sealed interface DiskStep extends Step {

        /** The machine whose disk it is. */
        String machine();

        @Override
        default Duration shortest() {
            return Duration.ZERO;
        }
    }

    /** Switches a machine that has a disk or memory on or off. */
    record SetPower(String machine, boolean on) implements DiskStep {
        @Override
        public String words() {
            return "switch %s %s".formatted(machine, on ? "on" : "off");
        }
    }

    /** A machine saves a file with a secret in it. */
    record Save(String machine, String file) implements DiskStep {
        @Override
        public String words() {
            return "%s saves %s".formatted(machine, file);
        }
    }

    /** A machine reads a file. */
    record ReadFile(String machine, String file) implements DiskStep {
        @Override
        public String words() {
            return "%s reads %s".formatted(machine, file);
        }
    }

    /** A machine overwrites a file with zeros and deletes it. */
    record Erase(String machine, String file) implements DiskStep {
        @Override
        public String words() {
            return "%s erases %s".formatted(machine, file);
        }
    }

    /** The administrator gives a machine a new empty disk of so many bytes. */
    record Attach(String machine, long size) implements DiskStep {
        @Override
        public String words() {
            return "give %s a new disk of %s".formatted(machine, SizeText.of(size));
        }
    }

    /** The administrator deletes a machine's disk. */
    record Release(String machine) implements DiskStep {
        @Override
        public String words() {
            return "delete the disk of %s".formatted(machine);
        }
    }

    /** The administrator keeps the state of a machine's disk. */
    record TakeSnapshot(String machine, String name) implements DiskStep {
        @Override
        public String words() {
            return "take snapshot %s of %s".formatted(name, machine);
        }
    }

    /** The administrator deletes a kept state of a machine's disk. */
    record DeleteSnapshot(String machine, String name) implements DiskStep {
        @Override
        public String words() {
            return "delete snapshot %s of %s".formatted(name, machine);
        }
    }

    /** What is done with a machine's memory, or by its programs with theirs; takes no time. */
    sealed interface MemoryStep extends Step {

        /** The machine whose memory it is. */
        String machine();

        @Override
        default Duration shortest() {
            return Duration.ZERO;
        }
    }

    /** A program keeps a secret in so many pages of its memory. */
    record Remember(String machine, int pages) implements MemoryStep {
        @Override
        public String words() {
            return "%s remembers a secret in %d pages".formatted(machine, pages);
        }
    }

    /** The program looks for its secret. */
    record Recall(String machine) implements MemoryStep {
        @Override
        public String words() {
            return "%s recalls its secret".formatted(machine);
        }
    }

    /** The program ends. */
    record Forget(String machine) implements MemoryStep {
        @Override
        public String words() {
            return "%s ends the program that has its secret".formatted(machine);
        }
    }

    /** A program keeps some of the first pages of the public collection, chosen at random. */
    record Hold(String machine, int pages, int of) implements MemoryStep {
        @Override
        public String words() {
            return "%s holds %d of %d pages".formatted(machine, pages, of);
        }
    }

    /** The administrator takes memory back from a machine. */
    record Reclaim(String machine, long size, Means by) implements MemoryStep {
        @Override
        public String words() {
            return "take %s back from %s by %s"
                    .formatted(SizeText.of(size), machine, by.name().toLowerCase(Locale.ROOT));
        }
    }

    /** A client asks a machine's page service for pages at a rate. */
    record Load(String from, String to, int rate, Duration span, String label) implements Step {
        @Override
        public String words() {
            return "load %s -> %s, %s".formatted(from, to, label);
        }

        @Override
        public Duration shortest() {
            return span;
        }
    }
}
