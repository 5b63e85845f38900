package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.ContainerEncryption;
import cofferdam.monitor.disk.DiskImage;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Reference;
import cofferdam.monitor.disk.View;

import java.util.List;
import java.util.function.Consumer;

/** An image whose format is known and whose inside is not: all of it is the container's own. */
record OpaqueImage(String format, ByteSource file) implements DiskImage {

    @Override
    public long virtualSize() {
        return 0;
    }

    @Override
    public ContainerEncryption encryption() {
        return ContainerEncryption.NONE;
    }

    @Override
    public List<ByteSource> files() {
        return List.of(file);
    }

    @Override
    public List<View> views() {
        return List.of();
    }

    @Override
    public List<Reference> references() {
        return List.of();
    }

    @Override
    public List<Problem> problems() {
        return List.of();
    }

    @Override
    public List<Problem> walk(Consumer<Extent> visitor) {
        visitor.accept(new Extent(
                Extent.Kind.METADATA, 0, 0, file.size(), -1, 0, 0, "container that is not read"));
        return List.of();
    }

    @Override
    public byte[] decode(Extent extent) {
        throw new IllegalArgumentException("nothing in it is known to be compressed");
    }
}
