package cofferdam.scenarios.verify;

import cofferdam.analysis.Analysis;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.RunFiles;
import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.monitor.pcapng.PcapngComments;
import cofferdam.monitor.pcapng.PcapngException;
import cofferdam.monitor.policy.Policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files that follow from a run's evidence, made once more: packet comments on the frames that
 * prove violations, and the plots of memory.
 */
final class RemadeFiles {

    private static final String CAPTURE_SUFFIX = ".pcapng";
    private static final List<String> PLOTS = List.of("memory.csv", "memory.svg");

    private final RunFiles files;
    private final SortedMap<String, String> differences = new TreeMap<>();

    private RemadeFiles(RunFiles files) {
        this.files = files;
    }

    /**
     * What differs, by the file's name in the run's folder.
     *
     * @param names the names of the run's files
     */
    static SortedMap<String, String> differences(
            RunFiles files, List<String> names, Policy policy, List<Judgement> judgements) {
        RemadeFiles remade = new RemadeFiles(files);
        remade.captures(
                names.stream().filter(name -> name.endsWith(CAPTURE_SUFFIX)).toList(), judgements);
        remade.plots(policy);
        return remade.differences;
    }

    private void captures(List<String> names, List<Judgement> judgements) {
        SortedMap<String, byte[]> bare = new TreeMap<>();
        for (String name : names) {
            try {
                read(name).ifPresent(bytes -> bare.put(name, bytes));
                bare.replace(name, PcapngComments.remove(bare.getOrDefault(name, new byte[0])));
            } catch (PcapngException e) {
                bare.remove(name);
                differences.put(name, "it is no capture: " + e.getMessage());
            }
        }
        SortedMap<String, byte[]> wanted = new TreeMap<>(bare);
        try {
            wanted.putAll(Analysis.annotate(RunFiles.of(bare), judgements));
        } catch (IllegalArgumentException e) {
            differences.put("verdicts.json", "packet comments cannot be made: " + e.getMessage());
            return;
        }
        wanted.forEach(this::compareComments);
    }

    private void compareComments(String name, byte[] wanted) {
        byte[] found = read(name).orElse(new byte[0]);
        if (Arrays.equals(found, wanted)) {
            return;
        }
        differences.put(name, commentsOf(found, wanted));
    }

    private static String commentsOf(byte[] found, byte[] wanted) {
        try {
            SortedMap<Integer, String> has = PcapngComments.read(found);
            SortedMap<Integer, String> should = PcapngComments.read(wanted);
            SortedSet<Integer> frames = new TreeSet<>(has.keySet());
            frames.addAll(should.keySet());
            List<Integer> wrong = new ArrayList<>();
            for (int frame : frames) {
                if (!Objects.equals(has.get(frame), should.get(frame))) {
                    wrong.add(frame);
                }
            }
            return wrong.isEmpty()
                    ? "it is not in the form in which it is written"
                    : "the comment of frame %d is not what the evidence gives"
                            .formatted(wrong.getFirst());
        } catch (PcapngException e) {
            return "it is no capture: " + e.getMessage();
        }
    }

    private void plots(Policy policy) {
        Map<String, byte[]> wanted = Analysis.plots(files, policy);
        for (String name : PLOTS) {
            boolean same = Arrays.equals(read(name).orElse(null), wanted.get(name));
            if (!same) {
                differences.put(name, "it is not what the evidence gives");
            }
        }
    }

    /** What cannot be read is a problem of its own, which the manifest or the judge names. */
    private Optional<byte[]> read(String name) {
        try {
            return files.read(name);
        } catch (EvidenceException unreadable) {
            return Optional.empty();
        }
    }
}
