package cofferdam.monitor.policy;

import cofferdam.monitor.yaml.BuiltIns;
import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlFile;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The policies that come with Cofferdam, and the way to all others. */
public final class Policies {

    private static final List<String> NAMES = List.of(
            "physical",
            "esx-1.5.2",
            "virtual-server-1.0",
            "hardened",
            "esx-vss-5.0",
            "esx-vss-6.0",
            "esx-vss-7.0",
            "esx-9.0.2",
            "vds-default",
            "vmware-server-default",
            "hyperv-default",
            "virtualbox-default",
            "libvirt-bare",
            "libvirt-clean-traffic",
            "libvirt-isolated-port",
            "xen-vif-noip",
            "xen-vif-ip",
            "xenserver-unlocked",
            "xenserver-locked",
            "neutron-default",
            "neutron-portsec-off",
            "ovn-empty",
            "ovn-port-security",
            "incus-default",
            "incus-filtered",
            "linux-bridge",
            "qemu-hub",
            "uml-switch",
            "uml-hub");

    private static final Map<String, Policy> BY_NAME = byName();
    private static final BuiltIns<Policy> BUILT_IN =
            new BuiltIns<>("policy", BY_NAME, PolicyFile::read);

    private Policies() {}

    /** The built-in policies: the controls and products of the thesis first, then those of the field. */
    public static List<Policy> all() {
        return BUILT_IN.all();
    }

    /** The built-in policy of that name. */
    public static Optional<Policy> builtIn(String name) {
        return BUILT_IN.named(name);
    }

    /**
     * The built-in policy of that name, or else the one in the file at that path.
     *
     * @throws InvalidFileException if it is neither, or the file is wrong
     */
    public static Policy load(String nameOrPath) throws InvalidFileException {
        return BUILT_IN.load(nameOrPath);
    }

    /** What holds where a policy file says nothing, of a type I monitor. */
    public static Policy presets() {
        return new Policy(
                "presets",
                "What holds where a policy says nothing",
                List.of(),
                new MonitorPolicy(
                        MonitorPolicy.Type.TYPE_I,
                        /* consoleSeesNic= */ false,
                        /* consoleSeesMemory= */ false,
                        /* consoleSeesProcess= */ false),
                PolicyDefaults.NETWORK,
                PolicyDefaults.DISK,
                PolicyDefaults.MEMORY,
                PolicyDefaults.PROCESSOR,
                PolicyDefaults.DEVICES,
                PolicyDefaults.MANAGEMENT,
                List.of());
    }

    /** What a policy can be based on. */
    static Words<Policy> bases() {
        return Words.of(BY_NAME);
    }

    private static Map<String, Policy> byName() {
        Map<String, Policy> byName = new LinkedHashMap<>();
        for (String name : NAMES) {
            String file = name + ".yaml";
            InputStream in = Policies.class.getResourceAsStream(file);
            byName.put(name, BuiltIns.resource(file, in, Policies::independent));
        }
        return byName;
    }

    /** A built-in policy is based on nothing, so that each can be read by itself. */
    private static Policy independent(String name, byte[] bytes) throws InvalidFileException {
        return new PolicyReader(YamlFile.parse(name, bytes), Words.of(Map.of())).read();
    }
}
