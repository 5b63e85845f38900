package cofferdam.monitor.qemu;

import cofferdam.monitor.process.WorkFolder;

import java.nio.file.Path;

/**
 * Where the sockets and files of one guest are in the work folder.
 *
 * @param network the socket of its interface under test
 * @param relay the socket of the interface by which its kernel relays frames
 * @param kernel the socket of what its kernel says
 * @param console the socket of the testbed's line to it
 * @param control the socket of QEMU's own protocol
 * @param copies the socket of copied frames
 * @param secret the file with the passphrase of its disk
 * @param memory the file that its memory is written to
 */
record GuestFiles(
        Path network,
        Path relay,
        Path kernel,
        Path console,
        Path control,
        Path copies,
        Path secret,
        Path memory) {

    /** Those of the guest of that name. */
    static GuestFiles of(WorkFolder folder, String guest) {
        return new GuestFiles(
                folder.file(guest + ".network"),
                folder.file(guest + ".relay"),
                folder.file(guest + ".kernel"),
                folder.file(guest + ".console"),
                folder.file(guest + ".control"),
                folder.file(guest + ".copies"),
                folder.file(guest + ".key"),
                folder.file(guest + ".memory"));
    }
}
