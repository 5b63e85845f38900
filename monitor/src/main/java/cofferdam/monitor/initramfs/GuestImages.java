package cofferdam.monitor.initramfs;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Images of guests, each made once and kept: all guests of a kernel start from the same. Safe for use
 * by several threads.
 */
public final class GuestImages {

    private final Map<Parts, byte[]> made = new HashMap<>();

    /** What an image is made of. */
    private record Parts(GuestKernel kernel, List<String> modules, Map<String, GuestFile> files) {}

    /** No images yet. */
    public GuestImages() {
        // The map begins empty.
    }

    /**
     * The image of these parts, with the BusyBox that is installed.
     *
     * @param modules names of those to load, in an order that does not matter; those that are built
     *     in are left out
     * @param files by absolute path, see {@link GuestImage#build}
     * @return a copy of its own
     * @throws UnusablePartException if a part is missing or unusable
     */
    public synchronized byte[] of(
            GuestKernel kernel, Collection<String> modules, Map<String, GuestFile> files)
            throws UnusablePartException {
        Parts parts = new Parts(kernel, List.copyOf(modules), Map.copyOf(files));
        byte[] image = made.get(parts);
        if (image == null) {
            List<KernelModule> order =
                    ModuleFolder.open(kernel.modules()).plan(parts.modules()).complete();
            image = GuestImage.build(BusyBox.installed(), order, parts.files());
            made.put(parts, image);
        }
        return image.clone();
    }
}
