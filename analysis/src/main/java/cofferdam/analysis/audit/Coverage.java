package cofferdam.analysis.audit;

import cofferdam.monitor.disk.PlainRange;

import java.util.ArrayList;
import java.util.List;

/** Says whether an image is enciphered, and what of it is plain all the same. */
final class Coverage {

    private Coverage() {}

    /**
     * The encryption of an image.
     *
     * @param metadata bytes of the container's own structures
     */
    static Encryption of(Layer layer, Volumes.Layout layout, long metadata) {
        List<Encryption.PlainRange> plain = new ArrayList<>();
        if (metadata > 0) {
            plain.add(new Encryption.PlainRange("container headers and tables", metadata));
        }
        return switch (layer.image().encryption()) {
            case QCOW2_AES -> new Encryption("qcow2-aes", layer.unlocked(), plain);
            case QCOW2_LUKS -> new Encryption("qcow2-luks", layer.unlocked(), plain);
            case NONE -> ofVolumes(layer, layout, plain);
        };
    }

    private static Encryption ofVolumes(
            Layer layer, Volumes.Layout layout, List<Encryption.PlainRange> plain) {
        List<Volumes.Volume> enciphered =
                layout.volumes().stream().filter(Volumes.Volume::isEnciphered).toList();
        if (enciphered.isEmpty()) {
            return Encryption.ABSENT;
        }
        long left = layer.image().virtualSize();
        long table = 0;
        for (Volumes.Range structure : layout.structures()) {
            table += structure.length();
        }
        add(plain, "partition table", table);
        left -= table;
        for (Volumes.Volume volume : layout.volumes()) {
            left -= volume.range().length();
            if (!volume.isEnciphered()) {
                String type = volume.type().isEmpty() ? "unknown content" : volume.type();
                add(
                        plain,
                        "%s (%s)".formatted(nameOf(volume), type),
                        volume.range().length());
            } else {
                for (PlainRange range : volume.cover().plain()) {
                    add(plain, "%s of %s".formatted(range.name(), nameOf(volume)), range.length());
                }
            }
        }
        add(plain, "space outside partitions", left);
        boolean isUnlocked = enciphered.stream().allMatch(volume -> volume.content() != null);
        return new Encryption(enciphered.getFirst().cover().kind(), isUnlocked, plain);
    }

    private static void add(List<Encryption.PlainRange> plain, String what, long bytes) {
        if (bytes > 0) {
            plain.add(new Encryption.PlainRange(what, bytes));
        }
    }

    private static String nameOf(Volumes.Volume volume) {
        return volume.partition() == 0 ? "the disk" : "partition " + volume.partition();
    }
}
