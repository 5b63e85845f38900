package cofferdam.monitor.linux;

import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowKind;
import cofferdam.monitor.guest.Flow;
import cofferdam.monitor.guest.MailAccount;
import cofferdam.monitor.guest.MailMessage;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The programs of an ordinary user on a real guest: BusyBox's ping, and clients of the echo service
 * (RFC 862, TCP, a line for each message) and of the mail service under its nc.
 */
final class LinuxEndpoint implements Endpoint {

    /** The most messages of one exchange. */
    static final int MAXIMUM_COUNT = 65_535;

    /** How long the last answer is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How much longer than its exchange a program may take, as a busy computer makes it. */
    private static final Duration DELAY = Duration.ofSeconds(10);

    /** How long a connection may take to come about, in seconds. */
    private static final int CONNECT_SECONDS = 5;

    /** The same of a login, whose program waits no longer than half of its limit for an answer. */
    private static final int LOGIN_CONNECT_SECONDS = 20;

    private static final Duration LOGIN_LIMIT = Duration.ofSeconds(60);
    private static final int MILLISECONDS = 1000;

    /** BusyBox's ping sets a timer to its interval; one that is set to 0 never goes off. */
    private static final long SHORTEST_MILLISECONDS = 1;

    private static final int MILLISECONDS_OF_HUNDREDTH = 10;

    private final String name;
    private final Mailboxes.Root root;
    private final Timeline time;
    private final Consumer<Event> events;
    private final Mailboxes mailboxes;

    /**
     * @param name of the guest
     * @param root of the guest, whose programs run as root
     */
    LinuxEndpoint(
            String name,
            Mailboxes.Root root,
            Timeline time,
            Consumer<Event> events,
            Mailboxes mailboxes) {
        this.name = name;
        this.root = root;
        this.time = time;
        this.events = events;
        this.mailboxes = mailboxes;
    }

    @Override
    public Operation ping(Machine to, Way way, FlowId id, int count, Duration interval) {
        requireRange(count, interval);
        Flow flow = started(to, FlowKind.PING, id);
        if (way != Way.IPV4) {
            return failed(flow, impossible(way));
        }
        long milliseconds = Math.max(SHORTEST_MILLISECONDS, interval.toMillis());
        String command = "ping -q -c %d -i %d.%03d -W %d %s"
                .formatted(
                        count,
                        milliseconds / MILLISECONDS,
                        milliseconds % MILLISECONDS,
                        PATIENCE.toSeconds(),
                        to.address());
        return run(
                flow,
                command,
                limit(count, interval),
                output -> ProgramReport.ofPing(output, count));
    }

    @Override
    public Operation probe(Machine to, Way way, FlowId id, int count, Duration interval) {
        requireRange(count, interval);
        Flow flow = started(to, FlowKind.PROBE, id);
        if (way != Way.IPV4) {
            return failed(flow, impossible(way));
        }
        long hundredths =
                (interval.toMillis() + MILLISECONDS_OF_HUNDREDTH - 1) / MILLISECONDS_OF_HUNDREDTH;
        String command = "nc -w %d %s 7 -e %s %d %d %s"
                .formatted(
                        CONNECT_SECONDS,
                        to.address(),
                        GuestScripts.path("probe"),
                        count,
                        hundredths,
                        id);
        Duration limit = limit(count, interval).plusSeconds(CONNECT_SECONDS);
        return run(flow, command, limit, output -> ProgramReport.ofProbe(output, id, count));
    }

    @Override
    public Operation login(Machine to, FlowId id) {
        Flow flow = started(to, FlowKind.LOGIN, id);
        MailAccount account = MailAccount.of(to.name(), id);
        String command = "nc -w %d %s 110 -e %s %s %s %d"
                .formatted(
                        LOGIN_CONNECT_SECONDS,
                        to.address(),
                        GuestScripts.path("login"),
                        account.user(),
                        account.password(),
                        MailMessage.of(to.name(), id).octets());
        mailboxes.put(
                to.name(),
                id,
                problem -> problem.ifPresentOrElse(
                        flow::lose,
                        () -> run(
                                flow,
                                command,
                                LOGIN_LIMIT,
                                output -> ProgramReport.ofLogin(output, to.name(), id))));
        return flow::finished;
    }

    @Override
    public Operation lease(Machine server, FlowId id) {
        return failed(
                started(server, FlowKind.LEASE, id), "guests of this monitor have no DHCP client");
    }

    private static void requireRange(int count, Duration interval) {
        if (count < 1 || count > MAXIMUM_COUNT) {
            throw new IllegalArgumentException(
                    "count %d is not between 1 and %d".formatted(count, MAXIMUM_COUNT));
        }
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval %s is negative".formatted(interval));
        }
    }

    private static String impossible(Way way) {
        return switch (way) {
            case IPV4 -> "";
            case ROUTED_IPV4 -> "guests of this monitor have no router";
            case IPV6, ROUTED_IPV6 -> "guests of this monitor do not speak IPv6";
        };
    }

    private static Duration limit(int count, Duration interval) {
        return interval.multipliedBy(count).plus(PATIENCE).plus(DELAY);
    }

    private Flow started(Machine to, FlowKind kind, FlowId id) {
        Flow flow = new Flow(time, events, name, to.name(), kind, id);
        flow.start();
        return flow;
    }

    private static Operation failed(Flow flow, String reason) {
        flow.finish(0, 0, reason);
        return flow::finished;
    }

    private Operation run(
            Flow flow, String command, Duration limit, Function<String, ProgramReport> reading) {
        GuestConsole console;
        try {
            console = root.console();
        } catch (IOException off) {
            return failed(flow, String.valueOf(off.getMessage()));
        }
        console.begin(command, limit, call -> finish(flow, call, reading));
        return flow::finished;
    }

    /** That a guest which is on does not answer its root says nothing about its network. */
    private void finish(Flow flow, GuestShell.Call call, Function<String, ProgramReport> reading) {
        try {
            ProgramReport report = reading.apply(call.result().output());
            flow.finish(report.sent(), report.answered(), report.problem());
        } catch (IOException unanswered) {
            String reason = String.valueOf(unanswered.getMessage());
            if (Mailboxes.isOn(root)) {
                flow.lose(reason);
            } else {
                flow.finish(0, 0, reason);
            }
        }
    }
}
