package cofferdam.monitor.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

class EventLogTest {

    private static final Ipv4Address ADDRESS = Ipv4Address.parse("10.0.0.3");
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
    private static final Canary CANARY = Canary.of(3, 4);
    private static final String HASH = "ab".repeat(32);
    private static final FlowId FLOW = FlowId.of(1, 2);

    /** One of each kind. */
    static final List<Event> ALL = List.of(
            new Event.MachineStarted(1, "vm1", ADDRESS, MAC),
            new Event.CableChanged(2, "vm1", "vm1", false),
            new Event.PromiscuousChanged(3, "vm2", "eth0", true),
            new Event.AddressChanged(4, "vm2", "eth0", MAC),
            new Event.NeighbourChanged(5, "vm1", ADDRESS, MAC, "arp reply"),
            new Event.FlowStarted(6, "vm1", "source", FlowKind.PING, FLOW),
            new Event.FlowFinished(
                    7, "vm1", "source", FlowOutcome.FAILED, FlowKind.LOGIN, FLOW, 3, 2, "\u00e4\n"),
            new Event.AttackStarted(8, "vm2", "arp-poisoning", List.of("10.0.0.1", "10.0.0.3")),
            new Event.AttackReported(9, "vm2", "arp-poisoning", "poisoned"),
            new Event.AttackStopped(10, "vm2", "arp-poisoning", "restored"),
            new Event.FramesDropped(11, "switch", "vm2", "forged-transmits", 1L << 40, 7),
            new Event.DiskAttached(11, "vm1", "vm1.qcow2", "qcow2 + aead", 1L << 40),
            new Event.DiskReleased(11, "vm1", "vm1.qcow2"),
            new Event.PowerChanged(11, "vm1", "vm1.qcow2", PowerState.REFUSED, "damaged"),
            new Event.FileSaved(11, "vm1", "/a", FileOutcome.DONE, CANARY, HASH, ""),
            new Event.FileRead(11, "vm1", "/a", FileOutcome.FAILED, "", "no system is running"),
            new Event.FileErased(11, "vm1", "/a", FileOutcome.MISSING, "no such file"),
            new Event.SnapshotTaken(11, "vm1", "vm1.qcow2", "first"),
            new Event.SnapshotDeleted(11, "vm1", "vm1.qcow2", "first"),
            new Event.HostFilePlaced(11, "host", "host.secret", CANARY),
            new Event.ImageAccessed(11, "host", "vm1.img", ImageAccess.CHANGED, HASH, "header"),
            new Event.ImagesKept(11, "monitor", "0-installed"),
            new Event.DeviceRead(11, "vm2", "device-reads/1-vm2.raw", "", 2097152),
            new Event.DeviceWritten(11, "vm2", "disk", "", 1L << 33, 512),
            new Event.MemoryConfigured(11, "monitor", "vm1", 1L << 33, 1L << 32, 0, 1000),
            new Event.MemorySampled(11, "monitor", "host", 1L << 33, 6, 5, 4, 3, 2),
            new Event.Heartbeat(11, "vm1", "heartbeat", 1L << 40, HASH),
            new Event.MachineEnded(11, "vm1", MachineEnd.TRIPLE_FAULT, "no handler"),
            new Event.ProcessEnded(11, "vm1", "leak", ProcessEnd.OUT_OF_MEMORY, ""),
            new Event.SystemSabotaged(11, "vm1", "kill-init", ""),
            new Event.SecretRemembered(11, "vm1", "keeper", CANARY, "4-7,12", ""),
            new Event.SecretRecalled(11, "vm1", "keeper", "", ""),
            new Event.FramesReleased(11, "monitor", "vm1", "balloon", "4-7"),
            new Event.MemoryRead(
                    11, "host", "memory-reads/1-host.raw", "vmm-vm1", "", 1L << 20, HASH, "4"),
            new Event.PagesHeld(11, "vm1", "library", 8, "a5"),
            new Event.WritesTimed(11, "vm2", "probe", List.of(5000L, 100L)),
            new Event.MessageGiven(11, "vm1", "probe", "cafe"),
            new Event.MessageReceived(11, "vm2", "probe", 16, 1L << 34, "cafe"),
            new Event.HostSecretPlaced(11, "host", "shell", CANARY),
            new Event.ResourcesSampled(11, "monitor", "vm1", 1L << 40, 1L << 33),
            new Event.BusScanned(11, "vm1", "ports", "0-ff", "60,64"),
            new Event.DevicesListed(11, "vm1", "memory", "0-ffffffff", 3),
            new Event.HostProcessListed(
                    11, "host", "vmm-vm1", 5, "vm1", List.of("handle vm1.vhd", "thread vcpu-0")),
            new Event.HostResourceRemoved(
                    11, "host", "vmm-vm1", "lock vm1.vhd", Access.REFUSED, "no such lock"),
            new Event.ConsoleUsed(
                    11, "host", "vm1", "power-off", "administrator", Access.ALLOWED, "it was on"),
            new Event.DeviceGiven(
                    11, "monitor", "vm1", "pcnet", "00:02.0", "1022:2000", "c000-c01f", ""),
            new Event.DeviceFound(11, "vm1", "pci 00:02.0", "1022:2000"),
            new Event.ServiceMeasured(11, "source", "vm1", "before", 100, 99, 1L << 33, 7, 9),
            new Event.CapabilityMissing(12, "scenario", "host", "no host"),
            new Event.SettingNotEnforced(12, "monitor", "disk.lock", "files are not locked"),
            new Event.RealMonitorStarted(12, "monitor", "qemu"),
            new Event.ListeningTested(12, "vm2", "eth0", true),
            new Event.CacheWatched(12, "vm1", 25),
            new Event.StepStarted(13, "scenario", "step"),
            new Event.Ipv6NeighbourChanged(
                    13, "vm1", Ipv6Address.parse("fe80::1"), MAC, "neighbour advertisement"),
            new Event.RouterChanged(13, "vm1", "ipv6", "fe80::1", "router advertisement"),
            new Event.LeaseObtained(13, "vm1", ADDRESS, ADDRESS, Ipv4Address.ANY, MAC),
            new Event.NetworkJoined(13, "vm1", 4094),
            new Event.RunFinished(13, "scenario", RunOutcome.TIMED_OUT, ""));

    @Test
    void everyKindComesBack() throws EvidenceException {
        assertThat(ALL).hasSize(Event.class.getPermittedSubclasses().length);
        assertThat(EventLog.read(EventLog.write(ALL))).isEqualTo(ALL);
    }

    @Test
    void aLineHasTimeAndKindFirstAndAddressesAsText() {
        String log =
                new String(EventLog.write(List.of(ALL.get(4), ALL.get(6))), StandardCharsets.UTF_8);

        assertThat(log)
                .isEqualTo("{\"time\":5,\"event\":\"neighbour-changed\",\"actor\":\"vm1\","
                        + "\"subject\":\"10.0.0.3\",\"outcome\":\"02:00:00:00:00:01\","
                        + "\"cause\":\"arp reply\"}\n"
                        + "{\"time\":7,\"event\":\"flow-finished\",\"actor\":\"vm1\","
                        + "\"subject\":\"source\",\"outcome\":\"failed\",\"kind\":\"login\","
                        + "\"flow\":\"00000000000000010000000000000002\",\"sent\":3,\"answered\":2,"
                        + "\"detail\":\"\u00e4\\n\"}\n");
    }

    @Test
    void anEmptyLogHasNoEvents() throws EvidenceException {
        assertThat(EventLog.read(new byte[0])).isEmpty();
        assertThat(EventLog.write(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense",
                "``",
                "null",
                "[]",
                "{\"time\":1}",
                "{\"time\":1,\"event\":\"unheard-of\",\"actor\":\"a\",\"subject\":\"b\"}",
                "{\"event\":\"step-started\",\"actor\":\"a\",\"subject\":\"b\"}",
                "{\"time\":1,\"event\":\"step-started\",\"actor\":\"a\"}",
                "{\"time\":1,\"event\":\"step-started\",\"actor\":null,\"subject\":\"b\"}",
                "{\"time\":null,\"event\":\"step-started\",\"actor\":\"a\",\"subject\":\"b\"}",
                "{\"time\":\"1\",\"event\":\"step-started\",\"actor\":\"a\",\"subject\":\"b\"}",
                "{\"time\":1.5,\"event\":\"step-started\",\"actor\":\"a\",\"subject\":\"b\"}",
                "{\"time\":99999999999999999999,\"event\":\"step-started\",\"actor\":\"a\",\"subject\":\"b\"}",
                "{\"time\":1,\"event\":\"step-started\",\"actor\":\"a\",\"subject\":7}",
                "{\"time\":1,\"event\":\"step-started\",\"actor\":\"a\",\"subject\":\"b\",\"more\":1}",
                "{\"time\":1,\"event\":\"step-started\",\"actor\":\"a\",\"actor\":\"c\",\"subject\":\"b\"}",
                "{\"time\":1,\"event\":\"step-started\",\"actor\":\"a\",\"subject\":\"b\"} {}",
                "{\"time\":1,\"event\":\"run-finished\",\"actor\":\"a\",\"outcome\":0,\"detail\":\"\"}",
                "{\"time\":1,\"event\":\"run-finished\",\"actor\":\"a\",\"outcome\":\"fine\",\"detail\":\"\"}",
                "{\"time\":1,\"event\":\"machine-started\",\"actor\":\"a\",\"subject\":\"10.0.0.256\",\"outcome\":\"02:00:00:00:00:01\"}",
                "{\"time\":1,\"event\":\"machine-started\",\"actor\":\"a\",\"subject\":\"10.0.0.2\",\"outcome\":\"02:00\"}",
                "{\"time\":1,\"event\":\"machine-started\",\"actor\":\"a\",\"subject\":3,\"outcome\":\"02:00\"}",
                "{\"time\":1,\"event\":\"flow-started\",\"actor\":\"a\",\"subject\":\"b\",\"kind\":\"ping\",\"flow\":\"xyz\"}",
                "{\"time\":1,\"event\":\"host-file-placed\",\"actor\":\"a\",\"subject\":\"b\",\"canary\":\"xyz\"}",
                "{\"time\":1,\"event\":\"host-file-placed\",\"actor\":\"a\",\"subject\":\"b\",\"canary\":null}",
                "{\"time\":1,\"event\":\"power-changed\",\"actor\":\"a\",\"subject\":\"b\",\"outcome\":\"on\",\"detail\":\"\"}",
                "{\"time\":1,\"event\":\"device-read\",\"actor\":\"a\",\"subject\":\"b\",\"outcome\":\"\",\"bytes\":1.5}",
            })
    void aLineThatIsNoEventIsRefusedWithItsNumber(String line) {
        String log = "{\"time\":0,\"event\":\"step-started\",\"actor\":\"a\",\"subject\":\"b\"}\n"
                + (line == null ? "" : line) + "\n";

        assertThatThrownBy(() -> EventLog.read(log.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(EvidenceException.class)
                .hasMessageStartingWith("line 2: ");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] log = EventLog.write(List.of(ALL.get(ALL.size() - 2)));
        log[log.length - 4] = (byte) 0xff;

        assertThatThrownBy(() -> EventLog.read(log)).isInstanceOf(EvidenceException.class);
    }

    @Test
    void timeThatGoesBackIsRefused() {
        byte[] log = EventLog.write(List.of(ALL.get(2), ALL.get(1)));

        assertThatThrownBy(() -> EventLog.read(log))
                .hasMessage("line 2: time goes back from 3 to 2");
    }

    @Test
    void aLastLineWithoutLineFeedIsRefused() {
        byte[] log = EventLog.write(ALL);

        assertThatThrownBy(() -> EventLog.read(Arrays.copyOf(log, log.length - 1)))
                .hasMessage("line %d: no line feed at the end", ALL.size());
    }

    @Test
    void aLineBeyondTheLimitIsRefused() {
        Event event = new Event.StepStarted(1, "scenario", "x".repeat(EventLog.MAXIMUM_LINE_BYTES));
        byte[] line = new byte[EventLog.MAXIMUM_LINE_BYTES + 2];
        Arrays.fill(line, (byte) ' ');

        assertThatThrownBy(() -> EventLog.write(List.of(event)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 65536");
        assertThatThrownBy(() -> EventLog.read(line)).hasMessage("line 1: longer than 65536 bytes");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void damagedLogsGiveNothingButTheException(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] sound = EventLog.write(ALL);
        for (int i = 0; i < 5000; i++) {
            byte[] damaged = Arrays.copyOf(sound, sound.length - random.nextInt(3));
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            readOrRefuse(damaged);
        }
    }

    private static void readOrRefuse(byte[] log) {
        try {
            assertThat(EventLog.read(log)).isNotEmpty();
        } catch (EvidenceException e) {
            assertThat(e).hasMessageStartingWith("line ");
        }
    }
}
