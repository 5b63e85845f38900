package cofferdam.monitor.linux;

import cofferdam.monitor.ImageStore;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.Sha256;
import cofferdam.monitor.image.FileOnDisk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/**
 * The image files as whoever holds the host's operating system has them. That a guest is on keeps
 * nobody from them: the locks that hypervisors take on image files bind only who asks for them.
 */
record HostImages(String actor, ImageFolder folder, Collection<GuestBay> bays, StorageLog log)
        implements ImageStore {

    @Override
    public List<String> names() {
        return folder.names();
    }

    @Override
    public String imageOf(String machine) throws IOException {
        return bays.stream()
                .filter(bay -> bay.machine().equals(machine) && bay.hasDisk())
                .map(GuestBay::image)
                .findFirst()
                .orElseThrow(
                        () -> new FileNotFoundException("%s has no image file".formatted(machine)));
    }

    @Override
    public byte[] read(String name) throws IOException {
        byte[] content = folder.content(name);
        record(name, ImageAccess.READ, content, "");
        return content;
    }

    @Override
    public void replace(String name, byte[] content, String what) throws IOException {
        requireRoom(content);
        try (FileOnDisk file = folder.open(name)) {
            file.resize(content.length);
            file.write(0, content);
        }
        record(name, ImageAccess.CHANGED, content, what);
    }

    @Override
    public void copy(String name, String copy) throws IOException {
        byte[] content = folder.content(name);
        try (FileOnDisk file = folder.create(copy)) {
            file.write(0, content);
        }
        record(name, ImageAccess.COPIED, content, "copied to " + copy);
    }

    private static void requireRoom(byte[] content) throws IOException {
        if (content.length > ImageFolder.MAXIMUM_FILE) {
            throw new IOException("%d bytes are more than an image file can have, %d"
                    .formatted(content.length, ImageFolder.MAXIMUM_FILE));
        }
    }

    private void record(String name, ImageAccess access, byte[] content, String what) {
        String sha256 = Sha256.of(content);
        log.record(time -> new Event.ImageAccessed(time, actor, name, access, sha256, what));
    }
}
