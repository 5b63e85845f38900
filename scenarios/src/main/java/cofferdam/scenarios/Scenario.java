package cofferdam.scenarios;

import cofferdam.analysis.Question;
import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.Wiring;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who does what, in which order, and what is to be judged afterwards.
 *
 * @param name lower-case letters, digits, dots and hyphens
 * @param summary one line for people
 * @param standards the ids of what it tests in the field's standards and catalogues, such as {@code
 *     FDP_VNC_EXT.1} or {@code CWE-319}
 * @param properties what is judged, at least one
 * @param disks the machines that have a disk with a system on it, and its size in bytes
 * @param memory the machines that have memory with a system running in it, and the host's
 * @param network what the machines speak, and which virtual LANs they are in
 * @param links what the cables do to frames
 * @param limit how long one step may take on the host's clock
 * @param steps what happens, at least one, one after the other
 */
public record Scenario(
        String name,
        String summary,
        List<String> standards,
        List<PropertyCheck> properties,
        SortedMap<String, Long> disks,
        MemorySetup memory,
        NetworkSetup network,
        Wiring links,
        Duration limit,
        List<Step> steps) {

    public Scenario {
        standards = List.copyOf(standards);
        properties = List.copyOf(properties);
        disks = Collections.unmodifiableSortedMap(new TreeMap<>(disks));
        steps = List.copyOf(steps);
    }

    /** What it asks about what a run left behind, in the order of its properties. */
    public List<Question> questions() {
        return properties.stream()
                .map(check -> new Question(check.property(), check.subject(), check.observer()))
                .toList();
    }
}
