package cofferdam.monitor.initramfs;

import java.nio.file.Path;

/**
 * A Linux kernel that a guest can be started with.
 *
 * @param image what a monitor loads: a compressed kernel (bzImage), or the program of User-mode Linux
 * @param modules its folder of modules, see {@link ModuleFolder}
 * @param version as {@code uname -r} says it, such as {@code 6.1.0-56-cloud-amd64}
 */
public record GuestKernel(Path image, Path modules, String version) {}
