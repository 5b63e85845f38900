package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.ContainerEncryption;
import cofferdam.monitor.disk.DiskImage;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Reference;
import cofferdam.monitor.disk.View;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An image whose tables a test writes by hand. What a compressed extent holds is every byte of the
 * file with its bits flipped.
 */
final class FakeImage implements DiskImage {

    private final ByteSource file;
    private final List<Extent> extents = new ArrayList<>();
    private final List<View> views = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();

    FakeImage(ByteSource file, String... layers) {
        this.file = file;
        for (int i = 0; i < layers.length; i++) {
            views.add(new View(layers[i], new FakeView(i)));
        }
    }

    FakeImage data(int view, long fileOffset, long guestOffset, long length) {
        return add(Extent.Kind.DATA, view, fileOffset, guestOffset, length, "");
    }

    FakeImage compressed(int view, long fileOffset, long guestOffset, long length) {
        return add(Extent.Kind.COMPRESSED, view, fileOffset, guestOffset, length, "");
    }

    FakeImage zeroFlagged(int view, long fileOffset, long guestOffset, long length) {
        return add(Extent.Kind.ZERO_FLAGGED, view, fileOffset, guestOffset, length, "");
    }

    FakeImage metadata(long fileOffset, long length) {
        extents.add(new Extent(Extent.Kind.METADATA, 0, fileOffset, length, -1, 0, 0, "a table"));
        return this;
    }

    FakeImage names(Reference reference) {
        references.add(reference);
        return this;
    }

    private FakeImage add(
            Extent.Kind kind,
            int view,
            long fileOffset,
            long guestOffset,
            long length,
            String what) {
        extents.add(new Extent(kind, 0, fileOffset, length, view, guestOffset, length, what));
        return this;
    }

    @Override
    public String format() {
        return "fake";
    }

    @Override
    public long virtualSize() {
        return views.isEmpty() ? 0 : views.getFirst().content().size();
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
        return views;
    }

    @Override
    public List<Reference> references() {
        return references;
    }

    @Override
    public List<Problem> problems() {
        return List.of();
    }

    @Override
    public List<Problem> walk(Consumer<Extent> visitor) {
        extents.forEach(visitor);
        return List.of();
    }

    @Override
    public byte[] decode(Extent extent) throws IOException {
        return flipped(file.read(extent.fileOffset(), (int) extent.fileLength()));
    }

    static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        for (int i = 0; i < flipped.length; i++) {
            flipped[i] ^= (byte) 0xff;
        }
        return flipped;
    }

    /** A view's bytes, put together from the extents. */
    private final class FakeView implements ByteSource {

        private final int index;

        FakeView(int index) {
            this.index = index;
        }

        @Override
        public long size() {
            return extents.stream()
                    .filter(extent -> extent.view() == index)
                    .mapToLong(extent -> extent.guestOffset() + extent.guestLength())
                    .max()
                    .orElse(0);
        }

        @Override
        public void read(long offset, byte[] into, int start, int count) throws IOException {
            requireInside(offset, count);
            byte[] all = new byte[(int) size()];
            for (Extent extent : extents) {
                if (extent.view() == index) {
                    byte[] bytes = switch (extent.kind()) {
                        case DATA -> file.read(extent.fileOffset(), (int) extent.fileLength());
                        case COMPRESSED -> decode(extent);
                        case ZERO_FLAGGED, METADATA -> new byte[(int) extent.guestLength()];
                    };
                    System.arraycopy(bytes, 0, all, (int) extent.guestOffset(), bytes.length);
                }
            }
            System.arraycopy(all, (int) offset, into, start, count);
        }
    }
}
