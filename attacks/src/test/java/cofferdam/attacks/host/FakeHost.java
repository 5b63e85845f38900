package cofferdam.attacks.host;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.SettingValues;
import cofferdam.attacks.Targets;
import cofferdam.attacks.staging.Stage;
import cofferdam.attacks.staging.VirtualTimeline;
import cofferdam.monitor.Capability;
import cofferdam.monitor.HostProcesses;
import cofferdam.monitor.ImageStore;
import cofferdam.monitor.Machine;
import cofferdam.monitor.ManagementConsole;
import cofferdam.monitor.Offer;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** A host's processes, console and files, with what was done to them. */
final class FakeHost implements Machine {

    final List<HostProcesses.HostProcess> processes = new ArrayList<>();
    final List<String> done = new ArrayList<>();
    final List<String> reports = new ArrayList<>();
    final Map<String, String> choices = new HashMap<>();
    final Set<Class<?>> missing = new HashSet<>();
    String refusal = "";

    Attack.Campaign start(Attack attack, String... victims) throws MissingCapabilityException {
        return attack.start(new Adversary(
                this,
                new Targets(List.of(victims), List.of(), Map.of()),
                SettingValues.of(attack.settings(), Map.of(), Map.of(), choices),
                new VirtualTimeline(),
                new SplittableRandom(1),
                reports::add));
    }

    @Override
    public String name() {
        return "host";
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
        if (missing.contains(capability)) {
            return new Offer.Missing<>("the host has no such thing");
        }
        Map<Class<?>, Capability> all = Map.of(
                HostProcesses.class, new Processes(this),
                ManagementConsole.class, new Console(this),
                ImageStore.class, new Images(this));
        return new Offer.Available<>(capability.cast(all.get(capability)));
    }

    private void act(String what) throws IOException {
        done.add(what);
        if (!refusal.isEmpty()) {
            throw new IOException(refusal);
        }
    }

    private record Processes(FakeHost host) implements HostProcesses {

        @Override
        public List<HostProcess> list() {
            host.done.add("list");
            return List.copyOf(host.processes);
        }

        @Override
        public byte[] readMemory(int process) throws IOException {
            host.act("read " + process);
            return "the password of %d".formatted(process).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public void remove(int process, Resource resource) throws IOException {
            host.act("remove %s of %d".formatted(resource.name(), process));
        }
    }

    private record Console(FakeHost host) implements ManagementConsole {

        @Override
        public List<String> machines() throws IOException {
            host.act("machines");
            return List.of("vm1", "vm2");
        }

        @Override
        public void powerOff(String machine) throws IOException {
            host.act("off " + machine);
        }

        @Override
        public void powerOn(String machine) {
            throw new AssertionError("nobody is switched on");
        }
    }

    private record Images(FakeHost host) implements ImageStore {

        @Override
        public List<String> names() {
            throw new AssertionError("nobody asks for all files");
        }

        @Override
        public String imageOf(String machine) {
            return machine + ".img";
        }

        @Override
        public byte[] read(String name) throws IOException {
            host.act("read " + name);
            return new byte[5];
        }

        @Override
        public void replace(String name, byte[] content, String what) {
            throw new AssertionError("nobody changes a file");
        }

        @Override
        public void copy(String name, String copy) {
            throw new AssertionError("nobody copies a file");
        }
    }
}
