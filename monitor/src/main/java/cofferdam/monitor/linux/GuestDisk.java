package cofferdam.monitor.linux;

import cofferdam.monitor.policy.DiskPolicy;

import java.nio.file.Path;

/**
 * A guest's disk.
 *
 * @param image the image file
 * @param policy its format and what else the policy says of it
 * @param passphrase of an encrypted image, else empty
 */
public record GuestDisk(Path image, DiskPolicy policy, String passphrase) {}
