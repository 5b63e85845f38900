package cofferdam.monitor.disk.ext;

/**
 * Which inodes are the file system's own: reserved ones but for the root, quota files and the file
 * of orphans. Source: ext4 layout, <i>Special inodes</i> and <i>The Super Block</i>.
 *
 * @param superblock which says so
 */
record SystemFiles(Superblock superblock) {

    /** The inode whose map is made of blocks kept for group descriptors. */
    static final int RESIZE = 7;

    private static final int[] FIELDS = {0x240, 0x244, 0x26c, 0x280};

    boolean contains(long inode) {
        if (inode == Superblock.ROOT) {
            return false;
        }
        if (inode < superblock.firstInode() || inode == superblock.journalInode()) {
            return true;
        }
        for (int field : FIELDS) {
            if (superblock.int32(field) == inode) {
                return true;
            }
        }
        return false;
    }
}
