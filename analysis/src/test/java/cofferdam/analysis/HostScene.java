package cofferdam.analysis;

import cofferdam.monitor.evidence.Access;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ImageAccess;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.Sha256;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a host's operating system does with its processes and its console, made line by line. */
final class HostScene {

    /** The host's own secret. */
    static final Canary OWN = Canary.of(0x1111_2222_3333_4444L, 0x5555_6666_7777_8888L);

    final MemoryScene scene = MemoryScene.started();

    private int reads;

    HostScene record(Event event) {
        scene.record(event);
        return this;
    }

    HostScene attached(String machine) {
        return record(
                new Event.DiskAttached(scene.tick(), machine, machine + ".img", "raw", 1 << 20));
    }

    HostScene placed() {
        return record(new Event.HostSecretPlaced(scene.tick(), "host", "shell", OWN));
    }

    HostScene listed(int number, String process, String machine, String... resources) {
        return record(new Event.HostProcessListed(
                scene.tick(), "host", process, number, machine, List.of(resources)));
    }

    HostScene removed(String process, Access outcome) {
        return record(new Event.HostResourceRemoved(
                scene.tick(), "host", process, "handle vm1.img", outcome, ""));
    }

    /** The host reads memory that has this text at this place. */
    HostScene read(String of, int at, String text) {
        return readBy("host", of, "", at, text);
    }

    HostScene readBy(String reader, String of, String outcome, int at, String text) {
        byte[] bytes = new byte[8192];
        byte[] written = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(written, 0, bytes, at, written.length);
        reads++;
        String file = "memory-reads/%d-%s.raw".formatted(reads, reader);
        scene.files.put(file, bytes);
        return record(new Event.MemoryRead(
                scene.tick(), reader, file, of, outcome, bytes.length, Sha256.of(bytes), ""));
    }

    HostScene notRead(String of) {
        return record(new Event.MemoryRead(
                scene.tick(), "host", "", of, "it is not readable", 0, "", ""));
    }

    HostScene used(String machine, String action, Access outcome) {
        return record(new Event.ConsoleUsed(
                scene.tick(), "host", machine, action, "auditor", outcome, "the reason"));
    }

    HostScene image(String image, ImageAccess access) {
        return record(
                new Event.ImageAccessed(scene.tick(), "host", image, access, "", "the reason"));
    }

    HostScene power(String machine, PowerState state) {
        return record(
                new Event.PowerChanged(scene.tick(), machine, machine + ".img", state, "told"));
    }
}
