package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Capability;
import cofferdam.monitor.Endpoint;
import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Offer;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.guest.GuestIdentity;
import cofferdam.monitor.guest.GuestNetwork;
import cofferdam.monitor.guest.MailAccount;
import cofferdam.monitor.guest.MailMessage;
import cofferdam.monitor.guest.NetworkRole;
import cofferdam.monitor.guest.Residents;
import cofferdam.monitor.live.RealTime;
import cofferdam.monitor.net.FrameSink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The scripts and the console in real guests, next to the testbed's own network stack. */
@Timeout(120)
class RealGuestTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final int COUNT = 4;
    private static final String STRANGERS =
            "0200000000cc" + "0200000000dd" + "88b5" + "00112233".repeat(12);

    private record Resident(GuestIdentity identity) implements Machine {
        @Override
        public String name() {
            return identity.name();
        }

        @Override
        public MacAddress mac() {
            return identity.mac();
        }

        @Override
        public Ipv4Address address() {
            return identity.address();
        }

        @Override
        public <C extends Capability> Offer<C> offer(Class<C> capability) {
            return new Offer.Missing<>("not needed here");
        }
    }

    private final RealTime time = new RealTime();
    private final List<Event> events = new ArrayList<>();
    private final List<byte[]> onTheWire = new ArrayList<>();
    private final List<byte[]> relayed = new ArrayList<>();
    private int flows;

    @Test
    void aGuestOfQemuTalksWithTheTestbedAndIsDriven() throws Exception {
        try (BootedGuest guest = BootedGuest.ofQemu(time)) {
            drive(guest);
        }
    }

    @Test
    void aGuestOfUserModeLinuxTalksWithTheTestbedAndIsDriven() throws Exception {
        try (BootedGuest guest = BootedGuest.ofUserModeLinux(time)) {
            drive(guest);
        }
    }

    private void drive(BootedGuest guest) throws Exception {
        Endpoint source = sourceBeside(guest);
        guest.awaitUp();
        GuestConsole console = guest.console();
        console.await(GuestScripts.heartbeat(), LIMIT);
        console.await(GuestScripts.neighbours(), LIMIT);

        talk(source, new Resident(BootedGuest.IDENTITY));
        talk(user(console), new Resident(Residents.SOURCE));
        relay(guest);
        command(console);
        mail(console);

        time.await(() -> beats(guest).size() >= 3, LIMIT);
        assertChain(beats(guest));
        assertThat(guest.notices())
                .contains(new Notice(
                        "arp",
                        List.of(
                                Residents.SOURCE.address().toString(),
                                Residents.SOURCE.mac().toString())));
    }

    private Endpoint sourceBeside(BootedGuest guest) {
        GuestNetwork source = new GuestNetwork(
                Residents.SOURCE,
                NetworkRole.AMONG_REAL,
                time,
                new SplittableRandom(1),
                frame -> guest.network().accept(frame, 0, frame.length),
                events::add);
        guest.network().attach(copies(frame -> {
            onTheWire.add(frame);
            source.receive(frame);
        }));
        guest.relay().attach(copies(relayed::add));
        return new MailReadyEndpoint(
                "source", source.endpoint(), mailboxes(guest.console()), time, events::add);
    }

    private static FrameSink copies(java.util.function.Consumer<byte[]> receiver) {
        return (buffer, offset, length) ->
                receiver.accept(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    private static Mailboxes mailboxes(GuestConsole console) {
        return new Mailboxes(Map.of(BootedGuest.IDENTITY.name(), () -> console));
    }

    private Endpoint user(GuestConsole console) {
        return new LinuxEndpoint(
                BootedGuest.IDENTITY.name(), () -> console, time, events::add, mailboxes(console));
    }

    private void talk(Endpoint user, Machine to) {
        complete(user.ping(to, flow(), COUNT, INTERVAL));
        complete(user.probe(to, flow(), COUNT, INTERVAL));
        complete(user.login(to, flow()));
    }

    private FlowId flow() {
        return FlowId.of(7, ++flows);
    }

    private void complete(Operation operation) {
        assertThat(time.await(operation::done, LIMIT)).as("%s", events).isTrue();
        Event.FlowFinished finished = (Event.FlowFinished) events.getLast();
        assertThat(finished.outcome()).as("%s", finished).isEqualTo(FlowOutcome.COMPLETED);
        assertThat(finished.answered()).as("%s", finished).isPositive().isEqualTo(finished.sent());
    }

    /** Frames of strangers cross the guest's kernel in both directions. */
    private void relay(BootedGuest guest) {
        byte[] frame = HexFormat.of().parseHex(STRANGERS);
        onTheWire.clear();
        guest.relay().accept(frame, 0, frame.length);
        assertThat(time.await(() -> has(onTheWire, frame), LIMIT)).isTrue();
        relayed.clear();
        guest.network().accept(frame, 0, frame.length);
        assertThat(time.await(() -> has(relayed, frame), LIMIT)).isTrue();
    }

    private static boolean has(List<byte[]> frames, byte[] wanted) {
        return frames.stream().anyMatch(frame -> Arrays.equals(frame, wanted));
    }

    private static void command(GuestConsole console) throws IOException {
        GuestShell.Result result =
                console.await("echo one; echo two >&2; printf '\\303\\244\\n'; exit 7", LIMIT);
        assertThat(result).isEqualTo(new GuestShell.Result(7, "one\ntwo\nä"));
        assertThat(console.bytes("printf '\\000\\001\\002\\n'", LIMIT))
                .containsExactly(0, 1, 2, '\n');
        GuestShell.Call endless = console.run("sleep 1000", Duration.ofMillis(500));
        assertThat(console.await("echo $((6 * 7))", LIMIT).output()).isEqualTo("42");
        assertThatThrownBy(endless::result).hasMessageContaining("no answer within 500 ms");
        assertThat(console.await("ps", LIMIT).output()).doesNotContain("sleep 1000");
        assertThat(console.await("# " + "x".repeat(9000) + "\nseq 1 3", LIMIT).output())
                .isEqualTo("1\n2\n3");
    }

    /** The mail service answers as that of an emulated machine does. */
    private static void mail(GuestConsole console) throws IOException {
        FlowId flow = FlowId.of(8, 9);
        console.await(Mailboxes.command("vm1", flow), LIMIT);
        MailMessage message = MailMessage.of("vm1", flow);
        String user = "USER flow-" + flow;
        String password = "PASS " + MailAccount.of("vm1", flow).password();
        String answers = session(
                console,
                List.of(
                        "STAT",
                        "PASS x",
                        "USER nobody",
                        "PASS x",
                        "user ../" + flow,
                        password,
                        "FOO"),
                List.of(
                        user, password, user, password, "STAT", "RETR 2", "NOOP", "RETR 1",
                        "QUIT"));
        assertThat(answers)
                .isEqualTo(String.join(
                                "\r\n",
                                "+OK vm1 mail service ready",
                                "-ERR not logged in",
                                "-ERR not now",
                                "+OK send the password",
                                "-ERR wrong user name or password",
                                "+OK send the password",
                                "-ERR wrong user name or password",
                                "-ERR unknown command",
                                "+OK send the password",
                                "+OK 1 message",
                                "-ERR already logged in",
                                "-ERR not now",
                                "+OK 1 " + message.octets(),
                                "-ERR no such message",
                                "+OK",
                                "+OK " + message.octets() + " octets",
                                message.toAnswer() + "+OK vm1 mail service closes")
                        + "\r\n");
        List<String> wrong = List.of(user, "PASS x", user, "PASS x", user, "PASS x");
        assertThat(session(console, wrong, List.of("NOOP")))
                .endsWith("-ERR wrong user name or password\r\n");
        assertThat(session(console, List.of("x".repeat(511)), List.of("NOOP")))
                .isEqualTo("+OK vm1 mail service ready\r\n-ERR line too long\r\n");
    }

    private static String session(GuestConsole console, List<String> first, List<String> then)
            throws IOException {
        String lines = String.join("\\r\\n", first) + "\\r\\n" + String.join("\\r\\n", then);
        byte[] answers =
                console.bytes("printf '%s\\r\\n' | /lib/cofferdam/mail".formatted(lines), LIMIT);
        return new String(answers, StandardCharsets.ISO_8859_1);
    }

    private static List<Notice> beats(BootedGuest guest) {
        return guest.notices().stream()
                .filter(notice -> notice.kind().equals("beat"))
                .toList();
    }

    private static void assertChain(List<Notice> beats) throws Exception {
        byte[] digest = BootedGuest.IDENTITY.name().getBytes(StandardCharsets.UTF_8);
        digest = MessageDigest.getInstance("SHA-256").digest(digest);
        for (int i = 0; i < beats.size(); i++) {
            digest = MessageDigest.getInstance("SHA-256").digest(digest);
            assertThat(beats.get(i).words())
                    .containsExactly(Integer.toString(i + 1), HexFormat.of().formatHex(digest));
        }
    }
}
