package cofferdam.attacks.memory;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.SettingValues;
import cofferdam.attacks.Targets;
import cofferdam.attacks.staging.Stage;
import cofferdam.attacks.staging.VirtualTimeline;
import cofferdam.monitor.Capability;
import cofferdam.monitor.ImageStore;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Offer;
import cofferdam.monitor.OwnMemory;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import org.junit.jupiter.api.Test;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The attacks that read memory, or files that have some. */
class MemoryReadingAttacksTest {

    private final List<String> reports = new ArrayList<>();
    private final Map<String, String> files = new TreeMap<>();
    private boolean down;

    @Test
    void aScanTellsWhereSecretsAreAnnounced() throws Exception {
        assertThat(start(new MemoryScan()).stopped()).isTrue();

        assertThat(reports).containsExactly("'password' is 1 times in 16 bytes, first at 3");
    }

    @Test
    void aScanOfAMachineThatIsDownIsRefused() throws Exception {
        down = true;
        start(new MemoryScan());

        assertThat(reports).containsExactly("refused: vm2 is down");
    }

    @Test
    void onlySwapFilesAreSearched() throws Exception {
        files.put("memory.swap", "password = x");
        files.put("other.swap", "nothing");
        files.put("vm1.img", "password");
        start(new SwapFileSearch());

        assertThat(reports)
                .containsExactly(
                        "memory.swap: 'password' is 1 times in 12 bytes, first at 0",
                        "other.swap: 'password' is not in 7 bytes");
    }

    @Test
    void aLockedSwapFileAndAHostWithoutOneAreReported() throws Exception {
        start(new SwapFileSearch());
        files.put("memory.swap", "password");
        down = true;
        start(new SwapFileSearch());

        assertThat(reports)
                .containsExactly(
                        "the host has no swap file", "memory.swap: refused: memory.swap is locked");
    }

    private Attack.Campaign start(Attack attack) throws MissingCapabilityException {
        return attack.start(new Adversary(
                new Reader(),
                Targets.of(List.of()),
                SettingValues.of(attack.settings(), Map.of(), Map.of(), Map.of()),
                new VirtualTimeline(),
                new SplittableRandom(1),
                reports::add));
    }

    private final class Memory implements OwnMemory {

        @Override
        public long size() {
            return 16;
        }

        @Override
        public byte[] readAll() throws IOException {
            if (down) {
                throw new IOException("vm2 is down");
            }
            return "...password.....".getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final class Files implements ImageStore {

        @Override
        public List<String> names() {
            return List.copyOf(files.keySet());
        }

        @Override
        public String imageOf(String machine) throws IOException {
            throw new FileNotFoundException(machine);
        }

        @Override
        public byte[] read(String name) throws IOException {
            if (down) {
                throw new IOException(name + " is locked");
            }
            return files.getOrDefault(name, "").getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public void replace(String name, byte[] content, String what) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void copy(String name, String copy) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Reader implements Machine {

        @Override
        public String name() {
            return "vm2";
        }

        @Override
        public MacAddress mac() {
            return Stage.ATTACKER;
        }

        @Override
        public Ipv4Address address() {
            return Stage.ATTACKER_IP;
        }

        @Override
        public <C extends Capability> Offer<C> offer(Class<C> capability) {
            Capability found = capability == OwnMemory.class ? new Memory() : new Files();
            return new Offer.Available<>(capability.cast(found));
        }
    }
}
