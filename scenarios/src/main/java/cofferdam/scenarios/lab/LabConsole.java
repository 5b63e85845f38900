package cofferdam.scenarios.lab;

import cofferdam.attacks.Attacks;
import cofferdam.monitor.Machine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a user tells a lab, a line a command, and what it answers. Lines of answers are not escaped.
 * Used on the thread of the loop alone, but for {@link #completions}.
 */
public final class LabConsole {

    /** The longest command. */
    static final int MAXIMUM_LINE = 4096;

    private static final List<String> SWITCH = List.of("on", "off");

    private final Lab lab;
    private final LabViews views;
    private final LabActions actions;
    private final AttackBoard attacks;
    private final List<String> machines;
    private final List<String> ports;
    private boolean finished;

    /** A command's name, what stands behind it, and what it does. */
    private enum Verb {
        MACHINES("", "the machines and the ports"),
        ARP("[MACHINE]", "ARP caches"),
        MAC("", "the addresses that the fabric and the switch outside know"),
        COUNTERS("", "frames in and out, and what filters dropped"),
        PING("A B", "three ICMP echo requests from A to B"),
        LOGIN("A B", "a login from A at B's mail service, with user and password in clear text"),
        PROMISCUOUS("MACHINE on|off", "promiscuous mode of a machine's interfaces, or of a port's"),
        ATTACK(
                "NAME by MACHINE [with MACHINE] [victims A,B] [KEY=VALUE]...",
                "begin an attack; 'attack NAME' tells its settings"),
        ATTACKS("", "the attacks under way, and those there are"),
        STOP("NAME", "end an attack, which puts back what it can"),
        CABLE("MACHINE on|off", "connect or cut a machine's cables"),
        EVENTS("[N]", "the last events (10)"),
        HELP("", "this list"),
        QUIT("", "end the lab");

        private final String behind;
        private final String help;

        Verb(String behind, String help) {
            this.behind = behind;
            this.help = help;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Verb> of(String word) {
            return Stream.of(values()).filter(verb -> verb.word().equals(word)).findFirst();
        }
    }

    /** @param random where choices of attacks and names of flows come from */
    public LabConsole(Lab lab, SplittableRandom random) {
        this.lab = lab;
        views = new LabViews(lab);
        actions = new LabActions(lab, random.split());
        attacks = new AttackBoard(lab, random.split());
        machines = lab.host().machines().stream().map(Machine::name).toList();
        ports = lab.specs().stream().map(spec -> spec.port().name()).toList();
    }

    /** Whether the user has ended the lab. */
    public boolean finished() {
        return finished;
    }

    /** Ends every attack that is under way. */
    public List<String> finish() {
        finished = true;
        return attacks.stopAll();
    }

    /** What the lab is, in a few lines. */
    public List<String> banner() {
        List<String> lines = new ArrayList<>();
        lines.add("lab of policy %s; 'help' lists the commands"
                .formatted(lab.policy().name()));
        lines.addAll(views.machines());
        return lines;
    }

    /** Does what a line says and gives the answer; an empty line does nothing. */
    public List<String> execute(String line) {
        List<String> words = Arrays.stream(line.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty() || words.getFirst().startsWith("#")) {
            return List.of();
        }
        if (line.getBytes(StandardCharsets.UTF_8).length > MAXIMUM_LINE) {
            return List.of("error: the line has more than %d bytes".formatted(MAXIMUM_LINE));
        }
        try {
            Verb verb = Verb.of(words.getFirst())
                    .orElseThrow(() -> new LabException(
                            "no command '%s'; 'help' lists them".formatted(words.getFirst())));
            return execute(verb, words.subList(1, words.size()));
        } catch (LabException refused) {
            return List.of("error: " + refused.getMessage());
        }
    }

    private List<String> execute(Verb verb, List<String> words) throws LabException {
        return switch (verb) {
            case MACHINES -> with(verb, words, 0, 0, views::machines);
            case MAC -> with(verb, words, 0, 0, views::macTable);
            case COUNTERS -> with(verb, words, 0, 0, views::counters);
            case ATTACKS -> with(verb, words, 0, 0, attacks::lines);
            case HELP -> with(verb, words, 0, 0, LabConsole::help);
            case QUIT -> with(verb, words, 0, 0, this::finish);
            case ARP -> {
                check(verb, words, 0, 1);
                yield views.arpCaches(words.isEmpty() ? machines : words);
            }
            case EVENTS -> {
                check(verb, words, 0, 1);
                yield views.events(words.isEmpty() ? "10" : words.getFirst());
            }
            case PING -> {
                check(verb, words, 2, 2);
                yield actions.ping(words.getFirst(), words.getLast());
            }
            case LOGIN -> {
                check(verb, words, 2, 2);
                yield actions.login(words.getFirst(), words.getLast());
            }
            case PROMISCUOUS -> {
                check(verb, words, 2, 2);
                yield actions.promiscuous(words.getFirst(), isOn(words.getLast()));
            }
            case CABLE -> {
                check(verb, words, 2, 2);
                yield actions.cable(words.getFirst(), isOn(words.getLast()));
            }
            case ATTACK -> attack(words);
            case STOP -> {
                check(verb, words, 1, 1);
                attacks.stop(words.getFirst());
                yield List.of("%s has ended".formatted(words.getFirst()));
            }
        };
    }

    private List<String> attack(List<String> words) throws LabException {
        if (words.size() == 1) {
            return AttackOrder.settings(words.getFirst());
        }
        AttackOrder order = AttackOrder.parse(words);
        attacks.start(order);
        return List.of("%s has begun".formatted(order.attack().name()));
    }

    private static List<String> with(
            Verb verb, List<String> words, int least, int most, Supplier<List<String>> answer)
            throws LabException {
        check(verb, words, least, most);
        return answer.get();
    }

    private static void check(Verb verb, List<String> words, int least, int most)
            throws LabException {
        if (words.size() < least || words.size() > most) {
            throw new LabException(
                    "use: %s %s".formatted(verb.word(), verb.behind).strip());
        }
    }

    private static boolean isOn(String word) throws LabException {
        if (!SWITCH.contains(word)) {
            throw new LabException("'%s' is neither on nor off".formatted(word));
        }
        return word.equals("on");
    }

    private static List<String> help() {
        Columns columns = new Columns();
        for (Verb verb : Verb.values()) {
            columns.row((verb.word() + " " + verb.behind).strip(), verb.help);
        }
        return columns.lines();
    }

    /**
     * The words that may stand behind these. May be called from any thread.
     *
     * @param words the words before the one that is asked for
     */
    public List<String> completions(List<String> words) {
        if (words.isEmpty()) {
            return Stream.of(Verb.values()).map(Verb::word).toList();
        }
        return Verb.of(words.getFirst())
                .map(verb -> completions(verb, words.size(), words.getLast()))
                .orElse(List.of());
    }

    private List<String> completions(Verb verb, int position, String before) {
        return switch (verb) {
            case MACHINES, MAC, COUNTERS, ATTACKS, HELP, QUIT, EVENTS -> List.of();
            case ARP -> position == 1 ? machines : List.of();
            case PING, LOGIN -> position == 1 ? machines : all();
            case PROMISCUOUS -> position == 1 ? all() : SWITCH;
            case CABLE -> position == 1 ? machines : SWITCH;
            case STOP -> attackNames();
            case ATTACK ->
                switch (before) {
                    case "attack" -> attackNames();
                    case "by", "with" -> machines;
                    case "victims" -> all();
                    default -> List.of("by", "victims", "with");
                };
        };
    }

    private List<String> all() {
        return Stream.concat(machines.stream(), ports.stream()).toList();
    }

    private static List<String> attackNames() {
        return Attacks.all().stream().map(attack -> attack.name()).toList();
    }
}
