package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.MalformedImageException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An attribute put together from its pieces. */
sealed interface Stream {

    long type();

    String name();

    /**
     * One whose value lies in a record.
     *
     * @param record the record's number
     * @param valueAt where in the record the value begins, in bytes
     */
    record Resident(long type, String name, long record, int valueAt, Span value)
            implements Stream {}

    /**
     * One whose value lies in clusters.
     *
     * @param pieces at least one, in ascending order of their first clusters
     */
    record NonResident(long type, String name, List<Attribute.NonResident> pieces)
            implements Stream {

        private Attribute.NonResident first() {
            return pieces.getFirst();
        }

        /** Whether the piece that holds the sizes is there. */
        boolean sized() {
            return first().firstVcn() == 0;
        }

        /** In bytes; where {@link #sized} is false, beyond every run. */
        long size() {
            return sized() ? first().size() : Long.MAX_VALUE;
        }

        /** How many bytes of it were ever written. */
        long initialized() {
            return sized() ? Math.min(first().initialized(), size()) : Long.MAX_VALUE;
        }

        boolean encrypted() {
            return first().encrypted();
        }

        boolean compressed() {
            return first().compressed();
        }

        long unitClusters() {
            return first().unitClusters();
        }

        /** Its runs, as far as they are well-formed; what is wrong with the others is logged. */
        RunList runs(Volume volume, String where, ProblemLog problems) {
            RunList runs = new RunList();
            try {
                for (Attribute.NonResident piece : pieces) {
                    runs.decode(piece.pairs(), piece.firstVcn(), volume);
                }
            } catch (MalformedImageException e) {
                problems.add(where, e);
            }
            return runs;
        }
    }

    /** Two pieces of the same attribute have the same key. */
    record Key(long type, String name) {}

    /** The attributes of a file, all of whose records these are. */
    static List<Stream> of(List<MftRecord> records) {
        List<Stream> streams = new ArrayList<>();
        Map<Key, List<Attribute.NonResident>> spread = new LinkedHashMap<>();
        for (MftRecord record : records) {
            for (Attribute attribute : record.attributes()) {
                switch (attribute) {
                    case Attribute.Resident r ->
                        streams.add(new Resident(
                                r.type(), r.name(), record.number(), r.valueAt(), r.value()));
                    case Attribute.NonResident n ->
                        spread.computeIfAbsent(
                                        new Key(n.type(), n.name()), key -> new ArrayList<>())
                                .add(n);
                }
            }
        }
        spread.forEach((key, pieces) -> {
            pieces.sort(Comparator.comparingLong(Attribute.NonResident::firstVcn));
            streams.add(new NonResident(key.type(), key.name(), List.copyOf(pieces)));
        });
        return streams;
    }
}
