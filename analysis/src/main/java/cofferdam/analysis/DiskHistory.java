package cofferdam.analysis;

import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FileOutcome;
import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.PowerState;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What happened to one machine's disk. Events are told apart by their place in the run: two may be
 * equal in all that they say.
 */
final class DiskHistory {

    private final Run run;
    private final String machine;
    private final IdentityHashMap<Event, Integer> places = new IdentityHashMap<>();

    DiskHistory(Run run, String machine) {
        this.run = run;
        this.machine = machine;
        for (Event event : run.events()) {
            places.put(event, places.size());
        }
    }

    String machine() {
        return machine;
    }

    /** The place of an event among all of the run. */
    int index(Event event) {
        Integer place = places.get(event);
        if (place == null) {
            throw new IllegalArgumentException("%s is no event of the run".formatted(event));
        }
        return place;
    }

    /** The secrets that the machine saved, in order. */
    List<Event.FileSaved> saved() {
        return of(Event.FileSaved.class).stream()
                .filter(save -> save.outcome() == FileOutcome.DONE)
                .toList();
    }

    /** The image file that the machine had when that event happened. */
    Optional<String> imageAt(int index) {
        return of(Event.DiskAttached.class).stream()
                .filter(attached -> index(attached) < index)
                .map(Event.DiskAttached::subject)
                .reduce((first, second) -> second);
    }

    /** What an observer did to the machine's image. */
    List<Event.ImageAccessed> accesses(String observer, ImageAccess kind) {
        return run.events(Event.ImageAccessed.class).stream()
                .filter(access -> access.actor().equals(observer) && access.outcome() == kind)
                .filter(access -> imageAt(index(access))
                        .filter(image -> image.equals(access.subject()))
                        .isPresent())
                .toList();
    }

    /** When image files were kept, in order. */
    List<Event.ImagesKept> moments() {
        return run.events(Event.ImagesKept.class);
    }

    /** The events of one kind whose actor the machine is. */
    <E extends Event> List<E> of(Class<E> kind) {
        return run.events(kind).stream()
                .filter(event -> event.actor().equals(machine))
                .toList();
    }

    /** What the machine's power did next after an event, but for being switched off. */
    Optional<Event.PowerChanged> nextStart(int after) {
        return of(Event.PowerChanged.class).stream()
                .filter(change -> index(change) > after && change.outcome() != PowerState.OFF)
                .findFirst();
    }

    /**
     * Fails unless the file was read back from the disk as it was saved: in between the machine was
     * off and came up again, so that nothing but its disk can have kept the file.
     *
     * @param to the file is read before this event
     */
    void requireOnDisk(Event.FileSaved saved, int to) throws MissingEvidenceException {
        int from = index(saved);
        Predicate<Event> between = event -> from < index(event) && index(event) < to;
        int off = of(Event.PowerChanged.class).stream()
                .filter(between)
                .filter(change -> change.outcome() == PowerState.OFF)
                .mapToInt(this::index)
                .findFirst()
                .orElse(to);
        Optional<Event.PowerChanged> on = nextStart(off);
        boolean readBack = on.isPresent()
                && on.get().outcome() == PowerState.STARTED
                && of(Event.FileRead.class).stream()
                        .filter(between)
                        .anyMatch(read -> index(read) > index(on.get())
                                && read.subject().equals(saved.subject())
                                && read.outcome() == FileOutcome.DONE
                                && read.sha256().equals(saved.sha256()));
        if (!readBack) {
            throw new MissingEvidenceException(
                    "%s was not read back as %s saved it after the machine was off and on again"
                            .formatted(saved.subject(), machine));
        }
    }
}
