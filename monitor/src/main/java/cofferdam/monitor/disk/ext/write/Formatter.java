package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ext.Feature;
import cofferdam.monitor.disk.ext.FileKind;
import cofferdam.monitor.disk.ext.GroupDescriptor;
import cofferdam.monitor.disk.ext.Superblock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Makes one file system. */
final class Formatter {

    private static final int CLEAN = 1;
    private static final int SIGNED_HASH = 1;
    private static final int HALF_MD4 = 1;
    private static final int EXTRA_SIZE = 32;
    private static final int JOURNAL_INODE = 8;
    private static final int JOURNAL_BLOCKS = 1024;
    private static final int JOURNAL_MAGIC = 0xc03b3998;
    private static final int CHUNK = 1 << 16;
    private static final Attributes LOST_AND_FOUND = new Attributes(0700, 0, 0);

    private final BlockDevice device;
    private final FormatOptions options;
    private final Layout layout;

    Formatter(BlockDevice device, FormatOptions options) {
        this.device = device;
        this.options = options;
        layout = Layout.of(device.size(), options);
    }

    void format() throws IOException {
        device.write(0, new byte[(int) Superblock.OFFSET]);
        device.write(Superblock.OFFSET, superblock());
        Superblock superblock = Superblock.read(device);
        Volume volume = new Volume(device, superblock, options::seconds);
        Groups groups = new Groups(volume);
        zero(descriptorsAt(0), layout.descriptorBlocks());
        for (long group = 0; group < layout.groups(); group++) {
            group(volume, groups, group);
        }
        Contents contents = new Contents(volume, groups);
        root(volume, contents);
        if (options.journal()) {
            journal(contents);
        }
        new ExtVolume(volume).createDirectory("/lost+found", LOST_AND_FOUND);
        copies();
    }

    private void zero(long block, long count) throws IOException {
        long at = block * options.blockSize();
        long left = count * options.blockSize();
        byte[] zeros = new byte[(int) Math.min(CHUNK, left)];
        while (left > 0) {
            int now = (int) Math.min(zeros.length, left);
            device.write(at, zeros, 0, now);
            at += now;
            left -= now;
        }
    }

    private long descriptorsAt(long group) {
        return layout.firstBlock(group) + 1;
    }

    private byte[] superblock() {
        ByteBuffer raw = ByteBuffer.allocate(Superblock.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        int log = Integer.numberOfTrailingZeros(options.blockSize() / 1024);
        long inodes = layout.groups() * layout.inodesPerGroup();
        raw.putInt(0, (int) inodes);
        raw.putInt(4, (int) layout.blocks());
        raw.putInt(12, (int) layout.freeBlocks());
        raw.putInt(16, (int) inodes - Layout.RESERVED);
        raw.putInt(20, (int) Layout.firstDataBlock(options));
        raw.putInt(24, log);
        raw.putInt(28, log);
        raw.putInt(32, options.blocksPerGroup());
        raw.putInt(36, options.blocksPerGroup());
        raw.putInt(40, (int) layout.inodesPerGroup());
        raw.putInt(48, (int) options.seconds());
        raw.putShort(54, (short) -1);
        raw.putShort(56, (short) Superblock.MAGIC);
        raw.putShort(58, (short) CLEAN);
        raw.putShort(60, (short) 1);
        raw.putInt(64, (int) options.seconds());
        raw.putInt(76, 1);
        raw.putInt(84, Layout.RESERVED + 1);
        raw.putShort(88, (short) options.type().inodeSize());
        Set<Feature> features = new HashSet<>(options.type().features());
        if (options.journal()) {
            features.add(Feature.HAS_JOURNAL);
            raw.putInt(224, JOURNAL_INODE);
        }
        for (Feature.Word word : Feature.Word.values()) {
            raw.putInt(word.offset(), Feature.bits(word, features));
        }
        raw.put(104, bytes(options.uuid()));
        raw.put(120, options.label().getBytes(StandardCharsets.UTF_8));
        raw.put(236, bytes(options.hashSeed()));
        raw.put(252, (byte) HALF_MD4);
        raw.putInt(264, (int) options.seconds());
        if (options.type() == FormatOptions.Type.EXT4) {
            raw.putShort(348, (short) EXTRA_SIZE);
            raw.putShort(350, (short) EXTRA_SIZE);
            raw.put(0x175, (byte) 1);
        }
        raw.putInt(352, SIGNED_HASH);
        sealSuperblock(raw.array());
        return raw.array();
    }

    private void sealSuperblock(byte[] bytes) {
        if (options.type() == FormatOptions.Type.EXT4) {
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(1020, Superblock.checksum(bytes));
        }
    }

    private static byte[] bytes(UUID uuid) {
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    private void group(Volume volume, Groups groups, long group) throws IOException {
        ByteBuffer raw = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        raw.putInt(0, (int) layout.blockBitmap(group));
        raw.putInt(4, (int) layout.inodeBitmap(group));
        raw.putInt(8, (int) layout.inodeTable(group));
        if (volume.hasChecksums()) {
            raw.putShort(18, (short) GroupDescriptor.INODES_ZEROED);
        }
        device.write(GroupDescriptor.position(volume.superblock(), group), raw.array());

        int usedBlocks = (int) layout.overhead(group);
        int blocks = (int) layout.blocksIn(group);
        byte[] blockBitmap = bitmap(usedBlocks, blocks);
        volume.writeBlock(layout.blockBitmap(group), blockBitmap);
        groups.changeBlocks(group, blocks - usedBlocks, blockBitmap);

        int usedInodes = group == 0 ? Layout.RESERVED : 0;
        int inodes = (int) layout.inodesPerGroup();
        byte[] inodeBitmap = bitmap(usedInodes, inodes);
        volume.writeBlock(layout.inodeBitmap(group), inodeBitmap);
        groups.changeInodes(group, inodes - usedInodes, 0, inodeBitmap);
        zero(layout.inodeTable(group), layout.inodeTableBlocks());
    }

    /** A bitmap whose first bits are used; what stands for nothing is used as well. */
    private byte[] bitmap(int used, int count) {
        byte[] bitmap = new byte[options.blockSize()];
        for (int bit = 0; bit < 8 * bitmap.length; bit++) {
            if (bit < used || bit >= count) {
                bitmap[bit >> 3] |= (byte) (1 << (bit & 7));
            }
        }
        return bitmap;
    }

    private void root(Volume volume, Contents contents) throws IOException {
        InodeImage root =
                fresh(contents, Superblock.ROOT, FileKind.DIRECTORY, Attributes.ROOT_DIRECTORY);
        root.setLinks(2);
        new Directories(volume, contents).create(root, Superblock.ROOT);
        new Groups(volume).changeInodes(0, 0, 1, volume.readBlock(layout.inodeBitmap(0)));
    }

    private InodeImage fresh(Contents contents, long number, FileKind kind, Attributes attributes) {
        InodeImage inode = InodeImage.fresh(number, options.type().inodeSize(), kind, attributes);
        inode.setCreated(options.seconds());
        contents.initialise(inode);
        return inode;
    }

    /**
     * An empty journal. Source: ext4 layout, <i>Journal (jbd2)</i>, <i>Super Block</i>; its numbers
     * are big-endian.
     */
    private void journal(Contents contents) throws IOException {
        ByteBuffer raw = ByteBuffer.allocate(JOURNAL_BLOCKS * options.blockSize());
        raw.putInt(JOURNAL_MAGIC).putInt(4).putInt(0);
        raw.putInt(options.blockSize()).putInt(JOURNAL_BLOCKS).putInt(1);
        raw.putInt(1).putInt(0);
        raw.put(48, bytes(options.uuid()));
        raw.putInt(64, 1);
        InodeImage inode =
                fresh(contents, JOURNAL_INODE, FileKind.REGULAR, new Attributes(0600, 0, 0));
        inode.setLinks(1);
        contents.write(inode, raw.array());
        // The superblock keeps a copy of the journal's map.
        byte[] bytes = device.read(Superblock.OFFSET, Superblock.SIZE);
        ByteBuffer superblock = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        superblock.put(253, (byte) 1);
        superblock.put(268, inode.view().map());
        superblock.putInt(268 + 64, (int) inode.view().size());
        sealSuperblock(bytes);
        device.write(Superblock.OFFSET, bytes);
    }

    /** Copies superblock and descriptors, as they are now, to the groups that have copies. */
    private void copies() throws IOException {
        int length = (int) layout.descriptorBlocks() * options.blockSize();
        byte[] descriptors = device.read(descriptorsAt(0) * options.blockSize(), length);
        for (long group = 1; group < layout.groups(); group++) {
            if (!Superblock.isSparseCopy(group)) {
                continue;
            }
            byte[] copy = device.read(Superblock.OFFSET, Superblock.SIZE);
            ByteBuffer raw = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
            raw.putShort(90, (short) group);
            sealSuperblock(copy);
            device.write(layout.firstBlock(group) * options.blockSize(), copy);
            device.write(descriptorsAt(group) * options.blockSize(), descriptors);
        }
    }
}
