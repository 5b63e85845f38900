package cofferdam.scenarios;

import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.YamlFile;

import java.nio.file.Path;

/**
 * Scenarios as YAML files. Everything that is wrong with a file is reported at once. The keys, and
 * what holds where one is not given:
 *
 * <pre>
 * scenario: name                                                     # required
 * summary: one line                                                  # required
 * properties:                                                        # required, at least one
 *   - {property: name, subject: [machine, machine], observer: machine}
 * links: {delay: 20us, loss: 0%, bandwidth: 10Mbit}                  # so, without limit
 * limit: 60s           # of one step, on the host's clock            # so
 * steps:                                                             # required, at least one
 *   - probe: {from: machine, to: machine, count: 1, interval: 10ms}
 *   - ping: {from: machine, to: machine, count: 1, interval: 10ms}
 *   - login: {from: machine, to: machine}
 *   - start: {attack: name, by: machine, victims: [machine, ...], settings: {...}}
 *   - stop: attack
 *   - wait: time
 *   - cable: {machine: machine, connected: true | false}
 * </pre>
 *
 * <p>An attack that is still under way after the last step is stopped then.
 */
public final class ScenarioFile {

    private ScenarioFile() {}

    /**
     * Reads the scenario in a file.
     *
     * @throws InvalidFileException with everything that is wrong
     */
    public static Scenario read(Path path, Vocabulary vocabulary) throws InvalidFileException {
        return new ScenarioReader(YamlFile.read(path), vocabulary).read();
    }

    /**
     * Reads the scenario in the bytes of a file.
     *
     * @param name what messages call the file
     * @throws InvalidFileException with everything that is wrong
     */
    public static Scenario parse(String name, byte[] bytes, Vocabulary vocabulary)
            throws InvalidFileException {
        return new ScenarioReader(YamlFile.parse(name, bytes), vocabulary).read();
    }

    /**
     * The file of a scenario, every key explicit. What {@link #read} has read is equal to what it
     * reads from this.
     */
    public static String write(Scenario scenario) {
        return ScenarioWriter.write(scenario);
    }
}
