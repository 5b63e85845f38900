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

    /**
     * How long an image file was one and the same disk: after one event and not after another, by
     * their places.
     */
    record Tenure(String image, long bytes, int after, int until) {
        boolean covers(int index) {
            return after < index && index <= until;
        }
    }

    /** The disk that the machine had when that event happened, its release included. */
    Optional<Tenure> tenureAt(int index) {
        return tenure(index, attached -> attached.actor().equals(machine));
    }

    /** The disk in an image file, of whatever machine, when that event happened. */
    Optional<Tenure> tenureOf(String image, int index) {
        return tenure(index, attached -> attached.subject().equals(image));
    }

    private Optional<Tenure> tenure(int index, Predicate<Event.DiskAttached> wanted) {
        return run.events(Event.DiskAttached.class).stream()
                .filter(attached -> wanted.test(attached) && index(attached) < index)
                .reduce((first, second) -> second)
                .map(attached -> new Tenure(
                        attached.subject(), attached.bytes(), index(attached), end(attached)))
                .filter(tenure -> tenure.covers(index));
    }

    /** Where a disk ends: it is deleted, or its machine is given another. */
    private int end(Event.DiskAttached attached) {
        return run.events().stream()
                .filter(event -> event.actor().equals(attached.actor())
                        && (event instanceof Event.DiskReleased
                                || event instanceof Event.DiskAttached))
                .mapToInt(this::index)
                .filter(index -> index > index(attached))
                .findFirst()
                .orElse(run.events().size());
    }

    /** What an observer did to the machine's image. */
    List<Event.ImageAccessed> accesses(String observer, ImageAccess kind) {
        return run.events(Event.ImageAccessed.class).stream()
                .filter(access -> access.actor().equals(observer) && access.outcome() == kind)
                .filter(access -> tenureAt(index(access))
                        .filter(tenure -> tenure.image().equals(access.subject()))
                        .isPresent())
                .toList();
    }

    /** The last moment before an event at which the image of this disk was kept. */
    Optional<Event.ImagesKept> momentBefore(int index, Tenure tenure) {
        return moments().stream()
                .filter(kept -> tenure.covers(index(kept)) && index(kept) < index)
                .reduce((first, second) -> second);
    }

    /** The first moment after an event at which the image of this disk was kept. */
    Optional<Event.ImagesKept> momentAfter(int index, Tenure tenure) {
        return moments().stream()
                .filter(kept -> tenure.covers(index(kept)) && index(kept) > index)
                .findFirst();
    }

    /** Whether those bytes are all of the disk that the machine had when it read them. */
    boolean isWhole(Event.DeviceRead read, byte[] bytes) {
        return read.outcome().isEmpty()
                && read.bytes() == bytes.length
                && tenureAt(index(read))
                        .filter(tenure -> tenure.bytes() == bytes.length)
                        .isPresent();
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

    /**
     * The last time before a read that its file was saved; empty if it was erased since, or was never
     * saved.
     */
    Optional<Event.FileSaved> latestSave(Event.FileRead read) {
        boolean erased = false;
        Event.FileSaved latest = null;
        for (Event event : run.events().subList(0, index(read))) {
            if (event instanceof Event.FileSaved save
                    && save.actor().equals(machine)
                    && save.subject().equals(read.subject())
                    && save.outcome() == FileOutcome.DONE) {
                latest = save;
                erased = false;
            }
            erased |= event instanceof Event.FileErased erase
                    && erase.actor().equals(machine)
                    && erase.subject().equals(read.subject());
        }
        return erased ? Optional.empty() : Optional.ofNullable(latest);
    }

    /** Whether it is something that the machine or its administrator does, and that can change the image. */
    boolean isWork(Event event) {
        return event.actor().equals(machine)
                && (event instanceof Event.PowerChanged
                        || event instanceof Event.FileSaved
                        || event instanceof Event.FileErased
                        || event instanceof Event.DeviceWritten
                        || event instanceof Event.SnapshotTaken
                        || event instanceof Event.SnapshotDeleted);
    }

    /** What the machine's power did next after an event, but for being switched off. */
    Optional<Event.PowerChanged> nextStart(int after) {
        return of(Event.PowerChanged.class).stream()
                .filter(change -> index(change) > after && change.outcome() != PowerState.OFF)
                .findFirst();
    }

    /**
     * Fails unless the file was read back from the same disk as it was saved: since then the machine
     * was off and came up again, so that nothing but its disk can have kept the file.
     *
     * @param after the file is read after this event
     * @param until and not after this one
     */
    void requireOnDisk(Event.FileSaved saved, int after, int until)
            throws MissingEvidenceException {
        int end = Math.min(until, tenureAt(index(saved)).map(Tenure::until).orElse(0));
        Optional<Event.PowerChanged> on = of(Event.PowerChanged.class).stream()
                .filter(change -> index(change) > index(saved))
                .filter(change -> change.outcome() == PowerState.OFF)
                .findFirst()
                .flatMap(off -> nextStart(index(off)))
                .filter(start -> start.outcome() == PowerState.STARTED);
        boolean readBack = on.isPresent()
                && of(Event.FileRead.class).stream()
                        .filter(read -> index(read) > Math.max(after, index(on.get())))
                        .anyMatch(read -> index(read) < end
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
