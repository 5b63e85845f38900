package cofferdam.analysis;

import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.monitor.pcapng.PcapngComments;
import cofferdam.monitor.pcapng.PcapngException;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The packet comments that violations give: by file, then by frame number. */
record Annotations(SortedMap<String, SortedMap<Integer, String>> commentsByFile) {

    static Annotations of(List<Judgement> judgements) {
        SortedMap<String, SortedMap<Integer, String>> byFile = new TreeMap<>();
        for (Judgement judgement : judgements) {
            if (judgement.verdict() != Verdict.VIOLATED) {
                continue;
            }
            judgement.frames().forEach(frames -> add(byFile, frames));
        }
        return new Annotations(byFile);
    }

    private static void add(
            SortedMap<String, SortedMap<Integer, String>> byFile, FrameReference frames) {
        SortedMap<Integer, String> comments =
                byFile.computeIfAbsent(frames.file(), file -> new TreeMap<>());
        frames.comments()
                .forEach((frame, comment) -> comments.merge(frame, comment, Annotations::joined));
    }

    /** Both comments, or the first alone where both would be too long for one. */
    static String joined(String first, String next) {
        String both = first + "; " + next;
        return first.contains(next) || both.length() > PcapngComments.MAXIMUM_BYTES ? first : both;
    }

    SortedMap<String, byte[]> onto(RunFiles files) {
        SortedMap<String, byte[]> annotated = new TreeMap<>();
        for (Map.Entry<String, SortedMap<Integer, String>> entry : commentsByFile.entrySet()) {
            annotated.put(entry.getKey(), annotated(files, entry.getKey(), entry.getValue()));
        }
        return annotated;
    }

    private static byte[] annotated(
            RunFiles files, String file, SortedMap<Integer, String> comments) {
        try {
            byte[] capture = files.read(file)
                    .orElseThrow(() -> new EvidenceException("there is no such file"));
            return PcapngComments.annotate(capture, comments);
        } catch (EvidenceException | PcapngException e) {
            throw new IllegalArgumentException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
