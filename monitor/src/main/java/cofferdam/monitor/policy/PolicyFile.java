package cofferdam.monitor.policy;

import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.YamlFile;

import java.nio.file.Path;

/**
 * Policies as YAML files. Everything that is wrong with a file is reported at once. The keys, and
 * what holds where one is not given:
 *
 * <pre>
 * policy: name                      # required
 * summary: one line                 # required
 * sources: [text, ...]              # none
 * based-on: built-in-policy         # gives every key that is not given here, but for the name
 * monitor:
 *   type: I | II | physical         # required
 *   console-sees: {nic, memory, process: true | false}               # true with type II
 * network:
 *   mode: switched | shared                                          # switched
 *   promiscuous: reject | own-port | accept                          # own-port
 *   mac-changes: accept | reject                                     # accept
 *   forged-transmits: accept | reject                                # accept
 *   mac-learning: learn | static | off                               # learn
 *   mac-table: {size: 1024, when-full: flood | drop | evict, ageing: 300s}
 *   unknown-unicast: flood | drop                                    # flood
 *   port-security: off | {addresses: 1}                              # off
 *   arp-inspection: off | {drop: before-learning | after-learning, validate-source: true | false}
 *   port-isolation: true | false                                     # false
 * disk: see {@link DiskPolicy}        # not with physical, as all below
 * memory: see {@link MemoryPolicy}
 * cpu: see {@link ProcessorPolicy}
 * devices: see {@link DevicesPolicy}
 * management: see {@link ManagementPolicy}
 *   rate-limit: off | 2Mbit          # bits a second, each way        # off
 * disk:
 *   rate-limit: off | 4MiB           # bytes a second of a machine    # off
 * accept: [{scenario: name | '*', property: name, reason: text,      # none
 *           until: YYYY-MM-DD}]                                      # for good
 * </pre>
 *
 * <p>{@code arp-inspection} is off; given without its own keys it drops before learning and does
 * not validate the source. Without meaning, and a problem where given: with {@code mode: shared}
 * what only a switch can do (learn, drop what it does not know, isolate ports); {@code mac-table}
 * where nothing is learned; with {@code type: physical} what needs a monitor between the machine
 * and its interface.
 */
public final class PolicyFile {

    private PolicyFile() {}

    /**
     * Reads the policy in a file.
     *
     * @throws InvalidFileException with everything that is wrong
     */
    public static Policy read(Path path) throws InvalidFileException {
        return new PolicyReader(YamlFile.read(path), Policies.bases()).read();
    }

    /**
     * Reads the policy in the bytes of a file.
     *
     * @param name what messages call the file
     * @throws InvalidFileException with everything that is wrong
     */
    public static Policy parse(String name, byte[] bytes) throws InvalidFileException {
        return new PolicyReader(YamlFile.parse(name, bytes), Policies.bases()).read();
    }

    /**
     * The file of a policy, every key that has a meaning in it explicit. What {@link #read} has
     * read is equal to what it reads from this.
     */
    public static String write(Policy policy) {
        return PolicyWriter.write(policy);
    }
}
