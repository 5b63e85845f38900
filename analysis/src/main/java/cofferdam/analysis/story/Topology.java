package cofferdam.analysis.story;

import java.util.List;
import java.util.Optional;

/**
 * The machines of a run and what lies between them.
 *
 * @param separate whether they are separate machines on one physical switch
 * @param fabric what joins the guests, in a few words
 * @param sharedNic whether the host's own system sees the interface that the guests share
 * @param machines by name, sorted; at most {@link #MAXIMUM_MACHINES}
 * @param leak the way that the breach took; empty where no place of the evidence shows one
 */
public record Topology(
        boolean separate,
        String fabric,
        boolean sharedNic,
        List<Station> machines,
        Optional<Leak> leak) {

    /** More machines than this are not drawn. */
    public static final int MAXIMUM_MACHINES = 10;

    public Topology {
        machines = List.copyOf(machines);
    }

    /**
     * A machine and its part in the story.
     *
     * @param attacks whether it ran the attack
     * @param subject whether the question is about it
     * @param observes whether the question is asked from its vantage
     */
    public record Station(
            String name, String address, boolean attacks, boolean subject, boolean observes) {}
}
