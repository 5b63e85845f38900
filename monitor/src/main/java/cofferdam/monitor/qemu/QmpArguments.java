package cofferdam.monitor.qemu;

import java.nio.file.Path;
import java.util.Map;

/** Arguments of commands that QEMU takes while it runs (QEMU QMP Reference Manual). */
final class QmpArguments {

    private QmpArguments() {}

    /** Of {@code chardev-add}: one that connects to a socket. */
    static Map<String, ?> chardev(String name, Path socket) {
        Map<String, ?> address = Map.of("type", "unix", "data", Map.of("path", socket.toString()));
        return Map.of(
                "id",
                name,
                "backend",
                Map.of("type", "socket", "data", Map.of("addr", address, "server", false)));
    }

    /** Of {@code object-add}: one that copies all frames of a netdev to a chardev. */
    static Map<String, ?> mirror(String name, String netdev, String chardev) {
        return Map.of(
                "qom-type",
                "filter-mirror",
                "id",
                name,
                "netdev",
                netdev,
                "queue",
                "all",
                "outdev",
                chardev,
                "vnet_hdr_support",
                false);
    }

    /** Of {@code netdev_add}: one that connects to a socket. */
    static Map<String, ?> stream(String name, Path socket) {
        return Map.of(
                "type",
                "stream",
                "id",
                name,
                "server",
                false,
                "addr",
                Map.of("type", "unix", "path", socket.toString()));
    }

    /** Of {@code netdev_add}: a port of the hub 0 with another netdev behind it. */
    static Map<String, ?> hubPort(String name, String behind) {
        return Map.of("type", "hubport", "id", name, "hubid", 0, "netdev", behind);
    }
}
