package cofferdam.monitor.image;

import cofferdam.monitor.disk.BlockDevice;

import java.util.Optional;

/**
 * An opened image file.
 *
 * @param disk the disk inside
 * @param states the kept states of the disk, if the format has them
 */
record Container(BlockDevice disk, Optional<KeptStates> states) {

    static Container of(BlockDevice disk) {
        return new Container(disk, Optional.empty());
    }
}
