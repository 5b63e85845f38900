package cofferdam.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.host.HostCapture;
import cofferdam.attacks.staging.Segment;
import cofferdam.attacks.staging.Stage;
import cofferdam.attacks.staging.Station;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.Ethernet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Every attack ends, whenever it is told to and whatever it has heard. */
final class CampaignEndTest {

    private static final Ipv4Address ANNE = Ipv4Address.parse("10.0.0.1");
    private static final Ipv4Address BILL = Ipv4Address.parse("10.0.0.3");
    private static final Duration BOUND = Duration.ofMillis(3_200);
    private static final int SEEDS = 150;

    static List<Attack> onTheNetwork() {
        return Attacks.all().stream()
                .filter(attack ->
                        attack.boundary() == Boundary.NETWORK || attack instanceof HostCapture)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("onTheNetwork")
    void endsAndSendsNothingAfterwards(Attack attack) {
        for (long seed = 0; seed < SEEDS; seed++) {
            attackAndStop(attack, seed);
        }
    }

    private static void attackAndStop(Attack attack, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Stage stage = new Stage(seed);
        Segment segment = new Segment(stage);
        if (random.nextInt(4) != 0) {
            talk(stage, segment.station(ANNE, MacAddress.parse("02:00:00:00:00:01")), BILL);
        }
        if (random.nextInt(4) != 0) {
            talk(stage, segment.station(BILL, MacAddress.parse("02:00:00:00:00:03")), ANNE);
        }
        stage.counts.put("frames", 1 + random.nextInt(300));
        Attack.Campaign campaign = stage.start(attack, victims(attack));
        live(stage, random, random.nextInt(20));
        stage.run(Duration.ofNanos(random.nextLong(6_000_000_000L)));
        campaign.stop();
        live(stage, random, random.nextInt(3));
        Duration pause = Duration.ofNanos(random.nextLong(3_000_000_000L));
        stage.run(pause);
        campaign.stop();
        stage.run(BOUND.minus(pause));
        assertThat(campaign.stopped()).as("%s, seed %d", attack.name(), seed).isTrue();
        int sent = stage.nic.sent().size();
        List<String> reports = List.copyOf(stage.reports);
        campaign.stop();
        live(stage, random, 10);
        stage.run(Duration.ofMinutes(2));
        assertThat(stage.nic.sent()).as("%s, seed %d", attack.name(), seed).hasSize(sent);
        assertThat(stage.reports).as("%s, seed %d", attack.name(), seed).isEqualTo(reports);
        assertThat(stage.nic.address()).isEqualTo(Stage.ATTACKER);
        assertThat(stage.nic.listeners()).isZero();
        assertThat(stage.nic.promiscuous()).matches(modes -> modes.isEmpty() || !modes.getLast());
    }

    private static Ipv4Address[] victims(Attack attack) {
        return attack.victims().maximum() == 1
                ? new Ipv4Address[] {ANNE}
                : new Ipv4Address[] {ANNE, BILL};
    }

    private static void talk(Stage stage, Station station, Ipv4Address other) {
        for (int i = 1; i < 20; i++) {
            stage.timeline.after(
                    Duration.ofMillis(300L * i), () -> station.say(other, "good morning"));
        }
    }

    private static void live(Stage stage, RandomGenerator random, int times) {
        for (int i = 0; i < times; i++) {
            stage.nic.deliver(hostile(random));
            stage.run(Duration.ofNanos(random.nextLong(20_000_000)));
        }
    }

    private static byte[] hostile(RandomGenerator random) {
        byte[] frame = ArpPacket.reply(
                        new MacAddress(random.nextLong() & 0xffff_ffff_ffffL),
                        random.nextBoolean() ? ANNE : BILL,
                        Stage.ATTACKER,
                        random.nextBoolean() ? Stage.ATTACKER_IP : BILL)
                .toFrame(
                        random.nextBoolean() ? Stage.ATTACKER : MacAddress.BROADCAST,
                        new MacAddress(0x020000000000L | random.nextInt(5)));
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(frame, random.nextInt(frame.length));
            case 1 -> scribble(frame, random);
            case 2 -> noise(random, Stage.ATTACKER);
            case 3 -> noise(random, MacAddress.parse("02:00:00:00:00:01"));
            default -> frame;
        };
    }

    private static byte[] scribble(byte[] frame, RandomGenerator random) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt();
        return frame;
    }

    private static byte[] noise(RandomGenerator random, MacAddress destination) {
        byte[] payload = new byte[random.nextInt(100)];
        random.nextBytes(payload);
        if (payload.length > 0) {
            payload[0] = 0x45;
        }
        int type = random.nextBoolean() ? Ethernet.IPV4 : Ethernet.ARP;
        return Ethernet.frame(destination, MacAddress.parse("02:00:00:00:00:03"), type, payload);
    }
}
