package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitor;
import cofferdam.monitor.initramfs.BusyBox;
import cofferdam.monitor.initramfs.GuestKernel;
import cofferdam.monitor.initramfs.UnusablePartException;
import cofferdam.monitor.qemu.Accelerator;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What there is on a computer, as far as Cofferdam can make use of it. */
interface Installation {

    /** The monitors there are, whether they work or not. */
    List<Monitor> monitors();

    /** Where a program is, as the shell would find it; empty if it is not installed. */
    Optional<Path> program(String name);

    /** By what that QEMU runs guests. */
    Accelerator accelerator(Path qemu);

    /**
     * The kernel for guests of QEMU.
     *
     * @throws UnusablePartException if there is none
     */
    GuestKernel kernel() throws UnusablePartException;

    /**
     * The kernel of User-mode Linux.
     *
     * @throws UnusablePartException if there is none
     */
    GuestKernel userModeKernel() throws UnusablePartException;

    /**
     * What guests have for tools.
     *
     * @throws UnusablePartException if there is none
     */
    BusyBox busyBox() throws UnusablePartException;

    /** Why this user may not have a network of its own in a user namespace; empty if it may. */
    Optional<String> namespacesRefused();
}
