package cofferdam.monitor.initramfs;

import java.nio.file.Path;
import java.util.List;

/**
 * A module of a Linux kernel.
 *
 * @param name as the kernel has it, with {@code _} and not {@code -}
 * @param file where it is, compressed or not
 * @param needs the names of the modules that must be loaded before it, in the kernel's spelling
 */
public record KernelModule(String name, Path file, List<String> needs) {

    public KernelModule {
        needs = List.copyOf(needs);
    }

    /**
     * Its bytes as {@code insmod} takes them.
     *
     * @throws UnusablePartException if it cannot be read, or is compressed in a way that is not read
     *     here
     */
    public byte[] content() throws UnusablePartException {
        return ModuleFile.read(file);
    }
}
