package cofferdam.monitor;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.evidence.Canary;

/**
 * What an ordinary user of a running machine does with files. Every use leaves an event, whose
 * outcome is what the machine's own programs saw.
 */
public non-sealed interface GuestFiles extends Capability {

    /** Saves a text with a secret in it, and writes it through to the disk. */
    Operation save(String path, Canary canary);

    /** Reads a file from the disk. */
    Operation read(String path);

    /** Overwrites a file with zeros, as tools for safe deletion do, and deletes it. */
    Operation erase(String path);
}
