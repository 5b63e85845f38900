/**
 * BitLocker, the full volume encryption of Windows: recognised, and told what protects the key and
 * what of the volume stays plain. Volumes are not unlocked.
 */
@NullMarked
package cofferdam.monitor.disk.bitlocker;

import org.jspecify.annotations.NullMarked;
