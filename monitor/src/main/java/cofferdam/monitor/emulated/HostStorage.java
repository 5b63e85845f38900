package cofferdam.monitor.emulated;

import cofferdam.monitor.ImageStore;
import cofferdam.monitor.datastore.Datastore;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.Sha256;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The host's files as its operating system has them. */
final class HostStorage implements ImageStore {

    private final String actor;
    private final Datastore store;
    private final Collection<DiskBay> bays;
    private final boolean locks;
    private final StorageLog log;

    /** @param locks whether the image of a machine that is on is closed to everybody else */
    HostStorage(
            String actor,
            Datastore store,
            Collection<DiskBay> bays,
            boolean locks,
            StorageLog log) {
        this.actor = actor;
        this.store = store;
        this.bays = bays;
        this.locks = locks;
        this.log = log;
    }

    @Override
    public List<String> names() {
        return store.names();
    }

    @Override
    public String imageOf(String machine) throws IOException {
        return bays.stream()
                .filter(bay -> bay.machine().equals(machine) && bay.hasDisk())
                .map(DiskBay::image)
                .findFirst()
                .orElseThrow(
                        () -> new FileNotFoundException("%s has no image file".formatted(machine)));
    }

    @Override
    public byte[] read(String name) throws IOException {
        byte[] content = content(open(name));
        record(name, ImageAccess.READ, content, "");
        return content;
    }

    @Override
    public void replace(String name, byte[] content, String what) throws IOException {
        ImageFile file = open(name);
        file.resize(content.length);
        file.write(0, content);
        record(name, ImageAccess.CHANGED, content, what);
    }

    @Override
    public void copy(String name, String copy) throws IOException {
        byte[] content = content(open(name));
        store.create(copy).write(0, content);
        record(name, ImageAccess.COPIED, content, "copied to " + copy);
    }

    private ImageFile open(String name) throws IOException {
        ImageFile file = store.open(name);
        Optional<DiskBay> user = bays.stream()
                .filter(bay -> locks && bay.image().equals(name) && bay.isLocked())
                .findFirst();
        if (user.isPresent()) {
            String reason =
                    "%s is locked while %s is on".formatted(name, user.get().machine());
            log.record(time ->
                    new Event.ImageAccessed(time, actor, name, ImageAccess.REFUSED, "", reason));
            throw new IOException(reason);
        }
        return file;
    }

    private void record(String name, ImageAccess access, byte[] content, String what) {
        String sha256 = Sha256.of(content);
        log.record(time -> new Event.ImageAccessed(time, actor, name, access, sha256, what));
    }

    static byte[] content(ImageFile file) throws IOException {
        return file.read(0, Math.toIntExact(file.size()));
    }
}
