package cofferdam.analysis.story;

import java.util.List;

/**
 * The frames of one capture that matter: those that prove something, and a few around them.
 *
 * @param vantage whose capture it is
 * @param file the capture's name in the run's folder
 * @param lanes the stations between which they went, and the one whose capture it is
 * @param lines by frame number
 * @param proofs how many frames of this capture prove something, of which the lines may have fewer
 */
public record Sequence(
        String vantage, String file, List<String> lanes, List<Line> lines, int proofs) {

    /** Whom a frame to all stations is for. */
    public static final String EVERYONE = "everyone";

    public Sequence {
        lanes = List.copyOf(lanes);
        lines = List.copyOf(lines);
    }

    /** How many of the lines are proofs. */
    public long proofsShown() {
        return lines.stream().filter(Line::proof).count();
    }

    /**
     * A frame.
     *
     * @param number as Wireshark counts, from 1
     * @param time nanoseconds since the run's first event
     * @param from the machine whose own capture has it going out, else that of its source address
     * @param poses the machine whose source address it bears, if that is another; else empty
     * @param to the machine of its destination address, {@link #EVERYONE}, or the address
     * @param summary what it says, in a few words
     * @param proof whether the judgement points at it
     * @param comment what it proves, if the judgement tells; else empty
     * @param seenBy every vantage whose capture has it
     */
    public record Line(
            int number,
            long time,
            String from,
            String poses,
            String to,
            String summary,
            boolean proof,
            String comment,
            List<String> seenBy) {
        public Line {
            seenBy = List.copyOf(seenBy);
        }
    }
}
